package org.qalam.ui.palette;

import java.util.List;
import java.util.Objects;
import javafx.application.Platform;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;
import org.qalam.task.UiThread;
import org.qalam.ui.palette.Command.Listing;
import org.qalam.ui.palette.PaletteViewModel.Choice;
import org.qalam.ui.palette.PaletteViewModel.Row;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.Unseen;

/**
 * One box over the window in which whatever can be done, or any document, is found by typing:
 * arrows choose, Enter or the mouse runs, Esc closes. It is a part of the window and kept, since a
 * window of its own is styled anew from its root each time (docs/decisions/0072). It opens with the
 * rows that it closed with, and those of now follow a frame later. Confined to the JavaFX thread.
 */
@UiThread
public final class PaletteView extends FilterBox<Row> {
  private static final double WIDTH = 560;
  private static final double ROW = 34;
  private static final int MOST_ROWS = 12;
  private static final double TOP = 54;

  /** What stays free between the box and the window's edge. */
  private static final double EDGE = 12;

  private final PaletteModel model;

  /** All commands. */
  public PaletteView(PaletteViewModel model) {
    this(model, "palette", Messages.of(PaletteView.class));
  }

  /** All documents. */
  public PaletteView(SwitcherViewModel model) {
    this(model, "switcher", Messages.of(PaletteView.class));
  }

  private PaletteView(PaletteModel model, String id, Messages messages) {
    super(id, id, ROW, messages.get(id + ".prompt"), messages.get(id + ".list"));
    this.model = model;
    box.getStyleClass().setAll("palette");
    model.onMore(() -> {
      if (isOpen()) {
        showMore(filter.getText());
      }
    });
    getStylesheets()
        .add(
            Objects.requireNonNull(PaletteView.class.getResource("palette.css"), "palette.css")
                .toExternalForm());
    list.setCellFactory(_ -> new CommandCell(this::run, list.getSelectionModel()::select));
    install();
    filter.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
    filter.textProperty().addListener((_, _, typed) -> show(typed));
  }

  /** Opens it, or closes it where it is open. */
  public void toggle() {
    if (isOpen()) {
      close();
      return;
    }
    filter.clear();
    open();
    Platform.runLater(this::refresh);
  }

  /** Shows the commands as they are now, where it is open. */
  public void refresh() {
    if (isOpen()) {
      model.refresh();
      show(filter.getText());
    }
  }

  /**
   * Styles and measures it before it is first asked for, while nobody does anything; the first
   * letter should not hesitate either.
   */
  public List<Runnable> laterSteps() {
    return List.of(
        Unseen.step(box, model::refresh),
        Unseen.step(box, this::applyCss),
        Unseen.step(box, () -> show("a")),
        Unseen.step(box, this::layout),
        Unseen.step(box, () -> show("")),
        Unseen.step(box, this::layout));
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
    fill(model.rows(typed));
    list.getSelectionModel().clearSelection();
    move(1);
    list.scrollTo(0);
    requestLayout();
  }

  /** What was chosen stays so where it is still the first. */
  private void showMore(String typed) {
    if (!model.rows(typed).equals(rows)) {
      show(typed);
    }
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
