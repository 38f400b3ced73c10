package org.qalam.tokenizer;

import java.util.HashMap;
import java.util.Map;

/** Finds spellings in a text, the longest of those that begin at a place. Immutable once filled. */
final class SpellingTrie {
  private static final class Node {
    final Map<Character, Node> children = new HashMap<>();
    int id = -1;
  }

  private final Node root = new Node();

  void add(String spelling, int id) {
    Node node = root;
    for (int i = 0; i < spelling.length(); i++) {
      node = node.children.computeIfAbsent(spelling.charAt(i), c -> new Node());
    }
    node.id = id;
  }

  boolean isEmpty() {
    return root.children.isEmpty();
  }

  /** The id of the longest spelling that begins at {@code from}, or -1. */
  int longestAt(String text, int from) {
    int id = -1;
    Node node = root.children.get(text.charAt(from));
    for (int i = from + 1; node != null; i++) {
      if (node.id >= 0) {
        id = node.id;
      }
      node = i < text.length() ? node.children.get(text.charAt(i)) : null;
    }
    return id;
  }
}
