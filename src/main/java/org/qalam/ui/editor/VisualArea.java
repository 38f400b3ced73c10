package org.qalam.ui.editor;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import javafx.scene.control.IndexRange;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.text.CaretInfo;
import javafx.scene.text.LayoutInfo;
import javafx.scene.text.TextFlow;
import javafx.scene.text.TextLineInfo;
import org.fxmisc.richtext.CaretNode;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.fxmisc.wellbehaved.event.EventPattern;
import org.fxmisc.wellbehaved.event.InputHandler;
import org.fxmisc.wellbehaved.event.InputMap;
import org.fxmisc.wellbehaved.event.Nodes;
import org.qalam.task.UiThread;
import org.qalam.ui.text.TextDirection;

/**
 * The text control, whose keys for left and right move the caret to the left and to the right on
 * the page, whichever way the text runs there, and for which what a reader sees as one character is
 * one: a letter with its vowel marks, a family of emoji.
 *
 * <p>RichTextFX moves in the order of the text: in Arabic its Right goes to the left. Here the
 * places of the caret are asked of the laid out line, so what counts is what is on the screen.
 * Confined to the JavaFX thread.
 */
@UiThread
class VisualArea extends StyleClassedTextArea {
  /** Places closer than this are one, in pixels. */
  private static final double SAME = 0.5;

  /** Which way a key goes, on the page. */
  private enum Way {
    LEFT(-1),
    RIGHT(1);

    private final int sign;

    Way(int sign) {
      this.sign = sign;
    }
  }

  /** A place of the caret in a line: where it is drawn, and the offset in the paragraph. */
  private record Stop(double x, int offset) {}

  /** The line of the paragraph that the caret is in; offsets in the paragraph. */
  private record Line(LayoutInfo layout, List<TextLineInfo> all, int index, String text) {
    int start() {
      return all.get(index).start();
    }

    boolean isLast() {
      return index == all.size() - 1;
    }

    Line other(int step) {
      return new Line(layout, all, index + step, text);
    }

    /** Where the caret can stand, from left to right. */
    List<Stop> stops(IntPredicate isStop, boolean both) {
      int end = isLast() ? text.length() + 1 : all.get(index).end();
      BreakIterator characters = BreakIterator.getCharacterInstance();
      characters.setText(text);
      List<Stop> stops = new ArrayList<>();
      for (int at = start(); at < end; at++) {
        if (characters.isBoundary(at) && isStop.test(at)) {
          List<Double> places = places(at);
          for (double x : both ? places : places.subList(0, 1)) {
            stops.add(new Stop(x, at));
          }
        }
      }
      stops.sort(Comparator.comparingDouble(Stop::x));
      return stops;
    }

    /** Where JavaFX draws the caret: at one place, or in two halves where the direction turns. */
    List<Double> places(int offset) {
      List<Double> places = new ArrayList<>();
      CaretInfo caret = layout.caretInfoAt(offset, true);
      for (int i = 0; i < caret.getSegmentCount(); i++) {
        places.add(caret.getSegmentAt(i).getMinX());
      }
      return places;
    }
  }

  /** Where the caret was brought to that stands at {@link #drawnFor}, which has two places. */
  private double drawnAt;

  private int drawnFor = -1;

  /** Whether a selection was left by the key that is being heard, which has done its work by it. */
  private boolean isCollapsed;

  /** Which way the key that is being heard skips a word. */
  private Optional<Way> skipping = Optional.empty();

  VisualArea() {
    plainTextChanges().subscribe(_ -> drawnFor = -1);
    Nodes.addInputMap(this, InputMap.process(EventPattern.keyPressed(), this::prepareKey));
  }

  /** What RichTextFX does by itself for a key goes by the order of the text. */
  private InputHandler.Result prepareKey(KeyEvent event) {
    isCollapsed = false;
    skipping = Optional.empty();
    Optional<Way> way =
        switch (event.getCode()) {
          case LEFT, KP_LEFT -> Optional.of(Way.LEFT);
          case RIGHT, KP_RIGHT -> Optional.of(Way.RIGHT);
          default -> Optional.empty();
        };
    if (way.isEmpty() || !runsBothWays()) {
      return InputHandler.Result.PROCEED;
    }
    if (event.isShortcutDown()) {
      skipping = way;
      boolean isAtEnd = getCaretPosition() == (event.getCode() == KeyCode.LEFT ? 0 : getLength());
      if (isAtEnd) {
        skipWord(way.get(), event.isShiftDown() ? SelectionPolicy.ADJUST : SelectionPolicy.CLEAR);
        requestFollowCaret();
        return InputHandler.Result.CONSUME;
      }
    } else if (!event.isShiftDown() && getSelection().getLength() > 0) {
      moveTo(edge(way.get()));
      isCollapsed = true;
    }
    return InputHandler.Result.PROCEED;
  }

  /** Whether the caret's paragraph has text that runs to the left. */
  private boolean runsBothWays() {
    return TextDirection.hasRightToLeft(paragraph());
  }

  private String paragraph() {
    return getParagraph(getCurrentParagraph()).getText();
  }

