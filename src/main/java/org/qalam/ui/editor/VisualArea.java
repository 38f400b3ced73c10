package org.qalam.ui.editor;

import java.text.BreakIterator;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import javafx.geometry.Point2D;
import javafx.scene.control.IndexRange;
import javafx.scene.input.KeyEvent;
import javafx.scene.text.TextFlow;
import org.fxmisc.richtext.CaretNode;
import org.fxmisc.richtext.CharacterHit;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.fxmisc.richtext.model.TwoDimensional.Bias;
import org.fxmisc.richtext.model.TwoDimensional.Position;
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
  /** Which way a key goes, on the page. */
  private enum Way {
    LEFT(-1),
    RIGHT(1);

    private final int sign;

    Way(int sign) {
      this.sign = sign;
    }
  }

  /** Where the caret was brought to that stands at {@link #drawnFor}, which has two places. */
  private double drawnAt;

  private int drawnFor = -1;

  /** The column in the scene that keys for up and down keep, for the caret at this offset. */
  private double column;

  private int columnFor = -1;

  /** Whether a selection was left by the key that is being heard, which has done its work by it. */
  private boolean isCollapsed;

  /** Which way the key that is being heard skips a word. */
  private Optional<Way> skipping = Optional.empty();

  VisualArea() {
    plainTextChanges()
        .subscribe(_ -> {
          drawnFor = -1;
          columnFor = -1;
        });
    Nodes.addInputMap(this, InputMap.process(EventPattern.keyPressed(), this::prepareKey));
  }

  /** What RichTextFX does by itself for a key goes by the order of the text. */
  private InputHandler.Result prepareKey(KeyEvent event) {
    isCollapsed = false;
    skipping = Optional.empty();
    int step =
        switch (event.getCode()) {
          case UP, KP_UP -> -1;
          case DOWN, KP_DOWN -> 1;
          default -> 0;
        };
    if (step == 0) {
      columnFor = -1;
    } else if (!event.isShortcutDown() && !event.isAltDown()) {
      SelectionPolicy policy = event.isShiftDown() ? SelectionPolicy.ADJUST : SelectionPolicy.CLEAR;
      if (moveVertically(step, policy)) {
        requestFollowCaret();
        return InputHandler.Result.CONSUME;
      }
    }
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
      // There RichTextFX, for which left is back, would not ask for a word.
      boolean isAtEnd = getCaretPosition() == (way.get() == Way.LEFT ? 0 : getLength());
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
    Optional<CaretLine> found = line();
    if (found.isEmpty()) {
      return false;
    }
    CaretLine line = found.get();
    int offset = getCaretColumn();
    double from = place(line);
    Optional<CaretLine.Stop> next =
        line.stops(isStop, both).stream()
            .filter(stop -> (stop.x() - from) * way.sign > CaretLine.SAME)
            .min(CaretLine.nearness(from, offset));
    if (next.isEmpty()) {
      leave(line, way, policy, isStop);
    } else {
      bring(getCurrentParagraph(), next.get(), policy);
    }
    return true;
  }

  /** From a line's side into the line before or after it, at its other side. */
  private void leave(CaretLine line, Way way, SelectionPolicy policy, IntPredicate isStop) {
    int step = isRightToLeft() == (way == Way.LEFT) ? 1 : -1;
    int index = line.index() + step;
    if (index >= 0 && index < line.all().size()) {
      List<CaretLine.Stop> stops = line.other(step).stops(isStop, false);
      if (!stops.isEmpty()) {
        CaretLine.Stop stop = way == Way.LEFT ? stops.getLast() : stops.getFirst();
        bring(getCurrentParagraph(), stop, policy);
        return;
      }
    }
    int paragraph = getCurrentParagraph() + step;
    if (paragraph >= 0 && paragraph < getParagraphs().size()) {
      moveTo(paragraph, step > 0 ? 0 : getParagraphLength(paragraph), policy);
    }
  }

  private void bring(int paragraph, CaretLine.Stop stop, SelectionPolicy policy) {
    moveTo(paragraph, stop.offset(), policy);
    drawnAt = stop.x();
    drawnFor = getCaretPosition();
  }

  /** The caret's line as it is laid out; empty where it is out of sight. */
  private Optional<CaretLine> line() {
    CaretNode caret = getCaretSelectionBind().getUnderlyingCaret();
    if (!(caret.getParent() instanceof TextFlow flow)) {
      return Optional.empty();
    }
    CaretLine first = CaretLine.of(flow, paragraph());
    return first.isLaidOut() ? Optional.of(first.lineOf(getCaretColumn())) : Optional.empty();
  }

  /** Where the caret's place is drawn in its line. */
  private double place(CaretLine line) {
    List<Double> places = line.places(getCaretColumn());
    // Another width of the page or size of the letters has moved them since.
    boolean isThere =
        drawnFor == getCaretPosition()
            && places.stream().anyMatch(x -> Math.abs(x - drawnAt) < CaretLine.SAME);
    return isThere ? drawnAt : places.getFirst();
  }

  /** A line up or down, as near to the column as it has places; false where it is not in sight. */
  private boolean moveVertically(int step, SelectionPolicy policy) {
    Optional<CaretLine> found = line();
    if (found.isEmpty()) {
      return false;
    }
    CaretLine line = found.get();
    double x =
        columnFor == getCaretPosition() ? column : line.flow().localToScene(place(line), 0).getX();
    int index = line.index() + step;
    int paragraph = getCurrentParagraph();
    Optional<CaretLine> target;
    if (index >= 0 && index < line.all().size()) {
      target = Optional.of(line.other(step));
    } else {
      paragraph += step;
      if (paragraph < 0 || paragraph >= getParagraphs().size()) {
        return true;
      }
      showParagraphInViewport(paragraph);
      layout();
      String text = getParagraph(paragraph).getText();
      target =
          neighbour(line.flow(), step)
              .map(flow -> CaretLine.of(flow, text))
              .filter(CaretLine::isLaidOut)
              .map(first -> step > 0 ? first : first.lineOf(text.length()));
    }
    if (target.isEmpty()) {
      return false;
    }
    double local = target.get().flow().sceneToLocal(x, 0).getX();
    CaretLine.Stop stop = target.get().nearest(local, getCaretColumn());
    bring(paragraph, stop, policy);
    column = x;
    columnFor = getCaretPosition();
    return true;
  }

  /** The paragraphs in sight, from top to bottom. */
  private List<TextFlow> flows() {
    return lookupAll(".paragraph-text").stream()
        .filter(TextFlow.class::isInstance)
        .map(TextFlow.class::cast)
        .sorted(Comparator.comparingDouble(flow -> flow.localToScene(0, 0).getY()))
        .toList();
  }

  private Optional<TextFlow> neighbour(TextFlow flow, int step) {
    List<TextFlow> flows = flows();
    int index = flows.indexOf(flow) + step;
    return index >= 0 && index < flows.size() && flows.contains(flow)
        ? Optional.of(flows.get(index))
        : Optional.empty();
  }

  /** RichTextFX takes lines that run to the left for others. */
  @Override
  public CharacterHit hit(double x, double y) {
    CharacterHit hit = super.hit(x, y);
    int insertion = hit.getInsertionIndex();
    Position position = offsetToPosition(insertion, Bias.Forward);
    String text = getParagraph(position.getMajor()).getText();
    if (!TextDirection.hasRightToLeft(text)) {
      return hit;
    }
    Point2D scene = localToScene(x, y);
    for (TextFlow flow : flows()) {
      Point2D point = flow.sceneToLocal(scene);
      CaretLine first = CaretLine.of(flow, text);
      if (point.getY() >= 0 && point.getY() < flow.getHeight() && first.isLaidOut()) {
        CaretLine.Stop stop =
            first.lineAtHeight(point.getY()).nearest(point.getX(), position.getMinor());
        return CharacterHit.insertionAt(insertion - position.getMinor() + stop.offset());
      }
    }
    return hit;
  }

  @Override
  public void lineStart(SelectionPolicy policy) {
    Optional<CaretLine> line = line();
    if (line.isPresent()) {
      moveTo(getCurrentParagraph(), line.get().start(), policy);
    } else {
      super.lineStart(policy);
    }
  }

  @Override
  public void lineEnd(SelectionPolicy policy) {
    Optional<CaretLine> line = line();
    if (line.isPresent()) {
      moveTo(getCurrentParagraph(), line.get().lastStop(), policy);
    } else {
      super.lineEnd(policy);
    }
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
