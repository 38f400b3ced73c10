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
      Pattern.compile("^(?:\\s|#{1,6}\\s|>|[-*+]\\s(?:\\[[ xX]\\]\\s)?|\\p{Nd}{1,3}[.)]\\s)*");

  private static final Pattern LETTER = Pattern.compile("\\p{L}");

  private Pieces() {}

  /** Cuts a text; the pieces joined are the text. */
  static List<Piece> of(String text, Recipe.Unit unit) {
    List<Piece> pieces = new ArrayList<>();
    if (unit == Recipe.Unit.WHOLE) {
      addTrimmed(pieces, text);
      return pieces;
    }
    boolean code = false;
    for (String line : text.splitWithDelimiters("\n", -1)) {
      boolean fence = line.strip().startsWith("```");
      if (fence) {
        code = !code;
      }
      if (line.equals("\n") || code || fence || line.startsWith("    ") || line.startsWith("\t")) {
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

  private static List<String> sentences(String paragraph) {
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
    breaks.setText(paragraph);
    List<String> sentences = new ArrayList<>();
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
      String sentence = paragraph.substring(start, end);
      // "3. March" or "e.g. so" is no end of a sentence: one without two words joins the one
      // before.
      boolean tooShort = sentence.strip().split("\\s+", -1).length < 2;
      if (tooShort && !sentences.isEmpty()) {
        sentences.add(sentences.removeLast() + sentence);
      } else {
        sentences.add(sentence);
      }
    }
    return sentences;
  }

  /** Adds a part with the spaces around it apart; one without letters is not sent. */
  private static void addTrimmed(List<Piece> pieces, String part) {
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
