package org.qalam.ui.library;

import java.time.Duration;
import java.time.Instant;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.qalam.document.DeletedDocument;
import org.qalam.task.UiThread;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.NodeCell;
import org.qalam.ui.text.OneLineText;
import org.qalam.ui.text.WrappedText;

/** The bin: what is in it, to take back or to delete for good. On the JavaFX thread. */
@UiThread
public final class BinView extends VBox {
  private final BinViewModel model;
  private final Messages messages = Messages.of(BinView.class);
  private final ListView<DeletedDocument> list;
  private final Button empty = new Button();
  private final Button sure = new Button();
  private final Button no = new Button();

  public BinView(BinViewModel model) {
    this.model = model;
    getStyleClass().add("bin-view");
    WrappedText told = new WrappedText(messages.get("bin.told", BinViewModel.days()));
    told.getStyleClass().add("muted");
    list = new ListView<>(model.documents());
    list.setId("bin");
    list.setAccessibleText(messages.get("bin"));
    list.setCellFactory(_ -> new Cell());
    WrappedText none = new WrappedText(messages.get("bin.none"));
    none.getStyleClass().add("empty-words");
    list.setPlaceholder(none);
    list.setOnKeyPressed(event -> {
      DeletedDocument chosen = list.getSelectionModel().getSelectedItem();
      if (chosen != null && event.getCode() == KeyCode.ENTER) {
        model.restore(chosen);
        event.consume();
      }
    });
    VBox.setVgrow(list, Priority.ALWAYS);
    getChildren().addAll(told, list, foot());
  }

  /** Reads what is in the bin. */
  public void open() {
    ask(false);
    model.refresh();
    list.requestFocus();
  }

  /** Nothing goes for good by one press. */
  private HBox foot() {
    empty.setText(messages.get("bin.empty"));
    empty.setId("bin-empty");
    empty.getStyleClass().setAll("plain-button");
    empty.disableProperty().bind(Bindings.isEmpty(model.documents()));
    empty.setOnAction(_ -> {
      ask(true);
      no.requestFocus();
    });
    sure.textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> messages.get("bin.sure", model.documents().size()), model.documents()));
    sure.setId("bin-sure");
    sure.getStyleClass().setAll("danger-button");
    sure.setOnAction(_ -> {
      ask(false);
      model.empty();
    });
    no.setText(messages.get("bin.no"));
    no.setId("bin-no");
    no.getStyleClass().setAll("plain-button");
    no.setOnAction(_ -> ask(false));
    HBox foot = new HBox(8, empty, sure, no);
    foot.setAlignment(Pos.CENTER_LEFT);
    ask(false);
    return foot;
  }

  private void ask(boolean on) {
    show(empty, !on);
    show(sure, on);
    show(no, on);
  }

  private static void show(Region region, boolean on) {
    region.setVisible(on);
    region.setManaged(on);
  }

  private final class Cell extends NodeCell<DeletedDocument> {
    private final OneLineText title = new OneLineText();
    private final OneLineText more = new OneLineText();
    private final Button restore = new Button(messages.get("bin.restore"));
    private final Button purge = new Button(messages.get("bin.purge"));
    private final HBox box;

    Cell() {
      title.getStyleClass().add("document-title");
      more.getStyleClass().add("document-preview");
      VBox words = new VBox(3, title, more);
      words.setMinWidth(0);
      HBox.setHgrow(words, Priority.ALWAYS);
      title.setMaxWidth(Double.MAX_VALUE);
      more.setMaxWidth(Double.MAX_VALUE);
      box = new HBox(8, words, restore, purge);
      box.setAlignment(Pos.CENTER_LEFT);
      restore.getStyleClass().setAll("plain-button", "bin-restore");
      restore.setMinWidth(USE_PREF_SIZE);
      restore.setOnAction(_ -> {
        if (getItem() != null) {
          model.restore(getItem());
        }
      });
      purge.getStyleClass().setAll("plain-button", "bin-purge");
      purge.setMinWidth(USE_PREF_SIZE);
      purge.setOnAction(_ -> {
        if (getItem() != null && purge.getStyleClass().contains("danger-button")) {
          model.purge(getItem());
        } else {
          purge.setText(messages.get("bin.sure", 1));
          purge.getStyleClass().set(0, "danger-button");
        }
      });
      purge
          .focusedProperty()
          .addListener((_, _, now) -> {
            if (!now) {
              unsure();
            }
          });
    }

    private void unsure() {
      purge.setText(messages.get("bin.purge"));
      purge.getStyleClass().set(0, "plain-button");
    }

    @Override
    protected void updateItem(DeletedDocument deleted, boolean isEmpty) {
      super.updateItem(deleted, isEmpty);
      unsure();
      if (isEmpty || deleted == null) {
        setGraphic(null);
        return;
      }
      String name = deleted.summary().title();
      title.setText(name.isEmpty() ? messages.get("untitled") : name);
      Duration gone = Duration.between(deleted.deleted(), Instant.now());
      long left = Math.clamp(BinViewModel.days() - gone.toDays(), 0, BinViewModel.days());
      more.setText(messages.get("bin.more", Math.max(0, gone.toDays()), left));
      setGraphic(box);
      setAccessibleText(title.getText());
    }
  }
}
