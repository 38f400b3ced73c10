package org.qalam.ui.editor;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import javafx.scene.text.CaretInfo;
import javafx.scene.text.TextFlow;
import javafx.scene.text.TextLineInfo;
import org.qalam.task.UiThread;

/**
 * A line of a paragraph as JavaFX has laid it out; offsets are those of the paragraph, places are
 * pixels from the left edge of its flow. Confined to the JavaFX thread.
 *
 * @param flow shows the paragraph
 * @param all the lines of the paragraph
 * @param index which of them this is
 * @param text the paragraph
 */
@UiThread
record CaretLine(TextFlow flow, List<TextLineInfo> all, int index, String text) {
  /** Places closer than this are one, in pixels. */
  static final double SAME = 0.5;

  /** A place of the caret in a line: where it is drawn, and the offset in the paragraph. */
  record Stop(double x, int offset) {}

  static CaretLine of(TextFlow flow, String text) {
    return new CaretLine(flow, flow.getLayoutInfo().getTextLines(false), 0, text);
  }

  int start() {
    return all.get(index).start();
  }

  /** The line that this offset is drawn in. */
  CaretLine lineOf(int offset) {
    int found = all.size() - 1;
    while (found > 0 && all.get(found).start() > offset) {
      found--;
    }
    return new CaretLine(flow, all, found, text);
  }

  /** The line that is drawn at this height of the paragraph. */
  CaretLine lineAtHeight(double y) {
    int found = all.size() - 1;
    while (found > 0 && all.get(found).bounds().getMinY() > y) {
      found--;
    }
    return new CaretLine(flow, all, found, text);
  }

  /** The stop nearest to this place; of two as near the one nearer in the text. */
  Stop nearest(double x, int offset) {
    return stops(_ -> true, true).stream().min(nearness(x, offset)).orElse(new Stop(x, offset));
  }

  /** The order of how near stops are to this place, and of those as near to this offset. */
  static Comparator<Stop> nearness(double x, int offset) {
    return Comparator.<Stop>comparingDouble(stop -> Math.rint(Math.abs(stop.x() - x) / SAME))
        .thenComparingInt(stop -> Math.abs(stop.offset() - offset));
  }

  boolean isLast() {
    return index == all.size() - 1;
  }

  CaretLine other(int step) {
    return new CaretLine(flow, all, index + step, text);
  }

  /** Whether the lines are those of the text. */
  boolean isLaidOut() {
    return !all.isEmpty() && all.getLast().end() == text.length();
  }

  /** The last offset that is drawn in this line; what ends a line that goes on is a space. */
  int lastStop() {
    return isLast() ? text.length() : all.get(index).end() - 1;
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
    CaretInfo caret = flow.getLayoutInfo().caretInfoAt(offset, true);
    for (int i = 0; i < caret.getSegmentCount(); i++) {
      places.add(caret.getSegmentAt(i).getMinX());
    }
    return places;
  }
}
