package org.qalam.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The methods of Python's {@code str} that chat templates call. */
final class PythonText {
  private PythonText() {}

  /**
   * Calls a method.
   *
   * @param maxLength characters that a result may have
   * @return null when it is not one of them
   */
  static @Nullable Object call(String text, String method, Object[] arguments, long maxLength) {
    String first = arguments.length > 0 && arguments[0] != null ? arguments[0].toString() : null;
    String second = arguments.length > 1 && arguments[1] != null ? arguments[1].toString() : null;
    return switch (method) {
      case "strip" -> strip(text, first, true, true);
      case "lstrip" -> strip(text, first, true, false);
      case "rstrip" -> strip(text, first, false, true);
      case "upper" -> text.toUpperCase(Locale.ROOT);
      case "lower" -> text.toLowerCase(Locale.ROOT);
      case "startswith" -> first == null ? null : (Object) text.startsWith(first);
      case "endswith" -> first == null ? null : (Object) text.endsWith(first);
      case "split" -> split(text, first, second == null ? -1 : Integer.parseInt(second));
      case "replace" ->
          first == null || second == null ? null : replace(text, first, second, maxLength);
      default -> null;
    };
  }

  private static String strip(
      String text, @Nullable String characters, boolean left, boolean right) {
    int from = 0;
    int to = text.length();
    while (left && from < to && isStripped(text.charAt(from), characters)) {
      from++;
    }
    while (right && from < to && isStripped(text.charAt(to - 1), characters)) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isStripped(char c, @Nullable String characters) {
    return characters == null ? isSpace(c) : characters.indexOf(c) >= 0;
  }

  /** Python's blanks: Unicode's white space and four separators of ASCII. */
  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }

  private static List<String> split(String text, @Nullable String separator, int maxSplits) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    if (separator == null || separator.isEmpty()) {
      String rest = strip(text, null, true, true);
      return rest.isEmpty() ? parts : new ArrayList<>(List.of(rest.split("\\s+")));
    }
    for (int at = text.indexOf(separator);
        at >= 0 && parts.size() != maxSplits;
        at = text.indexOf(separator, from)) {
      parts.add(text.substring(from, at));
      from = at + separator.length();
    }
    parts.add(text.substring(from));
    return parts;
  }

  /**
   * Replaces each occurrence.
   *
   * @throws IllegalArgumentException when the result would be longer than it may
   */
  static String replace(String text, String old, String by, long maxLength) {
    long occurrences = old.isEmpty() ? text.length() + 1L : 0;
    for (int at = text.indexOf(old); !old.isEmpty() && at >= 0; ) {
      occurrences++;
      at = text.indexOf(old, at + old.length());
    }
    if (text.length() + occurrences * Math.max(0, by.length() - old.length()) > maxLength) {
      throw new IllegalArgumentException("a replacement grows too long");
    }
    return text.replace(old, by);
  }
}
