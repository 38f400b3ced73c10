package org.qalam.ui.editor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javafx.beans.InvalidationListener;
import javafx.geometry.Rectangle2D;
import javafx.scene.control.IndexRange;
import javafx.scene.shape.ClosePath;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.PathElement;
import javafx.scene.text.LayoutInfo;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;
import javafx.scene.text.TextFlow;
import javafx.scene.text.TextLineInfo;
import org.fxmisc.richtext.SelectionImpl;
import org.fxmisc.richtext.SelectionPath;
import org.fxmisc.richtext.SelectionRanges;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.qalam.task.UiThread;
import org.qalam.ui.text.TextDirection;

/**
 * Marks that cover their letters and nothing else, whichever way the text runs.
 *
 * <p>RichTextFX widens its marks to the right edge of the page, where a line goes on and where the
 * paragraph's end is marked: in Arabic that is where the line begins. Confined to the JavaFX
 * thread.
 */
@UiThread
final class SelectionBoxes {
  /** Width of the mark for the end of a paragraph, in pixels. */
  private static final double END = 6;

  private SelectionBoxes() {}

  /** Shows what is selected in {@code area}; its own mark is hidden by the style sheet. */
  static void showSelection(StyleClassedTextArea area) {
    SelectionImpl<Collection<String>, String, Collection<String>> shown =
        mark("shown-selection", area, "shown-selection");
    area.selectionProperty()
        .addListener((_, _, now) -> {
          if (!shown.getRange().equals(now)) {
            shown.selectRange(now.getStart(), now.getEnd());
          }
        });
  }

  /** A mark of this style, not placed yet. */
  static SelectionImpl<Collection<String>, String, Collection<String>> mark(
      String name, StyleClassedTextArea area, String style) {
    SelectionImpl<Collection<String>, String, Collection<String>> mark =
        new SelectionImpl<>(
            name,
            area,
            path -> {
              path.getStyleClass().add(style);
              follow(path);
            });
    area.addSelection(mark);
    return mark;
  }

  /** Draws it anew each time that RichTextFX has drawn it. */
  private static void follow(SelectionPath path) {
    boolean[] isOurs = new boolean[1];
    path.getElements()
        .addListener(
            (InvalidationListener)
                _ -> {
                  if (!isOurs[0] && path.getParent() instanceof TextFlow flow) {
                    isOurs[0] = true;
                    path.getElements().setAll(boxes(flow, SelectionRanges.of(path)));
                    isOurs[0] = false;
                  }
                });
  }

  private static List<PathElement> boxes(TextFlow flow, IndexRange range) {
    LayoutInfo layout = flow.getLayoutInfo();
    List<TextLineInfo> lines = layout.getTextLines(true);
    List<PathElement> boxes = new ArrayList<>();
    if (lines.isEmpty()) {
      return boxes;
    }
    // The mark is moved by the insets, the layout counts from the edge.
    double left = flow.getInsets().getLeft();
    double top = flow.getInsets().getTop();
    int length = lines.getLast().end();
    for (Rectangle2D glyphs :
        layout.getSelectionGeometry(range.getStart(), Math.min(range.getEnd(), length), false)) {
      double middle = (glyphs.getMinY() + glyphs.getMaxY()) / 2;
      Rectangle2D line = lineAt(lines, middle);
      boxes.addAll(box(glyphs.getMinX() - left, glyphs.getMaxX() - left, line, top));
    }
    if (range.getEnd() > length) {
      TextLineInfo last = lines.getLast();
      // Where the line is aligned to a side, its own bounds do not say where its letters are.
      List<Rectangle2D> letters = layout.getSelectionGeometry(last.start(), last.end(), false);
      double from =
          TextDirection.isRightToLeft(text(flow))
              ? letters.stream().mapToDouble(Rectangle2D::getMinX).min().orElse(left + END) - END
              : letters.stream().mapToDouble(Rectangle2D::getMaxX).max().orElse(start(flow));
      boxes.addAll(box(from - left, from - left + END, last.bounds(), top));
    }
    return boxes;
  }

  /** Where an empty line's caret stands, from the edge. */
  private static double start(TextFlow flow) {
    return flow.getTextAlignment() == TextAlignment.RIGHT
        ? flow.getWidth() - flow.getInsets().getRight() - END
        : flow.getInsets().getLeft();
  }

  private static Rectangle2D lineAt(List<TextLineInfo> lines, double y) {
    Rectangle2D found = lines.getFirst().bounds();
    for (TextLineInfo line : lines) {
      if (line.bounds().getMinY() <= y) {
        found = line.bounds();
      }
    }
    return found;
  }

  private static String text(TextFlow flow) {
    StringBuilder text = new StringBuilder();
    flow.getChildren().stream()
        .filter(Text.class::isInstance)
        .forEach(node -> text.append(((Text) node).getText()));
    return text.toString();
  }

  private static List<PathElement> box(double from, double to, Rectangle2D line, double top) {
    double above = line.getMinY() - top;
    double below = line.getMaxY() - top;
    return List.of(
        new MoveTo(from, above),
        new LineTo(to, above),
        new LineTo(to, below),
        new LineTo(from, below),
        new ClosePath());
  }
}
