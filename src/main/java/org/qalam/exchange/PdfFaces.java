package org.qalam.exchange;

import java.awt.FontFormatException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The faces of a PDF file, read when they are first needed: Amiri for words, DejaVu Sans Mono for
 * code, and DejaVu Serif for letters and signs that Amiri has not. Used by one thread.
 */
final class PdfFaces {
  /** Much of a text is of letters that no face has; the message is some of them. */
  static final class NoLetters extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoLetters(String some) {
      super(some);
    }
  }

  private static final String OTHERS = "DejaVuSerif";
  private static final String FIXED = "DejaVuSansMono";

  private final Map<String, PdfFace> faces = new LinkedHashMap<>();
  private final StringBuilder lacking = new StringBuilder();
  private int asked;
  private int missing;

  /** The face for a character, as it is marked. */
  PdfFace of(int character, Set<Mark> marks) {
    PdfFace words = face(words(marks));
    boolean isArabic = Character.UnicodeScript.of(character) == Character.UnicodeScript.ARABIC;
    if (marks.contains(Mark.CODE) && !isArabic) {
      PdfFace fixed = face(FIXED);
      return fixed.has(character) || !words.has(character) ? fixed : words;
    }
    for (String name : List.of(OTHERS, FIXED)) {
      if (!words.has(character) && face(name).has(character)) {
        return face(name);
      }
    }
    return words;
  }

  private static String words(Set<Mark> marks) {
    boolean isBold = marks.contains(Mark.BOLD);
    if (marks.contains(Mark.ITALIC)) {
      return isBold ? "Amiri-BoldItalic" : "Amiri-Italic";
    }
    return isBold ? "Amiri-Bold" : "Amiri-Regular";
  }

  private PdfFace face(String name) {
    return faces.computeIfAbsent(
        name,
        _ -> {
          try {
            return PdfFace.read(name);
          } catch (IOException
              | FontFormatException
              | RuntimeException
              | LinkageError
              | InternalError e) {
            // the last three: the JDK finds no fontconfig on a Linux without a desktop
            throw new IllegalStateException(e.getMessage(), e);
          }
        });
  }

  /** Counts a character that is going to be set, and whether there is a letter for it. */
  void count(int character, PdfFace face) {
    asked++;
    if (!face.has(character) && !Character.isWhitespace(character)) {
      missing++;
      if (lacking.length() < 8 && lacking.indexOf(Character.toString(character)) < 0) {
        lacking.appendCodePoint(character);
      }
    }
  }

  /** Some characters without letters, where those are more than a tenth of the text. */
  String lacking() {
    return missing * 10L > asked ? lacking.toString() : "";
  }
}
