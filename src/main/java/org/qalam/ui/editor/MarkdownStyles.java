package org.qalam.ui.editor;

import java.text.Bidi;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fxmisc.richtext.model.StyleSpans;
import org.fxmisc.richtext.model.StyleSpansBuilder;
import org.qalam.ui.text.TextDirection;

/** The style classes of a paragraph of Markdown: of its characters and of the whole. */
final class MarkdownStyles {
  private static final Pattern HEADING = Pattern.compile("^(#{1,6})\\s+.*");
  private static final Pattern QUOTE = Pattern.compile("^\\s*>.*");
  private static final Pattern LIST = Pattern.compile("^\\s*(?:[-*+]|\\p{Nd}{1,3}[.)])\\s");
  private static final Pattern INLINE =
      Pattern.compile(
          "(?<code>`[^`]+`)|(?<strong>\\*\\*[^*\\s](?:[^*]*[^*\\s])?\\*\\*)"
              + "|(?<em>(?<![*\\w])\\*[^*\\s](?:[^*]*[^*\\s])?\\*(?![*\\w])|(?<![_\\w])_[^_\\s](?:[^_]*[^_\\s])?_(?![_\\w]))");

  /** Comma, semicolon, question mark: in Unicode they belong to several scripts. */
  private static final String ARABIC_SIGNS = "\u060C\u061B\u061F";

  private MarkdownStyles() {}

  /** Styles of a paragraph as a whole that runs this way. */
  static List<String> paragraph(boolean rightToLeft) {
    return rightToLeft ? List.of("rtl") : List.of();
  }

  /**
   * Styles of its characters.
   *
   * @param longest letters of a right-to-left word that surely fit into a line
   */
  static StyleSpans<Collection<String>> characters(String text, int longest) {
    List<String> whole = new ArrayList<>();
    int mark = 0;
    Matcher heading = HEADING.matcher(text);
    Matcher list = LIST.matcher(text);
    if (heading.matches()) {
      int level = heading.group(1).length();
      whole.add(level <= 3 ? "h" + level : "h4");
      mark = level;
    } else if (QUOTE.matcher(text).matches()) {
      whole.add("quote");
    } else if (list.find()) {
      mark = list.end();
    }
    TreeSet<Integer> cuts = new TreeSet<>(List.of(0, mark, text.length()));
    record Inline(int start, int end, String style, int marks) {}
    List<Inline> inlines = new ArrayList<>();
    Matcher inline = INLINE.matcher(text);
    while (inline.find()) {
      String style =
          inline.group("code") != null ? "code" : inline.group("strong") != null ? "strong" : "em";
      int marks = style.equals("strong") ? 2 : 1;
      inlines.add(new Inline(inline.start(), inline.end(), style, marks));
      cuts.addAll(
          List.of(inline.start(), inline.start() + marks, inline.end() - marks, inline.end()));
    }
    Set<Integer> directions = new HashSet<>();
    for (int i = 0; i < text.length(); i++) {
      if (TextDirection.isMark(text.charAt(i))) {
        directions.add(i);
        cuts.addAll(List.of(i, i + 1));
      }
    }
    boolean words = TextDirection.hasRightToLeft(text);
    if (words) {
      addWordCuts(text, heading.matches() ? longest * 5 / 8 : longest, cuts);
    }
    StyleSpansBuilder<Collection<String>> spans = new StyleSpansBuilder<>();
    int from = 0;
    int count = 0;
    for (int to : cuts) {
      if (to == from) {
        continue;
      }
      List<String> styles = new ArrayList<>(whole);
      if (to <= mark) {
        styles.add("mark");
      }
      for (Inline span : inlines) {
        if (from >= span.start && to <= span.end) {
          styles.add(span.style);
          if (to <= span.start + span.marks || from >= span.end - span.marks) {
            styles.add("mark");
          }
        }
      }
      if (directions.contains(from)) {
        styles.add("direction");
      }
      if (words && isUpright(text, from, to)) {
        styles.add("upright");
      }
      if (words && count++ % 2 == 1) {
        styles.add("odd");
      }
      spans.add(styles, to - from);
      from = to;
    }
    if (from == 0) {
      spans.add(whole, 0);
    }
    return spans.create();
  }

  /**
   * Whether this is never slanted. Arabic and Hebrew know no italics, few italic fonts have their
   * letters, and where JavaFX on Linux takes them from another font it draws wrong ones.
   */
  private static boolean isUpright(String text, int from, int to) {
    return TextDirection.isRightToLeft(text)
        || text.substring(from, to)
            .codePoints()
            .anyMatch(c -> {
              Character.UnicodeScript script = Character.UnicodeScript.of(c);
              return script == Character.UnicodeScript.ARABIC
                  || script == Character.UnicodeScript.HEBREW
                  || ARABIC_SIGNS.indexOf(c) >= 0;
            });
  }

  /**
   * Cuts between right-to-left words and what is between them. JavaFX on Linux fails when it breaks
   * a right-to-left run over two lines, and puts the parts of one in the wrong order where its
   * punctuation comes from another font; parts of different style are runs of their own. So are
   * spaces and punctuation one by one, because a line may end at any of them; and so are the
   * letters of a word that may be wider than a line.
   */
  private static void addWordCuts(String text, int longest, SortedSet<Integer> cuts) {
    Bidi bidi = new Bidi(text, Bidi.DIRECTION_RIGHT_TO_LEFT);
    List<Integer> letters = new ArrayList<>();
    boolean wasAlone = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (isRightToLeft(c)) {
        letters.add(i);
        wasAlone = false;
      } else if (!isMark(c)) {
        addWord(letters, i, longest, cuts);
        boolean alone = (bidi.getLevelAt(i) & 1) == 1 && isSpaceOrPunctuation(c);
        if (alone || wasAlone) {
          cuts.add(i);
        }
        wasAlone = alone;
      }
      i += Character.charCount(c);
    }
    addWord(letters, text.length(), longest, cuts);
  }

  private static void addWord(
      List<Integer> letters, int end, int longest, SortedSet<Integer> cuts) {
    if (!letters.isEmpty()) {
      cuts.addAll(letters.size() > longest ? letters : letters.subList(0, 1));
      cuts.add(end);
      letters.clear();
    }
  }

  private static boolean isRightToLeft(int c) {
    byte direction = Character.getDirectionality(c);
    return Character.isLetter(c)
        && (direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
            || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC);
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || c == 0x200C
        || c == 0x200D;
  }

  private static boolean isSpaceOrPunctuation(int c) {
    return switch (Character.getType(c)) {
      case Character.SPACE_SEPARATOR,
          Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION,
          Character.MATH_SYMBOL,
          Character.CURRENCY_SYMBOL ->
          true;
      default -> false;
    };
  }
}
