package org.qalam.exchange;

import org.commonmark.node.CustomNode;

/** The box at the start of a task: {@code [ ]} or {@code [x]}. */
final class TaskMark extends CustomNode {
  private final boolean done;

  TaskMark(boolean done) {
    this.done = done;
  }

  boolean done() {
    return done;
  }

  /** As a character, for formats that have no boxes. */
  String sign() {
    return done ? "\u2612 " : "\u2610 ";
  }
}
