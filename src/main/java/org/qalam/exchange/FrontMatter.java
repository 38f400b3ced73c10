package org.qalam.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The block of facts at the start of a note, between two lines of {@code ---}. Of its YAML only the
 * title and the tags are read, in the forms in which note programs write them.
 *
 * @param title empty where there is none
 * @param tags without {@code #}
 * @param length of the whole block in the text, its last line end included; 0 where there is none
 */
record FrontMatter(String title, List<String> tags, int length) {
  private static final FrontMatter NONE = new FrontMatter("", List.of(), 0);

  /** Longest block that is looked for. */
  private static final int LIMIT = 64 * 1024;

  private static final Pattern FACT =
      Pattern.compile("([\\p{L}\\p{N}_-]+)[ \\t]*:(?:[ \\t]+(.*))?");
  private static final Pattern ITEM = Pattern.compile("[ \\t]*-[ \\t]+(.*)");

  static FrontMatter of(String text) {
    if (!text.startsWith("---\n")) {
      return NONE;
    }
    String title = "";
    List<String> tags = new ArrayList<>();
    String key = "";
    int at = 4;
    boolean any = false;
    while (at < Math.min(text.length(), LIMIT)) {
      int end = text.indexOf('\n', at);
      String line = text.substring(at, end < 0 ? text.length() : end).stripTrailing();
      at = end < 0 ? text.length() : end + 1;
      if (line.equals("---") || line.equals("...")) {
        return any ? new FrontMatter(title, List.copyOf(tags), at) : NONE;
      }
      Matcher fact = FACT.matcher(line);
      Matcher item = ITEM.matcher(line);
      if (fact.matches()) {
        any = true;
        key = fact.group(1);
        String value = fact.group(2) == null ? "" : fact.group(2).strip();
        if (key.equals("title")) {
          title = unquoted(value);
        } else if (isTags(key)) {
          addAll(value, tags);
        }
      } else if (item.matches() && isTags(key)) {
        add(item.group(1), tags);
      } else if (!line.isBlank()
          && !line.startsWith(" ")
          && !line.startsWith("#")
          && !item.matches()) {
        return NONE; // a line between two rules, and no facts
      }
    }
    return NONE;
  }

  private static boolean isTags(String key) {
    return key.equals("tags") || key.equals("tag") || key.equals("keywords");
  }

  private static void addAll(String value, List<String> tags) {
    if (value.startsWith("[") && value.endsWith("]")) {
      for (String tag : value.substring(1, value.length() - 1).split(",", -1)) {
        add(tag, tags);
      }
    } else {
      for (String tag : value.split(value.contains(",") ? "," : "\\s", -1)) {
        add(tag, tags);
      }
    }
  }

  private static void add(String tag, List<String> tags) {
    String clean = unquoted(tag.strip()).replaceFirst("^#", "");
    if (!clean.isEmpty() && !tags.contains(clean)) {
      tags.add(clean);
    }
  }

  private static String unquoted(String value) {
    if (value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")) {
      return value.substring(1, value.length() - 1).replaceAll("\\\\([\"\\\\])", "$1");
    }
    if (value.length() >= 2 && value.startsWith("'") && value.endsWith("'")) {
      return value.substring(1, value.length() - 1).replace("''", "'");
    }
    return value.replaceFirst("\\s+#.*$", "");
  }
}
