package org.qalam.ui.editor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.beans.InvalidationListener;
import javafx.geometry.Rectangle2D;
import javafx.scene.layout.Region;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.PathElement;
import javafx.scene.text.LayoutInfo;
import javafx.scene.text.TextFlow;
import javafx.scene.text.TextLineInfo;
import org.qalam.proof.Remark;
import org.qalam.task.UiThread;

/**
 * The lines under the words of one paragraph in sight: a wave for spelling, dashes for grammar,
 * dots for style. The control takes it for what stands beside a paragraph, like a line number; it
 * takes no room. Shapes of their own part no word. Confined to the JavaFX thread.
 */
@UiThread
final class ProofLines extends Region {
  private static final double WAVE = 1.4;
  private static final double DASH = 5;
  private static final double DOT = 1.6;
  private static final double GAP = 3;

  /** Pieces nearer than this belong to one line. */
  private static final double SAME = 1.5;

  private final int paragraph;
  private final RemarksOf remarks;
  private final Path spelling = path("spelling-marks");
  private final Path grammar = path("grammar-marks");
  private final InvalidationListener moved = _ -> requestLayout();
  private Optional<TextFlow> followed = Optional.empty();

  /** The remarks to be shown in a paragraph. */
  interface RemarksOf {
    List<Remark> in(int paragraph);
  }

  ProofLines(int paragraph, RemarksOf remarks) {
    this.paragraph = paragraph;
    this.remarks = remarks;
    setMouseTransparent(true);
    getChildren().addAll(spelling, grammar);
  }

  private static Path path(String style) {
    Path path = new Path();
    path.getStyleClass().add(style);
    path.setManaged(false);
    return path;
  }

  int paragraph() {
    return paragraph;
  }

  @Override
  protected void layoutChildren() {
    List<PathElement> waves = new ArrayList<>();
    List<PathElement> others = new ArrayList<>();
    Optional<TextFlow> text = text();
    if (text.isPresent()) {
      follow(text.get());
      TextFlow flow = text.get();
      LayoutInfo layout = flow.getLayoutInfo();
      List<TextLineInfo> rows = layout.getTextLines(false);
      int end = rows.isEmpty() ? 0 : rows.getLast().end();
      for (Remark remark : remarks.in(paragraph)) {
        if (remark.range().end() <= end) {
          List<PathElement> lines = remark.kind() == Remark.Kind.SPELLING ? waves : others;
          for (Rectangle2D under :
              joined(layout.getUnderlineGeometry(remark.range().start(), remark.range().end()))) {
            addLine(
                remark.kind(),
                flow.getLayoutX() - getLayoutX() + under.getMinX(),
                flow.getLayoutX() - getLayoutX() + under.getMaxX(),
                flow.getLayoutY() - getLayoutY() + under.getMinY() + WAVE,
                lines);
          }
        }
      }
    }
    spelling.getElements().setAll(waves);
    grammar.getElements().setAll(others);
  }

  private Optional<TextFlow> text() {
    return Optional.ofNullable(getParent()).stream()
        .flatMap(box -> box.getChildrenUnmodifiable().stream())
        .filter(TextFlow.class::isInstance)
        .map(TextFlow.class::cast)
        .findFirst();
  }

  /** Another width moves words without another height of the paragraph. */
  private void follow(TextFlow flow) {
    if (!followed.equals(Optional.of(flow))) {
      followed = Optional.of(flow);
      flow.widthProperty().addListener(moved);
      flow.heightProperty().addListener(moved);
    }
  }

  /** JavaFX tells each piece of text by itself; those beside each other get one line. */
  private static List<Rectangle2D> joined(List<Rectangle2D> pieces) {
    List<Rectangle2D> joined = new ArrayList<>();
    pieces.stream()
        .filter(piece -> piece.getWidth() > 0)
        .sorted(
            Comparator.comparingDouble((Rectangle2D piece) -> Math.rint(piece.getMinY()))
                .thenComparingDouble(Rectangle2D::getMinX))
        .forEach(piece -> {
          Optional<Rectangle2D> last =
              joined.isEmpty() ? Optional.empty() : Optional.of(joined.getLast());
          if (last.filter(before -> touch(before, piece)).isPresent()) {
            joined.add(union(joined.removeLast(), piece));
          } else {
            joined.add(piece);
          }
        });
    return joined;
  }

  private static boolean touch(Rectangle2D before, Rectangle2D piece) {
    return Math.abs(before.getMinY() - piece.getMinY()) < SAME
        && piece.getMinX() - before.getMaxX() < SAME;
  }

  private static Rectangle2D union(Rectangle2D before, Rectangle2D piece) {
    return new Rectangle2D(
        before.getMinX(),
        before.getMinY(),
        Math.max(before.getMaxX(), piece.getMaxX()) - before.getMinX(),
        before.getHeight());
  }

  private static void addLine(
      Remark.Kind kind, double from, double to, double y, List<PathElement> lines) {
    if (kind == Remark.Kind.SPELLING) {
      lines.add(new MoveTo(from, y));
      boolean isUp = true;
      for (double x = from + 2 * WAVE; x < to; x += 2 * WAVE) {
        lines.add(new LineTo(x, isUp ? y - WAVE : y + WAVE));
        isUp = !isUp;
      }
      lines.add(new LineTo(to, y));
      return;
    }
    double size = kind == Remark.Kind.GRAMMAR ? DASH : DOT;
    for (double x = from; x < to; x += size + GAP) {
      lines.add(new MoveTo(x, y));
      lines.add(new LineTo(Math.min(to, x + size), y));
    }
  }
}
