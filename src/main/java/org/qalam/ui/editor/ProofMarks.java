package org.qalam.ui.editor;

import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.fxmisc.richtext.model.Paragraph;
import org.fxmisc.richtext.model.PlainTextChange;
import org.fxmisc.richtext.model.TwoDimensional;
import org.qalam.document.TextRange;
import org.qalam.proof.Remark;
import org.qalam.task.UiThread;
import org.qalam.ui.proof.ProofViewModel;

/**
 * Marks the words that a checker has something to say about, in the paragraphs that are in sight,
 * and finds them again. Confined to the JavaFX thread.
 */
@UiThread
final class ProofMarks {
  /** Beyond so many characters in one change nothing is carried over: it is checked anew. */
  private static final int LONG_CHANGE = 10_000;

  private final StyleClassedTextArea area;
  private final ProofViewModel proof;

  /** Those in sight, and some that were. */
  private final Set<ProofLines> lines = new LinkedHashSet<>();

  private Optional<BitSet> code = Optional.empty();

  /** Where a letter was typed last, while the caret is still there: that word is not finished. */
  private int typedAt = -1;

  ProofMarks(StyleClassedTextArea area, ProofViewModel proof) {
    this.area = area;
    this.proof = proof;
    area.multiPlainChanges().subscribe(this::changed);
    area.caretPositionProperty().addListener((_, _, now) -> caretMoved(now));
    proof.watch(this::inSight, this::draw);
    proof.onProperty().addListener((_, _, on) -> show(on));
    show(proof.onProperty().get());
  }

  private void show(boolean on) {
    lines.clear();
    if (on) {
      area.setParagraphGraphicFactory(this::linesOf);
    } else {
      area.setParagraphGraphicFactory(null);
    }
  }

  private ProofLines linesOf(int paragraph) {
    ProofLines made = new ProofLines(paragraph, this::shownIn);
    lines.add(made);
    return made;
  }

  /** A remark in the text. */
  record Place(String text, int start, Remark remark) {
    TextRange range() {
      return new TextRange(start + remark.range().start(), start + remark.range().end());
    }
  }

  private int size() {
    return area.getParagraphs().size();
  }

  private void changed(List<PlainTextChange> changes) {
    if (code.isPresent() && changes.stream().anyMatch(this::mayFence)) {
      code = Optional.empty();
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

  /** Whether what follows may be code now, or no longer, or has another number. */
  private boolean mayFence(PlainTextChange change) {
    return (change.getRemoved() + change.getInserted()).indexOf('\n') >= 0
        || Fences.mayFence(change.getRemoved() + change.getInserted())
        || Fences.mayFence(area.getParagraph(paragraphAt(change.getPosition())).getText());
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
    forgetOthers();
    int current = area.getCurrentParagraph();
    return lines.stream()
        .map(ProofLines::paragraph)
        .filter(number -> number < size() && !isCode(number))
        .sorted(
            Comparator.comparing((Integer number) -> number != current)
                .thenComparing(Comparator.naturalOrder()))
        .map(number -> area.getParagraph(number).getText())
        .toList();
  }

  private void forgetOthers() {
    lines.removeIf(line -> line.getScene() == null);
  }

  private boolean isCode(int paragraph) {
    BitSet now = code.orElseGet(() -> Fences.of(size(), this::fenceIn));
    code = Optional.of(now);
    return now.get(paragraph);
  }

  /** A line that may be a fence; nothing for the others, of which a text has thousands. */
  private String fenceIn(int paragraph) {
    Paragraph<?, ?, ?> line = area.getParagraph(paragraph);
    int end = Math.min(line.length(), Fences.DEEPEST + 1);
    for (int i = 0; i < end; i++) {
      if (line.charAt(i) != ' ') {
        return Fences.mayFence(String.valueOf(line.charAt(i))) ? line.getText() : "";
      }
    }
    return "";
  }

  /** Draws all that is in sight anew, with the next picture. */
  private void draw() {
    forgetOthers();
    lines.forEach(ProofLines::requestLayout);
  }

  /** The remarks to be shown; none on a word that is being written. */
  private List<Remark> shownIn(int paragraph) {
    if (paragraph >= size()) {
      return List.of();
    }
    return places(paragraph).stream()
        .filter(place ->
            place.remark().kind() != Remark.Kind.SPELLING || place.range().end() != typedAt)
        .map(Place::remark)
        .toList();
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
    return remarks.stream().map(remark -> new Place(text, start, remark)).toList();
  }

  /** The remark on the words at this offset, or that it is beside. */
  Optional<Place> at(int offset) {
    return places(paragraphAt(offset)).stream()
        .filter(place -> place.range().start() <= offset && offset <= place.range().end())
        .findFirst();
  }

  /**
   * Goes through the text for the first remark that begins at this offset or after it, and from the
   * end on from its beginning; paragraphs that were not checked yet are.
   */
  void seek(int offset, Consumer<Place> found) {
    int first = paragraphAt(offset);
    List<Integer> numbers =
        IntStream.concat(IntStream.range(first, size()), IntStream.rangeClosed(0, first))
            .filter(number -> number < size() && !isCode(number))
            .boxed()
            .toList();
    if (numbers.isEmpty()) {
      return;
    }
    int column = numbers.getFirst() == first ? offset - area.getAbsolutePosition(first, 0) : 0;
    List<String> texts =
        numbers.stream().map(number -> area.getParagraph(number).getText()).toList();
    proof.seek(
        texts,
        column,
        hit ->
            hit.ifPresent(there -> {
              int number = numbers.get(there.index());
              if (number < size()) {
                found.accept(
                    new Place(
                        texts.get(there.index()),
                        area.getAbsolutePosition(number, 0),
                        there.remark()));
              }
            }));
  }
}
