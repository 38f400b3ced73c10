package org.qalam.ui.editor;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import javafx.beans.InvalidationListener;
import javafx.geometry.Rectangle2D;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.PathElement;
import javafx.scene.text.LayoutInfo;
import javafx.scene.text.TextFlow;
import org.fxmisc.richtext.SelectionImpl;
import org.fxmisc.richtext.SelectionPath;
import org.fxmisc.richtext.SelectionRanges;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.fxmisc.richtext.model.PlainTextChange;
import org.fxmisc.richtext.model.TwoDimensional;
import org.qalam.document.TextRange;
import org.qalam.proof.Remark;
import org.qalam.task.UiThread;
import org.qalam.ui.proof.ProofViewModel;

/**
 * Lines under words that a checker has something to say about: a wave for spelling, dashes for
 * grammar, dots for style. They are shapes of their own behind the letters, so no word is parted,
 * drawn from where JavaFX puts an underline. Confined to the JavaFX thread.
 */
@UiThread
final class ProofMarks {
  /** Beyond so many characters in one change nothing is carried over: it is checked anew. */
  private static final int LONG_CHANGE = 10_000;

  private static final double WAVE = 1.4;
  private static final double DASH = 5;
  private static final double DOT = 1.4;
  private static final double GAP = 3;

  /** Widths nearer than this belong to one line. */
  private static final double SAME = 1.5;

  private final StyleClassedTextArea area;
  private final ProofViewModel proof;
  private final List<SelectionImpl<Collection<String>, String, Collection<String>>> layers;
  private final Set<SelectionPath> spellingPaths = new LinkedHashSet<>();
  private final Set<SelectionPath> grammarPaths = new LinkedHashSet<>();
  private Optional<BitSet> code = Optional.empty();

  /** Where a letter was typed last, while the caret is still there: that word is not finished. */
  private int typedAt = -1;

  private boolean isDrawing;

  ProofMarks(StyleClassedTextArea area, ProofViewModel proof) {
    this.area = area;
    this.proof = proof;
    this.layers =
        List.of(layer("spelling-marks", spellingPaths), layer("grammar-marks", grammarPaths));
    // After the layers' own listeners, which would take back what is set here.
    area.multiPlainChanges().subscribe(this::changed);
    area.caretPositionProperty().addListener((_, _, now) -> caretMoved(now));
    proof.watch(this::inSight, this::draw);
    cover();
  }

  /** A remark in the text. */
  record Place(int paragraph, String text, int start, Remark remark) {
    TextRange range() {
      return new TextRange(start + remark.range().start(), start + remark.range().end());
    }
  }

  private SelectionImpl<Collection<String>, String, Collection<String>> layer(
      String style, Set<SelectionPath> paths) {
    SelectionImpl<Collection<String>, String, Collection<String>> layer =
        new SelectionImpl<>(
            style,
            area,
            path -> {
              path.getStyleClass().add(style);
              path.setMouseTransparent(true);
              paths.add(path);
              path.getElements().addListener((InvalidationListener) _ -> drawUnlessDrawing(path));
            });
    area.addSelection(layer);
    return layer;
  }

  /** The layers lie over the whole text, so that each paragraph in sight has its part of them. */
  private void cover() {
    layers.forEach(layer -> layer.selectRange(0, area.getLength()));
  }

  private void changed(List<PlainTextChange> changes) {
    Optional<BitSet> before = code;
    code = Optional.empty();
    cover();
    if (before.isPresent() && changes.stream().anyMatch(ProofMarks::mayFence)) {
      draw();
    }
    PlainTextChange change = changes.getFirst();
    int inserted = change.getInserted().length();
    int removed = change.getRemoved().length();
    if (changes.size() != 1 || inserted > LONG_CHANGE || removed > LONG_CHANGE) {
      return;
    }
    int end = change.getPosition() + inserted;
    typedAt = inserted == 1 && removed == 0 ? end : -1;
    int first = paragraphAt(change.getPosition());
    int last = paragraphAt(end);
    StringBuilder text = new StringBuilder(area.getParagraph(first).getText());
    for (int i = first + 1; i <= last; i++) {
      text.append('\n').append(area.getParagraph(i).getText());
    }
    int at = change.getPosition() - area.getAbsolutePosition(first, 0);
    text.replace(at, at + inserted, change.getRemoved());
    proof.edited(text.toString(), at, removed, change.getInserted());
  }

  /** Whether what follows may be code now, or no longer. */
  private static boolean mayFence(PlainTextChange change) {
    String both = change.getRemoved() + change.getInserted();
    return both.indexOf('`') >= 0 || both.indexOf('~') >= 0;
  }

  private void caretMoved(int now) {
    if (typedAt >= 0 && now != typedAt) {
      typedAt = -1;
      draw();
    }
  }

