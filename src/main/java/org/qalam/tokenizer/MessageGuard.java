package org.qalam.tokenizer;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps what messages contain apart from what a template writes, though both go through one
 * rendering. Before it, each spelling of a special token in a message is broken by a mark; after
 * it, an unbroken spelling can only be the template's own. Immutable; any thread.
 *
 * <p>The mark is U+FDD0, a noncharacter, which Unicode keeps free for such uses inside a program;
 * in a message it is dropped. A special token spelled by a single character cannot be broken and so
 * counts as text everywhere.
 */
final class MessageGuard {
  private static final char MARK = '\uFDD0';
  private static final String MARK_STRING = String.valueOf(MARK);

  private final Tokenizer tokenizer;
  private final List<String> spellings = new ArrayList<>();
  private final SpellingTrie special = new SpellingTrie();

  MessageGuard(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
    for (int id = 0; id < tokenizer.vocabularySize(); id++) {
      if (tokenizer.isSpecial(id)) {
        String spelling = tokenizer.decode(new int[] {id});
        if (spelling.codePointCount(0, spelling.length()) > 1) {
          spellings.add(spelling);
          special.add(spelling, id);
        }
      }
    }
  }

  /** The message's text with marks in it. */
  String guard(String content) {
    String text = clear(content);
    StringBuilder guarded = new StringBuilder(text.length() + 16);
    int first = text.length() - text.stripLeading().length();
    int last = text.stripTrailing().length(); // templates trim: marks stay inside of the blanks
    boolean markFirst = first < last && continuesSpelling(text, first);
    boolean markLast = first < last && startsSpelling(text, last);
    for (int i = 0; i < text.length(); ) {
      if (i == first && markFirst) {
        guarded.append(MARK);
      }
      int next = text.offsetByCodePoints(i, 1);
      guarded.append(text, i, next);
      if (special.longestAt(text, i) >= 0 || (next == last && markLast)) {
        guarded.append(MARK);
      }
      i = next;
    }
    return guarded.toString();
  }

  /** Whether what begins here would finish a special token that the template had begun. */
  private boolean continuesSpelling(String text, int from) {
    for (String spelling : spellings) {
      for (int k = 1; k < spelling.length(); k++) {
        if (text.startsWith(spelling.substring(k), from)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether what ends here is the beginning of a special token that the template might finish. */
  private boolean startsSpelling(String text, int to) {
    for (String spelling : spellings) {
      for (int k = 1; k < spelling.length(); k++) {
        if (text.regionMatches(to - k, spelling, 0, k)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The text without marks. */
  String clear(String text) {
    return text.replace(MARK_STRING, "");
  }

  /** Encodes a rendering: unbroken spellings become special tokens, the rest is text. */
  int[] encode(String rendered) {
    IdBuffer ids = new IdBuffer();
    int from = 0;
    for (int i = 0; i < rendered.length(); ) {
      int id = special.longestAt(rendered, i);
      if (id < 0) {
        i++;
        continue;
      }
      encodeText(rendered, from, i, ids);
      ids.add(id);
      i += tokenizer.decode(new int[] {id}).length();
      from = i;
    }
    encodeText(rendered, from, rendered.length(), ids);
    return ids.toArray();
  }

  private void encodeText(String rendered, int from, int to, IdBuffer ids) {
    int[] text = tokenizer.encode(clear(rendered.substring(from, to)));
    ids.addAll(text, text.length);
  }
}
