package org.qalam.ui.editor;

import java.util.function.IntConsumer;
import javafx.application.Platform;

/**
 * Paragraphs whose styles are still to be made, a few at a time, so that a change of thousands of
 * them does not hold the window up. Confined to the JavaFX thread.
 */
final class Restyling {
  /** What one go may take of the 16 ms of a frame, in nanoseconds. */
  private static final long SHARE = 4_000_000;

  private final IntConsumer restyle;
  private int from;
  private int to;
  private boolean isQueued;

  /**
   * @param restyle styles the paragraph of this number, if there still is one
   */
  Restyling(IntConsumer restyle) {
    this.restyle = restyle;
  }

  /** These are to be done; {@code to} is not among them. What waits already stays among them. */
  void add(int from, int to) {
    boolean isIdle = this.from >= this.to;
    this.from = isIdle ? from : Math.min(this.from, from);
    this.to = isIdle ? to : Math.max(this.to, to);
    queue();
  }

  /** The text got so many paragraphs more (or fewer) at this one. */
  void shift(int at, int more) {
    if (at < from) {
      from = Math.max(at, from + more);
    }
    if (at < to) {
      to = Math.max(from, to + more);
    }
  }

  private void queue() {
    if (!isQueued && from < to) {
      isQueued = true;
      Platform.runLater(this::someMore);
    }
  }

  private void someMore() {
    isQueued = false;
    long end = System.nanoTime() + SHARE;
    while (from < to && System.nanoTime() < end) {
      restyle.accept(from++);
    }
    queue();
  }
}
