package org.qalam.engine;

import java.util.List;

/**
 * The text of an answer while it grows. What may be the beginning of a stop text is held back from
 * the listener until it is known not to be.
 */
final class AnswerText {
  private final List<String> stops;
  private final GenerationListener listener;
  private final StringBuilder text = new StringBuilder();
  private int heard;
  private boolean ended;

  AnswerText(List<String> stops, GenerationListener listener) {
    this.stops = stops;
    this.listener = listener;
  }

  /** Adds a piece; true when a stop text is complete, which ends the answer before it. */
  boolean add(String piece) {
    if (piece.isEmpty() || ended) {
      return ended;
    }
    int from = text.length();
    text.append(piece);
    int end = -1;
    for (String stop : stops) {
      int at = text.indexOf(stop, Math.max(0, from - stop.length() + 1));
      if (at >= 0 && (end < 0 || at < end)) {
        end = at;
      }
    }
    if (end >= 0) {
      text.setLength(end);
      tell(end);
      ended = true;
      return true;
    }
    tell(text.length() - held());
    return false;
  }

  /** Adds the last piece and tells all that was held back. */
  void end(String piece) {
    if (!add(piece)) {
      tell(text.length());
    }
  }

  String text() {
    return text.toString();
  }

  /** Length of the longest end of the text that a stop text begins with. */
  private int held() {
    int longest = 0;
    for (String stop : stops) {
      for (int length = Math.min(stop.length() - 1, text.length()); length > longest; length--) {
        if (stop.startsWith(text.substring(text.length() - length))) {
          longest = length;
        }
      }
    }
    return longest;
  }

  private void tell(int end) {
    if (end > heard) {
      listener.writing(text.substring(heard, end));
      heard = end;
    }
  }
}
