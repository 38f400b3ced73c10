package org.qalam.ui.palette;

import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.ui.palette.PaletteViewModel.Choice;
import org.qalam.ui.palette.PaletteViewModel.Heading;
import org.qalam.ui.palette.PaletteViewModel.Row;
import org.qalam.ui.text.TextDirection;

/** A row of the palette: icon, name, and at the other side its keys or why it cannot be done. */
final class CommandCell extends ListCell<Row> {
  private static final PseudoClass HEADING = PseudoClass.getPseudoClass("heading");
  private static final PseudoClass UNAVAILABLE = PseudoClass.getPseudoClass("unavailable");

  /** An icon for whatever names one that there is not. */
  private static final String UNKNOWN = "mdi2s-star-outline";

  private final FontIcon icon = new FontIcon();
  private final Label name = new Label();
  private final Label group = new Label();
  private final Label aside = new Label();
  private @Nullable HBox line;

  /**
   * @param run hears of the row that is clicked on
   * @param point hears of the command that the pointer moves over
   */
  CommandCell(Consumer<Row> run, Consumer<Row> point) {
    setOnMouseClicked(_ -> {
      if (getItem() != null) {
        run.accept(getItem());
      }
    });
    // Not when the palette opens below a pointer that rests: Enter then runs what is first.
    setOnMouseMoved(_ -> {
      if (getItem() instanceof Choice) {
        point.accept(getItem());
      }
    });
    setPrefWidth(1);
  }

  @Override
  protected void updateItem(@Nullable Row row, boolean isEmpty) {
    super.updateItem(row, isEmpty);
    boolean isHeading = !isEmpty && row instanceof Heading;
    pseudoClassStateChanged(HEADING, isHeading);
    pseudoClassStateChanged(
        UNAVAILABLE,
        !isEmpty && row instanceof Choice(Command command, _) && command.unavailable().isPresent());
    switch (isEmpty ? null : row) {
      case Heading(String text) -> {
        setText(text);
        setGraphic(null);
      }
      case Choice(Command command, boolean isFound) -> {
        // The text is for screen readers.
        setText(command.name() + " " + command.unavailable().orElse(command.keys()));
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        setGraphic(fill(command, isFound));
      }
      case null -> {
        setText(null);
        setGraphic(null);
      }
    }
    if (isHeading) {
      setContentDisplay(ContentDisplay.LEFT);
    }
  }

  private HBox fill(Command command, boolean isFound) {
    try {
      icon.setIconLiteral(command.icon());
    } catch (RuntimeException e) { // Ikonli names no narrower type
      icon.setIconLiteral(UNKNOWN);
    }
    name.setText(command.name());
    name.setNodeOrientation(TextDirection.of(command.name()));
    group.setText(isFound ? command.group() : "");
    aside.setText(command.unavailable().orElse(command.keys()));
    HBox filled = line == null ? build() : line;
    line = filled;
    return filled;
  }

  /** Built when there is something to show: a list fills the room below its last row with cells. */
  private HBox build() {
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    name.getStyleClass().add("name");
    name.setMinWidth(0);
    group.getStyleClass().add("group");
    group.setMinWidth(Region.USE_PREF_SIZE);
    aside.getStyleClass().add("aside");
    aside.setMinWidth(Region.USE_PREF_SIZE);
    HBox built = new HBox(10, icon, name, group, gap, aside);
    built.setAlignment(Pos.CENTER_LEFT);
    return built;
  }
}
