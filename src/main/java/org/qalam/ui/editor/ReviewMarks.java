package org.qalam.ui.editor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.fxmisc.richtext.SelectionImpl;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.fxmisc.richtext.model.StyleSpans;
import org.fxmisc.richtext.model.StyleSpansBuilder;
import org.fxmisc.richtext.model.TwoDimensional;
import org.qalam.document.TextRange;
import org.qalam.task.UiThread;
import org.qalam.ui.assistant.TextTarget;

/**
 * Shows which words would be changed: as styles of whole words, which do not part the letters of an
 * Arabic one, and a box around the change that is being looked at. Confined to the JavaFX thread.
 */
@UiThread
final class ReviewMarks {
  private final StyleClassedTextArea area;
  private final Consumer<SortedSet<Integer>> restyle;
  private final SelectionImpl<Collection<String>, String, Collection<String>> box;
  private List<TextTarget.Mark> marks = List.of();

  /**
   * @param restyle makes the styles of these paragraphs anew
   */
  ReviewMarks(StyleClassedTextArea area, Consumer<SortedSet<Integer>> restyle) {
    this.area = area;
    this.restyle = restyle;
    this.box = SelectionBoxes.mark("current-change", area, "current-change");
  }

  /** Shows these and no others. */
  void show(List<TextTarget.Mark> next) {
    if (next.equals(marks)) {
      return;
    }
    Set<TextTarget.Mark> before = styles(marks);
    Set<TextTarget.Mark> after = styles(next);
    marks = List.copyOf(next);
    SortedSet<Integer> paragraphs = new TreeSet<>();
    before.stream()
        .filter(mark -> !after.contains(mark))
        .forEach(mark -> addParagraphs(mark, paragraphs));
    after.stream()
        .filter(mark -> !before.contains(mark))
        .forEach(mark -> addParagraphs(mark, paragraphs));
    if (!paragraphs.isEmpty()) {
      restyle.accept(paragraphs);
    }
    Optional<TextRange> current =
        marks.stream().filter(TextTarget.Mark::current).map(this::boxed).findFirst();
    box.selectRange(current.map(TextRange::start).orElse(0), current.map(TextRange::end).orElse(0));
  }

  /** Another text comes: nothing is marked in it. */
  void forget() {
    marks = List.of();
    box.selectRange(0, 0);
  }

  /** The same marks but for which one is looked at: that one has a box, and no other style. */
  private static Set<TextTarget.Mark> styles(List<TextTarget.Mark> marks) {
    Set<TextTarget.Mark> styles = new HashSet<>();
    marks.forEach(mark -> styles.add(new TextTarget.Mark(mark.passage(), mark.kind(), false)));
    return styles;
  }

  private void addParagraphs(TextTarget.Mark mark, Set<Integer> paragraphs) {
    TextRange range = mark.passage().range();
    for (int i = paragraphAt(range.start()); i <= paragraphAt(range.end()); i++) {
      paragraphs.add(i);
    }
  }

  private int paragraphAt(int offset) {
    return area.offsetToPosition(Math.min(offset, area.getLength()), TwoDimensional.Bias.Forward)
        .getMajor();
  }

  private TextRange boxed(TextTarget.Mark mark) {
    TextRange range = mark.passage().range();
    if (!range.isEmpty()) {
      return range;
    }
    int paragraph = paragraphAt(range.start());
    int start = area.getAbsolutePosition(paragraph, 0);
    TextRange word = beside(area.getParagraph(paragraph).getText(), range.start() - start);
    return new TextRange(start + word.start(), start + word.end());
  }

  /** The word before an empty place, at the start of a text or behind a space the one after it. */
  static TextRange beside(String text, int offset) {
    int at = Math.clamp(offset, 0, text.length());
    int start = at;
    while (start > 0 && !Character.isWhitespace(text.charAt(start - 1))) {
      start--;
    }
    int end = at;
    while (start == at && end < text.length() && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return new TextRange(start, end);
  }

  /** The styles of a paragraph with those of its marks over them. */
  StyleSpans<Collection<String>> over(
      int paragraph, String text, StyleSpans<Collection<String>> spans) {
    if (marks.isEmpty()) {
      return spans;
    }
    int start = area.getAbsolutePosition(paragraph, 0);
    StyleSpansBuilder<Collection<String>> styles = new StyleSpansBuilder<>();
    int done = 0;
    for (TextTarget.Mark mark : marks) {
      TextRange range = mark.passage().range();
      if (range.end() < start || range.start() > start + text.length()) {
        continue;
      }
      TextRange here =
          range.isEmpty()
              ? beside(text, range.start() - start)
              : new TextRange(
                  Math.max(0, range.start() - start), Math.min(text.length(), range.end() - start));
      int from = Math.max(done, here.start());
      if (from < here.end()) {
        if (from > done) {
          styles.add(List.of(), from - done);
        }
        styles.add(List.of(style(mark)), here.end() - from);
        done = here.end();
      }
    }
    if (done == 0) {
      return spans;
    }
    if (done < text.length()) {
      styles.add(List.of(), text.length() - done);
    }
    return spans.overlay(styles.create(), ReviewMarks::both);
  }

  private static String style(TextTarget.Mark mark) {
    return switch (mark.kind()) {
      case DELETION -> "deletion";
      case INSERTION -> "insertion";
      case REWRITING -> "rewriting";
      case GUARDED -> mark.passage().range().isEmpty() ? "guarded-insertion" : "guarded-deletion";
      case GUARDED_REWRITING -> "guarded-rewriting";
    };
  }

  private static Collection<String> both(Collection<String> text, Collection<String> mark) {
    if (mark.isEmpty()) {
      return text;
    }
    List<String> styles = new ArrayList<>(text);
    styles.addAll(mark);
    return styles;
  }
}
