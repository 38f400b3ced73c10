package org.qalam.exchange;

import org.commonmark.node.CustomNode;

/** Text that Markdown would take apart or escape, and that notes are full of: links and tags. */
final class Verbatim extends CustomNode {
  private final String literal;

  Verbatim(String literal) {
    this.literal = literal;
  }

  String literal() {
    return literal;
  }
}
