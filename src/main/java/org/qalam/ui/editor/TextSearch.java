package org.qalam.ui.editor;

import java.util.ArrayList;
import java.util.List;

/** Finds a text in another, whatever the case of the letters. */
final class TextSearch {
  private TextSearch() {}

  /** Where it begins, each place after the end of the one before. */
  static List<Integer> places(String text, String wanted) {
    List<Integer> places = new ArrayList<>();
    if (wanted.isEmpty()) {
      return places;
    }
    String here = lower(text);
    String sought = lower(wanted);
    for (int at = here.indexOf(sought); at >= 0; at = here.indexOf(sought, at + sought.length())) {
      places.add(at);
    }
    return places;
  }

  /** Letter by letter: {@code String.toLowerCase} makes two of the Turkish capital İ. */
  private static String lower(String text) {
    char[] letters = text.toCharArray();
    for (int i = 0; i < letters.length; i++) {
      letters[i] = Character.toLowerCase(letters[i]);
    }
    return new String(letters);
  }
}
