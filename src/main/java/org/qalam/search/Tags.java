package org.qalam.search;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tags of a note: {@code #word} in its text outside code, and what {@code tags:} has in the
 * YAML at its beginning. In small letters, without the number sign. Any thread.
 */
public final class Tags {
  /** Letters first, so that neither a heading nor the number of an issue is one. */
  private static final Pattern IN_TEXT =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}\\p{M}&/#_.-])#([\\p{L}_][\\p{L}\\p{N}\\p{M}_-]*(?:/[\\p{L}\\p{N}\\p{M}_-]+)*)");

  private static final Pattern CODE = Pattern.compile("`[^`\\n]*`");
  private static final Pattern FENCE = Pattern.compile("\\s{0,3}(```|~~~).*");
  private static final Pattern KEY = Pattern.compile("(?i)tags?\\s*:\\s*(.*)");
  private static final Pattern ENTRY = Pattern.compile("\\s*-\\s+(.*)");

  /** Lines in which the YAML has to end: else a rule at a text's beginning is none of its. */
  private static final int FRONT = 200;

  private Tags() {}

  /** The tags of a text, in its order. */
  public static Set<String> of(String text) {
    Set<String> tags = new LinkedHashSet<>();
    int body = front(text, tags);
    if (text.indexOf('#', body) >= 0) {
      boolean isCode = false;
      for (String line : (Iterable<String>) text.substring(body).lines()::iterator) {
        if (FENCE.matcher(line).matches()) {
          isCode = !isCode;
        } else if (!isCode && line.indexOf('#') >= 0) {
          Matcher tag = IN_TEXT.matcher(CODE.matcher(line).replaceAll("` `"));
          while (tag.find()) {
            tags.add(plain(tag.group(1)));
          }
        }
      }
    }
    return tags;
  }

  /** A tag as it is compared: small letters, without the number sign. */
  static String plain(String tag) {
    String bare = tag.strip();
    return (bare.startsWith("#") ? bare.substring(1) : bare).toLowerCase(Locale.ROOT);
  }

  /** Reads the YAML and tells where the text behind it begins: 0 where there is none. */
  private static int front(String text, Set<String> tags) {
    if (!text.startsWith("---\n")) {
      return 0;
    }
    Set<String> found = new LinkedHashSet<>();
    boolean isList = false;
    int at = 4;
    for (int line = 0; line < FRONT && at < text.length(); line++) {
      int end = text.indexOf('\n', at);
      end = end < 0 ? text.length() : end;
      String words = text.substring(at, end);
      at = Math.min(text.length(), end + 1);
      if (words.equals("---") || words.equals("...")) {
        tags.addAll(found);
        return at;
      }
      Matcher key = KEY.matcher(words);
      Matcher entry = ENTRY.matcher(words);
      if (key.matches()) {
        isList = true;
        values(key.group(1)).forEach(found::add);
      } else if (isList && entry.matches()) {
        values(entry.group(1)).forEach(found::add);
      } else {
        isList = false;
      }
    }
    return 0;
  }

  private static Stream<String> values(String yaml) {
    return Pattern.compile("[\\[\\],\"']")
        .splitAsStream(yaml)
        .map(Tags::plain)
        .filter(tag -> !tag.isBlank());
  }
}
