package org.qalam.ui.assistant;

import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.qalam.document.Output;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.TextDirection;

/** Earlier answers for the open document, newest first; a click opens one again. */
final class HistoryList extends ListView<Output> {
  private static final int FIRST_CHARACTERS = 120;

  private final AssistantViewModel model;
  private final Phrases phrases;
  private final Messages messages;

  HistoryList(AssistantViewModel model, Phrases phrases, Messages messages) {
    super(model.history().outputs());
    this.model = model;
    this.phrases = phrases;
    this.messages = messages;
    setId("history");
    getStyleClass().add("history");
    setAccessibleText(messages.get("history"));
    setCellFactory(_ -> new OutputCell());
    addEventHandler(KeyEvent.KEY_PRESSED, this::keyPressed);
  }

  private void keyPressed(KeyEvent event) {
    Output selected = getSelectionModel().getSelectedItem();
    boolean opens = event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE;
    if (opens && !event.isShortcutDown() && selected != null) {
      model.reopen(selected);
      event.consume();
    }
  }

  private final class OutputCell extends ListCell<Output> {
    private final Label action = new Label();
    private final Label time = new Label();
    private final Label first = new Label();
    private final VBox box;

    OutputCell() {
      setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
      Region gap = new Region();
      HBox.setHgrow(gap, Priority.ALWAYS);
      time.setMinWidth(USE_PREF_SIZE);
      time.getStyleClass().add("quiet");
      first.getStyleClass().add("quiet");
      first.setMaxWidth(Double.MAX_VALUE);
      box = new VBox(2, new HBox(8, action, gap, time), first);
      box.getStyleClass().add("entry");
      // The list gives the width; a long first line must not ask for a scroll bar.
      setPrefWidth(1);
      setOnMouseClicked(event -> {
        if (event.getButton() == MouseButton.PRIMARY && getItem() != null) {
          model.reopen(getItem());
        }
      });
    }

    @Override
    protected void updateItem(@Nullable Output output, boolean isEmpty) {
      super.updateItem(output, isEmpty);
      if (isEmpty || output == null) {
        setGraphic(null);
        return;
      }
      String name =
          output.instruction().isBlank()
              ? phrases.actionNamed(output.action())
              : messages.get("quoted", output.instruction().strip().replace('\n', ' '));
      String start = output.text().strip().replaceAll("\\s+", " ");
      start = start.substring(0, Math.min(start.length(), FIRST_CHARACTERS));
      String told = messages.get("history.entry", phrases.fate(output.fate()), start);
      action.setText(name);
      time.setText(phrases.time(output.created()));
      first.setText(told);
      first.setNodeOrientation(
          TextDirection.hasRightToLeft(start) ? TextDirection.of(start) : null);
      setAccessibleText(messages.get("history.accessible", name, time.getText(), told));
      setGraphic(box);
    }
  }
}
