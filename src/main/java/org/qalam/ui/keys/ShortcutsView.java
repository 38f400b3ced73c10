package org.qalam.ui.keys;

import java.util.Objects;
import java.util.Optional;
import javafx.application.Platform;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.task.UiThread;
import org.qalam.ui.keys.ShortcutsViewModel.Heading;
import org.qalam.ui.keys.ShortcutsViewModel.Line;
import org.qalam.ui.keys.ShortcutsViewModel.Row;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.NodeCell;
import org.qalam.ui.text.OneLineText;
import org.qalam.ui.text.WrappedText;

/**
 * The page of keys: a list of all commands, and below it what can be done with the chosen one. It
 * binds to {@link ShortcutsViewModel}. Confined to the JavaFX thread.
 */
@UiThread
public final class ShortcutsView extends VBox {
  /** Also what the fields and lists of other pages look like. */
  public static final String STYLESHEET =
      Objects.requireNonNull(ShortcutsView.class.getResource("keys.css"), "keys.css")
          .toExternalForm();

  private final ShortcutsViewModel model;
  private final Messages messages = Messages.of(ShortcutsView.class);
  private final TextField filter = new TextField();
  private final ListView<Row> list;
  private final OneLineText name = new OneLineText();
  private final KeyField keys;
  private final Button remove;
  private final Button reset;
  private final Button resetAll;
  private final WrappedText told = new WrappedText();

  /** Shows {@code model}. */
  public ShortcutsView(ShortcutsViewModel model) {
    this.model = model;
    getStyleClass().add("shortcuts-view");
    getStylesheets().add(STYLESHEET);
    filter.setId("keys-filter");
    filter.setPromptText(messages.get("page.filter"));
    filter.setAccessibleText(messages.get("page.filter"));
    filter.textProperty().bindBidirectional(model.filterProperty());
    HBox.setHgrow(filter, Priority.ALWAYS);
    resetAll = button("keys-reset-all", "page.reset-all", this::resetAllOrTakeBack);
    HBox head = new HBox(8, filter, resetAll);
    head.setAlignment(Pos.CENTER_LEFT);
    list = new ListView<>(model.rows());
    list.setId("keys-list");
    list.setAccessibleText(messages.get("page.list"));
    list.setCellFactory(_ -> new Cell());
    Label none = new Label(messages.get("page.none"));
    none.getStyleClass().add("quiet");
    list.setPlaceholder(none);
    list.addEventHandler(KeyEvent.KEY_PRESSED, this::keyPressed);
    VBox.setVgrow(list, Priority.ALWAYS);
    name.getStyleClass().add("strong");
    HBox.setHgrow(name, Priority.ALWAYS);
    keys =
        new KeyField(pressed -> chosen().ifPresent(line -> model.choose(line.command(), pressed)));
    keys.setId("keys-field");
    remove = button("keys-remove", "page.remove", () -> give(Optional.empty()));
    reset =
        button(
            "keys-reset",
            "page.reset",
            () -> chosen().ifPresent(line -> model.reset(line.command())));
    HBox strip = new HBox(8, name, keys, remove, reset);
    strip.setAlignment(Pos.CENTER_LEFT);
    told.setId("keys-told");
    VBox below = new VBox(6, strip, told);
    below.getStyleClass().add("strip");
    getChildren().addAll(head, list, below);
    list.getSelectionModel()
        .selectedItemProperty()
        .addListener((_, before, now) -> {
          if (now instanceof Heading) {
            // What is selected and has no command is passed over.
            Platform.runLater(() -> passOver(before));
            return;
          }
          if (!isSame(before, now)) {
            model.dismiss();
          }
          showChosen();
        });
    model.rows().addListener((ListChangeListener<Row>) _ -> keepChosen());
    model.refusalProperty().addListener((_, _, _) -> showChosen());
    model.beforeProperty().addListener((_, _, _) -> showChosen());
    keys.listeningProperty().addListener((_, _, _) -> showChosen());
    list.getSelectionModel().select(1);
    showChosen();
  }

  /** Goes on from a heading to the next command, the way that the arrow keys went. */
  private void passOver(@Nullable Row before) {
    int at = list.getSelectionModel().getSelectedIndex();
    boolean isUp = before != null && model.rows().indexOf(before) > at && at > 0;
    if (at >= 0 && model.rows().get(at) instanceof Heading) {
      list.getSelectionModel().select(isUp ? at - 1 : at + 1);
    }
  }

  private static boolean isSame(@Nullable Row one, @Nullable Row other) {
    return one instanceof Line line
        && other instanceof Line last
        && line.command().id().equals(last.command().id());
  }

