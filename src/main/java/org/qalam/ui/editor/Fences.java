package org.qalam.ui.editor;

import java.util.BitSet;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which paragraphs of a Markdown text are a block of code, with the lines that fence it. */
final class Fences {
  private static final Pattern FENCE = Pattern.compile("^ {0,3}(`{3,}|~{3,})(.*)$");

  /** Spaces that may stand before a fence. */
  static final int DEEPEST = 3;

  private Fences() {}

  /** Whether a line with this in it may be a fence; most are not. */
  static boolean mayFence(String text) {
    return text.indexOf('`') >= 0 || text.indexOf('~') >= 0;
  }

  static BitSet of(int paragraphs, IntFunction<String> text) {
    BitSet code = new BitSet();
    String open = "";
    for (int i = 0; i < paragraphs; i++) {
      String line = text.apply(i);
      Matcher fence = FENCE.matcher(line);
      boolean isFence = fence.matches();
      if (!open.isEmpty()) {
        code.set(i);
        if (isFence && fence.group(1).startsWith(open) && fence.group(2).isBlank()) {
          open = "";
        }
      } else if (isFence) {
        code.set(i);
        open = fence.group(1);
      }
    }
    return code;
  }
}
