package org.qalam.assist;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text cut into pieces that are sent to the model one by one, and what lies between them, which
 * is kept as it is: blank lines, indentation, the marks of headings, lists and quotations, code.
 */
final class Pieces {
  /**
   * A part of the text.
   *
   * @param text as it stands
   * @param sent whether it is sent to the model
   */
  record Piece(String text, boolean sent) {}

  /** Spaces and the Markdown marks that may begin a line. */
  private static final Pattern MARKS =
      Pattern.compile("^(?:\\s|#{1,6}\\s|>|[-*+]\\s(?:\\[[ xX]\\]\\s)?|\\p{Nd}{1,3}[.)]\\s)*+");

  private static final Pattern ITEM = Pattern.compile("\\s*(?:[-*+]|\\p{Nd}{1,3}[.)])\\s");

  /** The mark of a code block; its info string has no such mark in it. */
  private static final Pattern FENCE = Pattern.compile("\\s*(```[^`]*|~~~.*)\\s*");

  /** An ordinal, an initial or an abbreviation, whose dot ends no sentence. */
  private static final Pattern NO_END =
      Pattern.compile(
          "(?:^|[\\s(\"“«])(?:\\p{Nd}{1,2}|\\p{Lu}|Dr|Mr|Mrs|Ms|Mx|Prof|Hon|Rev|Sr|Jr|St|Gen|Col|Lt|Capt"
              + "|Fig|Vol|vs|cf|e\\.g|i\\.e)\\.\\s*$");

  private static final Pattern LETTER = Pattern.compile("\\p{L}");

  private Pieces() {}

  /** Cuts a text; the pieces joined are the text. */
  static List<Piece> of(String text, Recipe.Unit unit) {
    List<Piece> pieces = new ArrayList<>();
    if (unit == Recipe.Unit.WHOLE) {
      addTrimmed(pieces, text);
      return pieces;
    }
    String code = ""; // the mark that ends it
    boolean list = false;
    for (String line : text.splitWithDelimiters("\n", -1)) {
      boolean wasCode = !code.isEmpty();
      if (wasCode ? line.strip().startsWith(code) : FENCE.matcher(line).matches()) {
        code = wasCode ? "" : line.strip().substring(0, 3);
        wasCode = true;
      }
      boolean indented = line.startsWith("    ") || line.startsWith("\t");
      boolean item = (list || !indented) && ITEM.matcher(line).lookingAt();
      list = item || (list && (line.isBlank() || indented));
      if (line.equals("\n") || wasCode || (indented && !item)) {
        pieces.add(new Piece(line, false));
        continue;
      }
      Matcher marks = MARKS.matcher(line);
      int from = marks.find() ? marks.end() : 0;
      if (from > 0) {
        pieces.add(new Piece(line.substring(0, from), false));
      }
      String rest = line.substring(from);
      if (unit == Recipe.Unit.PARAGRAPH) {
        addTrimmed(pieces, rest);
      } else {
        sentences(rest).forEach(sentence -> addTrimmed(pieces, sentence));
      }
    }
    return pieces;
  }

  static List<String> sentences(String paragraph) {
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
    breaks.setText(paragraph);
    List<String> sentences = new ArrayList<>();
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
      String sentence = paragraph.substring(start, end);
      // One without two words joins the one before too.
      boolean tooShort = sentence.strip().split("\\s+", -1).length < 2;
      if (!sentences.isEmpty() && (tooShort || NO_END.matcher(sentences.getLast()).find())) {
        sentences.add(sentences.removeLast() + sentence);
      } else {
        sentences.add(sentence);
      }
    }
    return sentences;
  }

  /** Adds a part with the spaces around it apart; one without letters is not sent. */
  static void addTrimmed(List<Piece> pieces, String part) {
    String body = part.strip();
    if (!LETTER.matcher(body).find()) {
      if (!part.isEmpty()) {
        pieces.add(new Piece(part, false));
      }
      return;
    }
    int from = part.indexOf(body);
    int to = from + body.length();
    if (from > 0) {
      pieces.add(new Piece(part.substring(0, from), false));
    }
    pieces.add(new Piece(body, true));
    if (to < part.length()) {
      pieces.add(new Piece(part.substring(to), false));
    }
  }
}
