package org.qalam.ui.assistant;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import javafx.application.Platform;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.qalam.document.DocumentId;
import org.qalam.document.Output;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.NodeCell;
import org.qalam.ui.text.OneLineText;

/** Earlier answers for the open document, newest first; a click opens one again. */
final class HistoryList extends ListView<Output> {
  private static final int FIRST_CHARACTERS = 120;

  /** About as large as it will be, in pixels. */
  private static final double WIDTH = 320;

  private static final double HEIGHT = 240;

  private final AssistantViewModel model;
  private final Phrases phrases;
  private final Messages messages;
  private Optional<UUID> leftOut = Optional.empty();

  HistoryList(AssistantViewModel model, Phrases phrases, Messages messages) {
    super(new FilteredList<>(model.history().outputs()));
    this.model = model;
    this.phrases = phrases;
    this.messages = messages;
    setId("history");
    getStyleClass().add("history");
    setAccessibleText(messages.get("history"));
    setCellFactory(_ -> new OutputCell());
    addEventHandler(KeyEvent.KEY_PRESSED, this::keyPressed);
    model
        .stateProperty()
        .addListener((_, _, now) -> {
          if (now instanceof PanelState.Proposed) {
            leaveOut(now);
          } else {
            // In a pulse of its own: taking an answer changes the text and the card in the one
            // before.
            Platform.runLater(() -> leaveOut(model.stateProperty().get()));
          }
        });
  }

  /** Builds and styles its rows with a sample in them; while it is empty, but part of the scene. */
  void rehearse() {
    Output sample =
        new Output(
            UUID.randomUUID(),
            new DocumentId(UUID.randomUUID()),
            Instant.now(),
            "proofread",
            "",
            "",
            "A sample",
            "",
            "",
            "",
            "",
            0,
            0,
            0,
            Output.Fate.PENDING);
    ObservableList<Output> outputs = getItems();
    setItems(FXCollections.observableArrayList(sample));
    getParent().resize(WIDTH, HEIGHT);
    applyCss();
    getParent().layout();
    setItems(outputs);
    getParent().layout();
  }

  /** What is on screen in the card above need not stand here too. */
  private void leaveOut(PanelState state) {
    Optional<UUID> shown =
        state instanceof PanelState.Proposed proposed
            ? proposed.answer().output().map(Output::id)
            : Optional.empty();
    if (getItems() instanceof FilteredList<Output> filtered && !shown.equals(leftOut)) {
      leftOut = shown;
      filtered.setPredicate(output -> !shown.equals(Optional.of(output.id())));
    }
  }

  private void keyPressed(KeyEvent event) {
    Output selected = getSelectionModel().getSelectedItem();
    boolean opens = event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE;
    if (opens && !event.isShortcutDown() && selected != null) {
      model.reopen(selected);
      event.consume();
    }
  }

  private final class OutputCell extends NodeCell<Output> {
    /** Built when there is an output to show: a list fills the room below its last with cells. */
    private @Nullable Entry entry;

    OutputCell() {
      setOnMouseClicked(event -> {
        if (event.getButton() == MouseButton.PRIMARY && getItem() != null) {
          model.reopen(getItem());
        }
      });
    }

    /** As much as a line shows; an answer may be as long as a book. */
    private static String beginning(String text) {
      String start = text.stripLeading();
      start = start.substring(0, Math.min(start.length(), 3 * FIRST_CHARACTERS));
      start = start.strip().replaceAll("\\s+", " ");
      return start.substring(0, Math.min(start.length(), FIRST_CHARACTERS));
    }

    @Override
    protected void updateItem(@Nullable Output output, boolean isEmpty) {
      super.updateItem(output, isEmpty);
      if (isEmpty || output == null) {
        setGraphic(null);
        return;
      }
      String name = phrases.action(model.actionNamed(output.action()), output.instruction());
      String start = beginning(output.text());
      String time = phrases.time(output.created());
      String fate = phrases.fate(output.fate());
      Entry shown = entry == null ? new Entry() : entry;
      entry = shown;
      shown.tell(name, time, fate, start);
      setAccessibleText(messages.get("history.accessible", name, time, fate, start));
      setGraphic(shown);
    }
  }

  /** What is told of an output, in two lines. */
  private static final class Entry extends VBox {
    private final OneLineText action = new OneLineText();
    private final Label time = new Label();
    private final Label fate = new Label();
    private final OneLineText first = new OneLineText();

    Entry() {
      Region gap = new Region();
      HBox.setHgrow(gap, Priority.ALWAYS);
      time.setMinWidth(USE_PREF_SIZE);
      time.getStyleClass().add("quiet");
      first.getStyleClass().add("muted");
      fate.getStyleClass().add("quiet");
      fate.setMinWidth(USE_PREF_SIZE);
      Label dot = new Label("·");
      dot.getStyleClass().add("quiet");
      dot.setMinWidth(USE_PREF_SIZE);
      setSpacing(2);
      getChildren().addAll(new HBox(8, action, gap, time), new HBox(5, fate, dot, first));
      getStyleClass().add("entry");
    }

    void tell(String name, String when, String what, String start) {
      action.setText(name);
      time.setText(when);
      fate.setText(what);
      first.setText(start);
    }
  }
}