  private int paragraphAt(int offset) {
    return area.offsetToPosition(Math.min(offset, area.getLength()), TwoDimensional.Bias.Forward)
        .getMajor();
  }

  /** The paragraphs in sight that are prose, the one with the caret first. */
  private List<String> inSight() {
    Set<String> texts = new LinkedHashSet<>();
    Set<Integer> numbers = new LinkedHashSet<>();
    for (SelectionPath path : spellingPaths) {
      number(path).ifPresent(numbers::add);
    }
    int current = area.getCurrentParagraph();
    numbers.stream()
        .filter(number -> !isCode(number))
        .sorted(
            Comparator.comparing((Integer number) -> number != current)
                .thenComparing(Comparator.naturalOrder()))
        .forEach(number -> texts.add(area.getParagraph(number).getText()));
    return List.copyOf(texts);
  }

  private OptionalInt number(SelectionPath path) {
    OptionalInt number = SelectionRanges.paragraph(path);
    return path.getScene() != null
            && number.isPresent()
            && number.getAsInt() < area.getParagraphs().size()
        ? number
        : OptionalInt.empty();
  }

  private boolean isCode(int paragraph) {
    BitSet now =
        code.orElseGet(
            () -> Fences.of(area.getParagraphs().size(), i -> area.getParagraph(i).getText()));
    code = Optional.of(now);
    return now.get(paragraph);
  }

  /** Draws all that is in sight anew. */
  private void draw() {
    for (Set<SelectionPath> paths : List.of(spellingPaths, grammarPaths)) {
      paths.removeIf(path -> path.getParent() == null);
      paths.forEach(this::drawUnlessDrawing);
    }
  }

  private void drawUnlessDrawing(SelectionPath path) {
    if (!isDrawing) {
      isDrawing = true;
      try {
        path.getElements().setAll(lines(path));
      } finally {
        isDrawing = false;
      }
    }
  }

  private List<PathElement> lines(SelectionPath path) {
    OptionalInt paragraph = number(path);
    if (paragraph.isEmpty() || !(path.getParent() instanceof TextFlow flow)) {
      return List.of();
    }
    Set<Remark.Kind> kinds =
        spellingPaths.contains(path)
            ? EnumSet.of(Remark.Kind.SPELLING)
            : EnumSet.of(Remark.Kind.GRAMMAR, Remark.Kind.STYLE);
    List<PathElement> lines = new ArrayList<>();
    LayoutInfo layout = flow.getLayoutInfo();
    for (Place place : places(paragraph.getAsInt())) {
      if (kinds.contains(place.remark().kind()) && !isBeingWritten(place)) {
        TextRange range = place.remark().range();
        // The mark is moved by the insets, the layout counts from the edge.
        double left = flow.getInsets().getLeft();
        double top = flow.getInsets().getTop();
        for (Rectangle2D under : joined(layout.getUnderlineGeometry(range.start(), range.end()))) {
          addLine(
              place.remark().kind(),
              under.getMinX() - left,
              under.getMaxX() - left,
              under.getMinY() - top + WAVE,
              lines);
        }
      }
    }
    return lines;
  }

  private boolean isBeingWritten(Place place) {
    return place.remark().kind() == Remark.Kind.SPELLING && place.range().end() == typedAt;
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
          Rectangle2D last = joined.isEmpty() ? null : joined.getLast();
          if (last != null
              && Math.abs(last.getMinY() - piece.getMinY()) < SAME
              && piece.getMinX() - last.getMaxX() < SAME) {
            joined.removeLast();
            joined.add(
                new Rectangle2D(
                    last.getMinX(),
                    last.getMinY(),
                    Math.max(last.getMaxX(), piece.getMaxX()) - last.getMinX(),
                    last.getHeight()));
          } else {
            joined.add(piece);
          }
        });
    return joined;
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

  /** The remarks on a paragraph; none on code. */
  private List<Place> places(int paragraph) {
    if (isCode(paragraph)) {
      return List.of();
    }
    String text = area.getParagraph(paragraph).getText();
    List<Remark> remarks = proof.remarks(text);
    if (remarks.isEmpty()) {
      return List.of();
    }
    int start = area.getAbsolutePosition(paragraph, 0);
    return remarks.stream().map(remark -> new Place(paragraph, text, start, remark)).toList();
  }

  /** The remark on the words at this offset, or that it is beside. */
  Optional<Place> at(int offset) {
    return places(paragraphAt(offset)).stream()
        .filter(place -> place.range().start() <= offset && offset <= place.range().end())
        .findFirst();
  }

  /** The first remark that begins at this offset or after it, as far as the text is checked. */
  Optional<Place> from(int offset) {
    for (int i = paragraphAt(offset); i < area.getParagraphs().size(); i++) {
      Optional<Place> found =
          places(i).stream().filter(place -> place.range().start() >= offset).findFirst();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