  /** The command that was chosen last, which is chosen again when its row is another. */
  private String lastId = "";

  private void keepChosen() {
    for (int at = 0; at < model.rows().size(); at++) {
      if (model.rows().get(at) instanceof Line line && line.command().id().equals(lastId)) {
        list.getSelectionModel().select(at);
        return;
      }
    }
    list.getSelectionModel().clearSelection();
    showChosen();
  }

  private Optional<Line> chosen() {
    return list.getSelectionModel().getSelectedItem() instanceof Line line
        ? Optional.of(line)
        : Optional.empty();
  }

  private void give(Optional<Keys> pressed) {
    chosen().ifPresent(line -> model.choose(line.command(), pressed));
  }

  private void keyPressed(KeyEvent event) {
    boolean isUsed =
        switch (event.getCode()) {
          case ENTER, SPACE, F2 -> {
            chosen().ifPresent(_ -> keys.listen());
            yield true;
          }
          case DELETE, BACK_SPACE -> {
            give(Optional.empty());
            yield true;
          }
          default -> false;
        };
    if (isUsed) {
      event.consume();
    }
  }

  private void resetAllOrTakeBack() {
    if (model.beforeProperty().get().isPresent()) {
      model.takeBack();
    } else {
      model.resetAll();
    }
  }

  private void showChosen() {
    Optional<Line> line = chosen();
    line.ifPresent(now -> lastId = now.command().id());
    name.setText(line.map(Line::name).orElseGet(() -> messages.get("page.choose")));
    keys.show(line.flatMap(now -> model.first(now.command())));
    keys.setDisable(line.isEmpty());
    keys.describe(messages.get("page.field", line.map(Line::name).orElse("")));
    remove.setDisable(line.filter(now -> !now.keys().isEmpty()).isEmpty());
    reset.setDisable(line.filter(now -> !now.isDefault()).isEmpty());
    boolean canTakeBack = model.beforeProperty().get().isPresent();
    resetAll.setText(messages.get(canTakeBack ? "page.take-back" : "page.reset-all"));
    resetAll.setDisable(!canTakeBack && !model.isAnyChosen());
    Optional<String> refusal = model.refusalProperty().get();
    String clash = line.map(Line::clash).orElse("");
    boolean isAmber = !keys.listeningProperty().get() && (refusal.isPresent() || !clash.isEmpty());
    told.getStyleClass().setAll("wrapped-text", isAmber ? "amber" : "muted");
    told.setText(
        keys.listeningProperty().get()
            ? messages.get("page.listening")
            : refusal.orElse(clash.isEmpty() ? messages.get("page.hint") : clash));
  }

  private Button button(String id, String key, Runnable work) {
    Button button = new Button(messages.get(key));
    button.setId(id);
    button.getStyleClass().add("plain-button");
    button.setMinWidth(Region.USE_PREF_SIZE);
    button.setOnAction(_ -> work.run());
    return button;
  }

  private final class Cell extends NodeCell<Row> {
    private static final PseudoClass HEADING = PseudoClass.getPseudoClass("heading");
    private final OneLineText text = new OneLineText();
    private final Label shown = new Label();
    private final HBox box = new HBox(8, text, shown);

    Cell() {
      box.setAlignment(Pos.CENTER_LEFT);
      HBox.setHgrow(text, Priority.ALWAYS);
      shown.setMinWidth(Region.USE_PREF_SIZE);
      shown.getStyleClass().add("keys");
      setOnMouseClicked(event -> {
        if (event.getClickCount() == 2 && getItem() instanceof Line) {
          keys.listen();
        }
      });
    }

    @Override
    protected void updateItem(@Nullable Row row, boolean isEmpty) {
      super.updateItem(row, isEmpty);
      pseudoClassStateChanged(HEADING, row instanceof Heading);
      setDisable(row instanceof Heading);
      setGraphic(isEmpty || row == null ? null : box);
      switch (row) {
        case Heading(String words) -> show(words, "", false);
        case Line line -> {
          show(line.name(), line.keys(), !line.clash().isEmpty());
          setAccessibleText(messages.get("page.row", line.name(), line.keys(), line.clash()));
        }
        case null -> {}
      }
    }

    private void show(String words, String keysShown, boolean clashes) {
      text.setText(words);
      shown.setText(keysShown);
      shown.setVisible(!keysShown.isEmpty());
      if (clashes && box.getChildren().size() == 2) {
        box.getChildren().add(1, new FontIcon("mdi2a-alert-outline"));
      } else if (!clashes) {
        box.getChildren().setAll(text, shown);
      }
    }
  }
}