  private boolean isRightToLeft() {
    return TextDirection.isRightToLeft(paragraph());
  }

  /** The end of the selection that lies on this side, in the text. */
  private int edge(Way way) {
    IndexRange selected = getSelection();
    boolean isForward = isRightToLeft() == (way == Way.LEFT);
    return isForward ? selected.getEnd() : selected.getStart();
  }

  @Override
  public void previousChar(SelectionPolicy policy) {
    step(Way.LEFT, policy);
  }

  @Override
  public void nextChar(SelectionPolicy policy) {
    step(Way.RIGHT, policy);
  }

  @Override
  public void wordBreaksBackwards(int n, SelectionPolicy policy) {
    if (skipping.isEmpty() || !skipWord(skipping.get(), policy)) {
      super.wordBreaksBackwards(n, policy);
    }
  }

  @Override
  public void wordBreaksForwards(int n, SelectionPolicy policy) {
    if (skipping.isEmpty() || !skipWord(skipping.get(), policy)) {
      super.wordBreaksForwards(n, policy);
    }
  }

  private void step(Way way, SelectionPolicy policy) {
    if (isCollapsed) {
      isCollapsed = false;
    } else if (!runsBothWays() || !go(way, policy, _ -> true, true)) {
      moveTo(way == Way.LEFT ? before() : after(), policy);
    }
  }

  /** The start of the next word on this side; false where the line is not laid out. */
  private boolean skipWord(Way way, SelectionPolicy policy) {
    String text = paragraph();
    BreakIterator words = BreakIterator.getWordInstance();
    words.setText(text);
    return go(
        way,
        policy,
        at ->
            at == text.length()
                || (words.isBoundary(at) && Character.isLetterOrDigit(text.codePointAt(at))),
        false);
  }

  /** To the next of these places on this side; false where the line is not laid out. */
  private boolean go(Way way, SelectionPolicy policy, IntPredicate isStop, boolean both) {
    Optional<Line> found = line();
    if (found.isEmpty()) {
      return false;
    }
    Line line = found.get();
    int column = getCaretColumn();
    double from = drawnFor == getCaretPosition() ? drawnAt : line.places(column).getFirst();
    Optional<Stop> next =
        line.stops(isStop, both).stream()
            .filter(stop -> (stop.x() - from) * way.sign > SAME)
            .min(
                Comparator.<Stop>comparingDouble(
                        stop -> Math.rint(Math.abs(stop.x() - from) / SAME))
                    .thenComparingInt(stop -> Math.abs(stop.offset() - column)));
    if (next.isEmpty()) {
      leave(line, way, policy, isStop);
    } else {
      bring(next.get(), policy);
    }
    return true;
  }

  /** From a line's side into the line before or after it, at its other side. */
  private void leave(Line line, Way way, SelectionPolicy policy, IntPredicate isStop) {
    int step = isRightToLeft() == (way == Way.LEFT) ? 1 : -1;
    int index = line.index() + step;
    if (index >= 0 && index < line.all().size()) {
      List<Stop> stops = line.other(step).stops(isStop, false);
      if (!stops.isEmpty()) {
        bring(way == Way.LEFT ? stops.getLast() : stops.getFirst(), policy);
        return;
      }
    }
    int paragraph = getCurrentParagraph() + step;
    if (paragraph >= 0 && paragraph < getParagraphs().size()) {
      moveTo(paragraph, step > 0 ? 0 : getParagraphLength(paragraph), policy);
    }
  }

  private void bring(Stop stop, SelectionPolicy policy) {
    moveTo(getCurrentParagraph(), stop.offset(), policy);
    drawnAt = stop.x();
    drawnFor = getCaretPosition();
  }

  /** The caret's line as it is laid out; empty where it is out of sight. */
  private Optional<Line> line() {
    CaretNode caret = getCaretSelectionBind().getUnderlyingCaret();
    if (!(caret.getParent() instanceof TextFlow flow)) {
      return Optional.empty();
    }
    LayoutInfo layout = flow.getLayoutInfo();
    List<TextLineInfo> lines = layout.getTextLines(false);
    int index = lines.size() - 1;
    while (index > 0 && lines.get(index).start() > getCaretColumn()) {
      index--;
    }
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(new Line(layout, lines, index, paragraph()));
  }

  @Override
  public void deletePreviousChar() {
    deleteText(before(), getCaretPosition());
  }

  @Override
  public void deleteNextChar() {
    deleteText(getCaretPosition(), after());
  }

  /** Where the character before the caret begins. */
  private int before() {
    int column = getCaretColumn();
    if (column == 0) {
      return Math.max(0, getCaretPosition() - 1);
    }
    return getCaretPosition() - column + characters().preceding(column);
  }

  /** Where the character after the caret ends. */
  private int after() {
    int column = getCaretColumn();
    if (column >= getParagraphLength(getCurrentParagraph())) {
      return Math.min(getLength(), getCaretPosition() + 1);
    }
    return getCaretPosition() - column + characters().following(column);
  }

  private BreakIterator characters() {
    BreakIterator characters = BreakIterator.getCharacterInstance();
    characters.setText(paragraph());
    return characters;
  }
}
