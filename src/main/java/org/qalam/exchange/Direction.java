package org.qalam.exchange;

import java.text.Bidi;
import java.util.ArrayList;
import java.util.List;

/** Which way a text runs: as its first letter does (Unicode's rules P2 and P3). */
enum Direction {
  LEFT_TO_RIGHT,
  RIGHT_TO_LEFT;

  static final char LEFT_MARK = '\u200e';
  static final char RIGHT_MARK = '\u200f';

  /**
   * Part of a paragraph whose letters run one way.
   *
   * @param start UTF-16 offset
   * @param end offset after it
   */
  record Run(int start, int end, boolean rightToLeft) {}

  static Direction of(CharSequence text) {
    int at = 0;
    while (at < text.length()) {
      int c = Character.codePointAt(text, at);
      switch (Character.getDirectionality(c)) {
        case Character.DIRECTIONALITY_LEFT_TO_RIGHT -> {
          return LEFT_TO_RIGHT;
        }
        case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
            Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC -> {
          return RIGHT_TO_LEFT;
        }
        default -> at += Character.charCount(c);
      }
    }
    return LEFT_TO_RIGHT;
  }

  boolean isRightToLeft() {
    return this == RIGHT_TO_LEFT;
  }

  /** The runs of a paragraph; digits among Arabic words belong to those. */
  List<Run> runs(String text) {
    List<Run> runs = new ArrayList<>();
    if (text.isEmpty()) {
      return runs;
    }
    Bidi bidi =
        new Bidi(
            text, isRightToLeft() ? Bidi.DIRECTION_RIGHT_TO_LEFT : Bidi.DIRECTION_LEFT_TO_RIGHT);
    for (int i = 0; i < bidi.getRunCount(); i++) {
      int start = bidi.getRunStart(i);
      int end = bidi.getRunLimit(i);
      int level = bidi.getRunLevel(i);
      boolean digitsOnly = level > 0 && !hasLeftLetter(text, start, end);
      boolean right = level % 2 == 1 || digitsOnly;
      if (!runs.isEmpty() && runs.getLast().rightToLeft() == right) {
        runs.set(runs.size() - 1, new Run(runs.getLast().start(), end, right));
      } else {
        runs.add(new Run(start, end, right));
      }
    }
    return runs;
  }

  private static boolean hasLeftLetter(String text, int start, int end) {
    return text.substring(start, end)
        .codePoints()
        .anyMatch(c -> Character.getDirectionality(c) == Character.DIRECTIONALITY_LEFT_TO_RIGHT);
  }
}
