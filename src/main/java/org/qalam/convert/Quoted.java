package org.qalam.convert;

/** What a file spells, made fit for a sentence. */
final class Quoted {
  private static final int LONGEST = 80; // characters

  private Quoted() {}

  /** The beginning of a text that is too long for a sentence. */
  static String cut(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }

  /** The spelling in quotes, short, without control characters. */
  static String of(String spelling) {
    StringBuilder shown = new StringBuilder("'");
    spelling
        .codePoints()
        .limit(LONGEST)
        .forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? '\uFFFD' : c));
    if (spelling.codePointCount(0, spelling.length()) > LONGEST) {
      shown.append('…');
    }
    return shown.append('\'').toString();
  }
}
