package org.qalam.exchange;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;

/**
 * Puts paragraphs that come one after the other, each with its list and its indent, into lists
 * within lists. Used by one thread.
 */
final class ListNesting {
  /**
   * An open list.
   *
   * @param id of the list in its document
   * @param indent of its words
   */
  private record Open(String id, int level, int indent, Node list) {}

  private final DocxNumbering numbering;
  private final Node root;
  private final List<Open> open = new ArrayList<>();
  private Node parent;
  private int quoteDepth;

  ListNesting(Node root, DocxNumbering numbering) {
    this.numbering = numbering;
    this.root = root;
    this.parent = root;
  }

  /** Ends all lists where what follows is quoted more or less deeply. */
  private void quote(int depth) {
    if (depth == quoteDepth) {
      return;
    }
    open.clear();
    int kept = Math.min(quoteDepth, depth);
    quoteDepth = depth;
    parent = root;
    for (int i = 0; i < depth; i++) {
      // What was quoted just before goes on as deeply as both are.
      Node last = parent.getLastChild();
      if (last instanceof BlockQuote quote && i < kept) {
        parent = quote;
      } else {
        Node quote = new BlockQuote();
        parent.appendChild(quote);
        parent = quote;
      }
    }
  }

  /** Adds an item. */
  void item(String id, int level, int depth, Node words) {
    DocxNumbering.Level kind = numbering.of(id, level);
    quote(depth);
    while (!open.isEmpty() && open.getLast().level() > level) {
      open.removeLast();
    }
    if (!open.isEmpty()
        && open.getLast().level() == level
        && !numbering.isContinued(open.getLast().id(), id, level)) {
      open.removeLast();
    }
    if (open.isEmpty() || open.getLast().level() < level) {
      Node list = kind.isNumbered() ? Blocks.numbers(kind.start()) : Blocks.bullets();
      place().appendChild(list);
      open.add(new Open(id, level, kind.indent(), list));
    }
    Node item = new ListItem();
    item.appendChild(words);
    open.getLast().list().appendChild(item);
  }

  /**
   * Adds a block that is no item.
   *
   * @param indent its own; what is set in as far as an item's words belongs to that item
   */
  void block(int indent, int depth, Node block) {
    if (indent > 0 && !open.isEmpty()) {
      while (!open.isEmpty() && open.getLast().indent() > indent) {
        open.removeLast();
      }
      if (!open.isEmpty()) {
        Node at = place();
        for (int i = quoteDepth; i < depth; i++) {
          Node quote = at.getLastChild() instanceof BlockQuote last ? last : new BlockQuote();
          at.appendChild(quote);
          at = quote;
        }
        at.appendChild(block);
        return;
      }
    }
    quote(depth);
    open.clear();
    parent.appendChild(block);
  }

  /** Where a block goes: into the last item of the innermost open list, if there is one. */
  private Node place() {
    Node item = open.isEmpty() ? null : open.getLast().list().getLastChild();
    return item == null ? parent : item;
  }
}
