package org.qalam.exchange;

import java.text.Bidi;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.pdfbox.text.TextPosition;

/**
 * A line of a page as it stands, from left to right, and the text that it is read as. A page does
 * not say which way its lines run: where it stands tells most of them, its letters the others.
 * Lengths are points. Used by one thread.
 */
final class VisualLine {
  /** A gap so much wider than the letters are high stands between cells and not between words. */
  private static final float GAP = 1.4f;

  /** So much nearer to one edge than to the other, of the width that there is, is no accident. */
  private static final float LEANING = 0.15f;

  private static final String ENDING = ".!:,\u060c\u061b\u061f";
  private static final String OPENING = "([{\u00ab\u2039";
  private static final String CLOSING = ")]}\u00bb\u203a";

  /** What stands close together. */
  private static final class Part {
    final List<TextPosition> letters;
    String read;
    float right;

    Part(List<TextPosition> letters, String read) {
      this.letters = new ArrayList<>(letters);
      this.read = read;
      right = end(letters.getLast());
    }
  }

  private final List<Part> parts = new ArrayList<>();

  private static float end(TextPosition letter) {
    return letter.getXDirAdj() + letter.getWidthDirAdj();
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  /**
   * Adds what stands further to the right.
   *
   * @param read how the library reads it
   */
  void add(String read, List<TextPosition> letters) {
    if (letters.isEmpty()) {
      return;
    }
    Part last = parts.isEmpty() ? null : parts.getLast();
    TextPosition first = letters.getFirst();
    if (last != null
        && first.getXDirAdj() - last.right < GAP * Math.max(1, first.getFontSizeInPt())) {
      last.letters.addAll(letters);
      last.read += " " + read;
      last.right = end(letters.getLast());
    } else {
      parts.add(new Part(letters, read));
    }
  }

  /**
   * The text, in the order in which it is read.
   *
   * @param left where the page's lines begin
   * @param right where they end
   */
  String text(float left, float right) {
    if (parts.stream().noneMatch(part -> isBothWays(part.read))) {
      return joined(false);
    }
    int latin = 0;
    int others = 0;
    for (Part part : parts) {
      int letters = (int) part.read.codePoints().filter(Character::isLetter).count();
      int ofRight = (int) part.read.codePoints().filter(VisualLine::isOfRight).count();
      others += ofRight;
      latin += letters - ofRight;
    }
    float before = parts.getFirst().letters.getFirst().getXDirAdj() - left;
    float behind = right - parts.getLast().right;
    boolean isLeaning = Math.abs(before - behind) > LEANING * (right - left);
    boolean stands = isLeaning ? behind < before : others >= latin;
    if (stands || latin > 0) {
      return joined(stands);
    }
    // Arabic in a paragraph that runs from left to right has its last sign at the wrong end.
    return ended(joined(true));
  }

  private String joined(boolean isRight) {
    List<String> texts = new ArrayList<>();
    for (Part part : parts) {
      texts.add(isBothWays(part.read) ? ordered(part.letters, isRight) : part.read);
    }
    if (isRight) {
      Collections.reverse(texts);
    }
    return String.join(" ", texts);
  }

  private static String ended(String line) {
    return line.length() > 1 && ENDING.indexOf(line.charAt(0)) >= 0
        ? line.substring(1).stripLeading() + line.charAt(0)
        : line;
  }

  private static boolean isBothWays(String text) {
    return Bidi.requiresBidi(text.toCharArray(), 0, text.length());
  }

  private static boolean isOfRight(int c) {
    return Character.isLetter(c) && Direction.of(Character.toString(c)).isRightToLeft();
  }

  /** Unicode's annex 9 the other way round: the order of what is seen is that of what is read. */
  private static String ordered(List<TextPosition> letters, boolean isRight) {
    List<String> units = new ArrayList<>();
    StringBuilder seen = new StringBuilder();
    List<Integer> starts = new ArrayList<>();
    TextPosition last = null;
    for (TextPosition letter : letters) {
      // the library leaves out spaces that are only gaps
      if (last != null
          && !last.getUnicode().endsWith(" ")
          && !letter.getUnicode().startsWith(" ")
          && letter.getXDirAdj() - end(last) > 0.18f * letter.getFontSizeInPt()) {
        starts.add(seen.length());
        units.add(" ");
        seen.append(' ');
      }
      String unit = Normalizer.normalize(letter.getUnicode(), Normalizer.Form.NFKC);
      if (!unit.isEmpty()) {
        starts.add(seen.length());
        units.add(unit);
        seen.append(unit);
      }
      last = letter;
    }
    Bidi bidi =
        new Bidi(
            seen.toString(), isRight ? Bidi.DIRECTION_RIGHT_TO_LEFT : Bidi.DIRECTION_LEFT_TO_RIGHT);
    byte[] levels = new byte[units.size()];
    Integer[] order = new Integer[units.size()];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) bidi.getLevelAt(starts.get(i));
      order[i] = i;
    }
    Bidi.reorderVisually(levels, 0, order, 0, order.length);
    return brackets(units, order, levels);
  }

  /** Some programs write brackets as they look, others as they are meant. */
  private static String brackets(List<String> units, Integer[] order, byte[] levels) {
    boolean isTurned = false;
    for (Integer at : order) {
      if (levels[at] % 2 == 1 && isBracket(units.get(at))) {
        isTurned = CLOSING.contains(units.get(at));
        break;
      }
    }
    StringBuilder read = new StringBuilder();
    for (Integer at : order) {
      String unit = units.get(at);
      read.append(isTurned && levels[at] % 2 == 1 && isBracket(unit) ? turned(unit) : unit);
    }
    return read.toString();
  }

  private static boolean isBracket(String unit) {
    return unit.length() == 1 && (OPENING + CLOSING).contains(unit);
  }

  private static String turned(String bracket) {
    int opening = OPENING.indexOf(bracket);
    return opening >= 0
        ? CLOSING.substring(opening, opening + 1)
        : OPENING.substring(CLOSING.indexOf(bracket), CLOSING.indexOf(bracket) + 1);
  }
}
