package org.qalam.document;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a paragraph into its sentences. Belongs to no thread. */
public final class Sentences {
  /** An ordinal, an initial or an abbreviation, whose dot ends no sentence. */
  private static final Pattern NO_END =
      Pattern.compile(
          "(?:^|[\\s(\"“«])(?:\\p{Nd}{1,2}|\\p{Lu}|Dr|Mr|Mrs|Ms|Mx|Prof|Hon|Rev|Sr|Jr|St|Gen|Col|Lt|Capt"
              + "|Fig|Vol|vs|cf|e\\.g|i\\.e)\\.\\s*$");

  /** White space behind any mark that may end a sentence. */
  private static final Pattern MAY_END = Pattern.compile("(?<=[.!?؟…])[\"”’»)]*\\s+");

  private static final Pattern END = Pattern.compile("[.!?؟…][\"”’»)]*\\s*$");

  private Sentences() {}

  /** Whether a text ends where a sentence may. */
  public static boolean ends(String text) {
    return END.matcher(text).find();
  }

  /**
   * Parts of a paragraph that end wherever a sentence may: one that ends in a number or an
   * abbreviation is cut too. Together they are the paragraph.
   */
  public static List<TextRange> parts(String paragraph) {
    List<TextRange> parts = new ArrayList<>();
    Matcher end = MAY_END.matcher(paragraph);
    int from = 0;
    while (end.find()) {
      parts.add(new TextRange(from, end.end()));
      from = end.end();
    }
    if (from < paragraph.length()) {
      parts.add(new TextRange(from, paragraph.length()));
    }
    return parts;
  }

  /** The sentences, each with the white space after it; together they are the paragraph. */
  public static List<TextRange> of(String paragraph) {
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
    breaks.setText(paragraph);
    List<TextRange> sentences = new ArrayList<>();
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
      // One without two words joins the one before too.
      boolean tooShort = paragraph.substring(start, end).strip().split("\\s+", -1).length < 2;
      if (!sentences.isEmpty()
          && (tooShort || NO_END.matcher(sentences.getLast().of(paragraph)).find())) {
        sentences.add(new TextRange(sentences.removeLast().start(), end));
      } else {
        sentences.add(new TextRange(start, end));
      }
    }
    return sentences;
  }
}
