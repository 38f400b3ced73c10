package org.qalam.exchange;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** XML that is being written. Used by one thread. */
final class XmlText {
  private final StringBuilder text =
      new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Begins an element.
   *
   * @param attributes names and values in turn; an empty value leaves the attribute out
   */
  XmlText open(String name, String... attributes) {
    start(name, attributes);
    text.append('>');
    open.push(name);
    return this;
  }

  /** An element without content. */
  XmlText empty(String name, String... attributes) {
    start(name, attributes);
    text.append("/>");
    return this;
  }

  XmlText close() {
    text.append("</").append(open.pop()).append('>');
    return this;
  }

  XmlText text(String words) {
    escape(words, false);
    return this;
  }

  /** An element that holds words alone. */
  XmlText element(String name, String words, String... attributes) {
    return open(name, attributes).text(words).close();
  }

  byte[] bytes() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("elements are open: " + open);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void start(String name, String... attributes) {
    text.append('<').append(name);
    for (int i = 0; i + 1 < attributes.length; i += 2) {
      if (!attributes[i + 1].isEmpty()) {
        text.append(' ').append(attributes[i]).append("=\"");
        escape(attributes[i + 1], true);
        text.append('"');
      }
    }
  }

  private void escape(String words, boolean inAttribute) {
    String clean = SafeXml.clean(words);
    for (int i = 0; i < clean.length(); i++) {
      char c = clean.charAt(i);
      switch (c) {
        case '&' -> text.append("&amp;");
        case '<' -> text.append("&lt;");
        case '>' -> text.append("&gt;");
        case '"' -> text.append(inAttribute ? "&quot;" : "\"");
        case '\n' -> text.append(inAttribute ? "&#10;" : "\n");
        default -> text.append(c);
      }
    }
  }
}
