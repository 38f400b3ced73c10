package org.qalam.ui.palette;

import java.util.List;
import java.util.Objects;
import javafx.application.Platform;
import javafx.beans.value.ChangeListener;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.event.EventHandler;
import javafx.scene.Node;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.qalam.task.UiThread;
import org.qalam.ui.palette.Command.Listing;
import org.qalam.ui.palette.PaletteViewModel.Choice;
import org.qalam.ui.palette.PaletteViewModel.Row;
import org.qalam.ui.text.Messages;

/**
 * One box over the window in which whatever can be done is found by typing: arrows choose, Enter or
 * the mouse runs, Esc closes. It is a part of the window and kept, since a window of its own is
 * styled anew from its root each time (docs/decisions/0072). It opens with the rows that it closed
 * with, and those of now follow a frame later. Confined to the JavaFX thread.
 */
@UiThread
public final class PaletteView extends Region {
  private static final double WIDTH = 560;
  private static final double ROW = 34;
  private static final int MOST_ROWS = 12;
  private static final double TOP = 54;

  /** What stays free between the box and the window's edge. */
  private static final double EDGE = 12;

  private final PaletteViewModel model;
  private final Messages messages = Messages.of(PaletteView.class);
  private final TextField filter = new TextField();
  private final ObservableList<Row> rows = FXCollections.observableArrayList();
  private final ListView<Row> list = new ListView<>(rows);
  private final VBox box = new VBox(filter, list);
  private @Nullable Node focusedBefore;

  public PaletteView(PaletteViewModel model) {
    this.model = model;
    getStylesheets()
        .add(
            Objects.requireNonNull(getClass().getResource("palette.css"), "palette.css")
                .toExternalForm());
    setPickOnBounds(false);
    box.setId("palette");
    box.getStyleClass().add("palette");
    box.setManaged(false);
    filter.setId("palette-filter");
    filter.setPromptText(messages.get("prompt"));
    filter.setAccessibleText(messages.get("prompt"));
    list.setId("palette-list");
    list.setFixedCellSize(ROW);
    list.setFocusTraversable(false);
    list.setAccessibleText(messages.get("list"));
    list.setCellFactory(_ -> new CommandCell(this::run, list.getSelectionModel()::select));
    filter.textProperty().addListener((_, _, typed) -> show(typed));
    filter.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
    getChildren().add(box);
    box.setVisible(false);
    EventHandler<MouseEvent> press = this::pressed;
    ChangeListener<@Nullable Node> focus = (_, _, now) -> focusMoved(now);
    sceneProperty()
        .addListener((_, before, now) -> {
          if (before != null) {
            before.removeEventFilter(MouseEvent.MOUSE_PRESSED, press);
            before.focusOwnerProperty().removeListener(focus);
          }
          if (now != null) {
            now.addEventFilter(MouseEvent.MOUSE_PRESSED, press);
            now.focusOwnerProperty().addListener(focus);
          }
        });
  }

  private void focusMoved(@Nullable Node now) {
    if (!filter.equals(now)) {
      close();
    }
  }

  private void pressed(MouseEvent event) {
    if (!box.contains(box.sceneToLocal(event.getSceneX(), event.getSceneY()))) {
      close();
    }
  }

  /** Opens it, or closes it where it is open. */
  public void toggle() {
    if (isOpen()) {
      close();
      return;
    }
    focusedBefore = getScene().getFocusOwner();
    filter.clear();
    box.setVisible(true);
    requestLayout();
    filter.requestFocus();
    Platform.runLater(this::refresh);
  }

  /** Shows the commands as they are now, where it is open. */
  public void refresh() {
    if (isOpen()) {
      model.refresh();
      show(filter.getText());
    }
  }

  /** Whether it is on show. */
  public boolean isOpen() {
    return box.isVisible();
  }

  /** Hides it; the keyboard goes back to where it was, unless the writer took it elsewhere. */
  public void close() {
    if (isOpen()) {
      boolean hadFocus = filter.equals(getScene().getFocusOwner());
      box.setVisible(false);
      if (hadFocus && focusedBefore != null) {
        focusedBefore.requestFocus();
      }
      focusedBefore = null;
    }
  }

  /** Styles and measures it before it is first asked for; to be called in the scene. */
  public void prepare() {
    model.refresh();
    box.setVisible(true);
    for (String typed : List.of("a", "")) { // the first letter should not hesitate either
      show(typed);
      applyCss();
      layout();
    }
    box.setVisible(false);
  }

  @Override
  protected void layoutChildren() {
    double width = Math.min(WIDTH, Math.max(ROW, getWidth() - 2 * EDGE));
    box.setPrefWidth(width);
    double around = box.prefHeight(width) - list.prefHeight(width);
    double free = getHeight() - around - TOP - EDGE - 2;
    int most = (int) Math.clamp(free / ROW, 2, MOST_ROWS);
    list.setPrefHeight(Math.clamp(rows.size(), 1, most) * ROW + 2);
    box.autosize();
    box.relocate(snapPositionX((getWidth() - box.getWidth()) / 2), TOP);
  }

  private void show(String typed) {
    List<Row> found = model.rows(typed);
    // Rows that are set again are styled again, which is most of what opening costs.
    if (!rows.equals(found)) {
      rows.setAll(found);
    }
    list.getSelectionModel().clearSelection();
    move(1);
    list.scrollTo(0);
    requestLayout();
  }

  private void keyPressed(KeyEvent event) {
    switch (event.getCode()) {
      case DOWN -> move(1);
      case UP -> move(-1);
      case PAGE_DOWN -> move(MOST_ROWS - 1);
      case PAGE_UP -> move(1 - MOST_ROWS);
      case ENTER -> run(list.getSelectionModel().getSelectedItem());
      case ESCAPE -> close();
      default -> {
        return;
      }
    }
    event.consume();
  }

  /** Selects the command so many rows further, over headings; by one it goes round the ends. */
  private void move(int by) {
    int at = list.getSelectionModel().getSelectedIndex();
    int next = Math.abs(by) > 1 ? Math.clamp(at + by, 0, Math.max(0, rows.size() - 1)) : at + by;
    for (int tried = 0; tried < rows.size(); tried++) {
      next = Math.floorMod(next, rows.size());
      if (rows.get(next) instanceof Choice choice) {
        list.getSelectionModel().select(next);
        // The heading above the first one is to be seen too.
        list.scrollTo(next == 1 ? 0 : next);
        filter.setAccessibleHelp(choice.command().name());
        return;
      }
      next += Integer.signum(by);
    }
  }

  private void run(@Nullable Row row) {
    if (!(row instanceof Choice(Command command, _)) || command.unavailable().isPresent()) {
      return;
    }
    if (command.listing() == Listing.BEGINNING) {
      filter.setText(command.name() + " ");
      filter.end();
      return;
    }
    close();
    model.run(command);
  }
}
