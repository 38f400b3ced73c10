package org.qalam.assist;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qalam.document.Sentences;
import org.qalam.document.TextRange;

/**
 * A text cut into pieces that are sent to the model one by one, and what lies between them, which
 * is kept as it is: blank lines, indentation, the marks of headings, lists and quotations, code. A
 * paragraph is a line, or several lines that were broken at a width ({@link HardWrap}).
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
    List<String> lines = List.of(text.split("\n", -1));
    for (int at = 0; at < lines.size(); at++) {
      String line = lines.get(at);
      if (at > 0) {
        pieces.add(new Piece("\n", false));
      }
      boolean wasCode = !code.isEmpty();
      if (wasCode ? line.strip().startsWith(code) : FENCE.matcher(line).matches()) {
        code = wasCode ? "" : line.strip().substring(0, 3);
        wasCode = true;
      }
      boolean indented = line.startsWith("    ") || line.startsWith("\t");
      boolean item = (list || !indented) && ITEM.matcher(line).lookingAt();
      list = item || (list && (line.isBlank() || indented));
      if (line.isEmpty()) {
        continue;
      }
      if (wasCode || (indented && !item)) {
        pieces.add(new Piece(line, false));
        continue;
      }
      Matcher marks = MARKS.matcher(line);
      int from = marks.find() ? marks.end() : 0;
      if (from > 0) {
        pieces.add(new Piece(line.substring(0, from), false));
      }
      int wrapped = HardWrap.lines(lines, at, from);
      String rest = String.join("\n", lines.subList(at, at + wrapped)).substring(from);
      at += wrapped - 1;
      String level = HardWrap.level(rest);
      if (unit == Recipe.Unit.PARAGRAPH) {
        addTrimmed(pieces, rest, level);
      } else {
        for (TextRange sentence : Sentences.of(level)) {
          addTrimmed(pieces, sentence.of(rest), sentence.of(level));
        }
      }
    }
    return pieces;
  }

  static List<String> sentences(String paragraph) {
    return Sentences.of(paragraph).stream().map(range -> range.of(paragraph)).toList();
  }

  /** Adds a part with the spaces around it apart; one without letters is not sent. */
  static void addTrimmed(List<Piece> pieces, String part) {
    addTrimmed(pieces, part, part);
  }

  /**
   * The same for lines that were broken at a width.
   *
   * @param level the part with spaces in the place of its breaks
   */
  private static void addTrimmed(List<Piece> pieces, String part, String level) {
    int from = level.length() - level.stripLeading().length();
    int to = level.stripTrailing().length();
    String body = part.substring(Math.min(from, to), to);
    if (!LETTER.matcher(body).find()) {
      if (!part.isEmpty()) {
        pieces.add(new Piece(part, false));
      }
      return;
    }
    if (from > 0) {
      pieces.add(new Piece(part.substring(0, from), false));
    }
    pieces.add(new Piece(body, true));
    if (to < part.length()) {
      pieces.add(new Piece(part.substring(to), false));
    }
  }
}
