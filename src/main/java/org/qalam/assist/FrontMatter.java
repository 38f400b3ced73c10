package org.qalam.assist;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The {@code key: value} lines between two lines {@code ---} at the head of a file. Every problem
 * names the file and the key. Belongs to no thread.
 */
final class FrontMatter {
  private static final String FENCE = "---";

  private final String file;
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();
  private final List<String> body;

  /**
   * @param file its name, for messages
   * @param text the whole file; without a front matter all of it is the body
   */
  FrontMatter(String file, String text) {
    this.file = file;
    List<String> lines = text.lines().toList();
    int first = 0;
    while (first < lines.size() && lines.get(first).isBlank()) {
      first++;
    }
    if (first == lines.size() || !lines.get(first).strip().equals(FENCE)) {
      body = lines;
      return;
    }
    int at = first + 1;
    for (; at < lines.size() && !lines.get(at).strip().equals(FENCE); at++) {
      String line = lines.get(at).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        add(line);
      }
    }
    if (at == lines.size()) {
      throw new ActionFileException(file, "the front matter has no second line ---");
    }
    body = lines.subList(at + 1, lines.size());
  }

  private void add(String line) {
    int colon = line.indexOf(':');
    if (colon <= 0) {
      throw new ActionFileException(file, "'" + shortened(line) + "' is no line 'key: value'");
    }
    String key = line.substring(0, colon).strip();
    if (values.put(key, unquoted(line.substring(colon + 1).strip())) != null) {
      throw new ActionFileException(file, "'" + shortened(key) + "' is there twice");
    }
  }

  /** As YAML writes texts with a colon in them. */
  static String unquoted(String value) {
    boolean isQuoted =
        value.length() >= 2
            && (value.startsWith("\"") || value.startsWith("'"))
            && value.charAt(value.length() - 1) == value.charAt(0);
    return isQuoted ? value.substring(1, value.length() - 1) : value;
  }

  /** The beginning of a text, in one line, for a message. */
  static String shortened(String text) {
    String line = text.replaceAll("[\\s\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ").strip();
    int most = line.offsetByCodePoints(0, Math.min(40, line.codePointCount(0, line.length())));
    return line.length() > most ? line.substring(0, most) + "…" : line;
  }

  /** The lines after the front matter. */
  List<String> body() {
    return body;
  }

  /** What stands there; empty where the key is missing or has no value. */
  Optional<String> text(String key) {
    asked.add(key);
    return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty());
  }

  boolean flag(String key, boolean otherwise) {
    return text(key)
        .map(value ->
            switch (value) {
              case "true", "yes" -> true;
              case "false", "no" -> false;
              default -> throw wrong(key, value, "it has to be true or false");
            })
        .orElse(otherwise);
  }

  /** A number from {@code least} to {@code most}. */
  double number(String key, double otherwise, double least, double most) {
    return text(key).map(value -> number(key, value, least, most)).orElse(otherwise);
  }

  private double number(String key, String value, double least, double most) {
    double number;
    try {
      number = Double.parseDouble(value);
    } catch (NumberFormatException e) {
      number = Double.NaN;
    }
    if (!(number >= least && number <= most)) {
      throw wrong(key, value, "it has to be a number from " + told(least) + " to " + told(most));
    }
    return number;
  }

  private static String told(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  /** One of an enumeration's names, written small and with hyphens. */
  <E extends Enum<E>> E choice(String key, E otherwise) {
    E[] all = otherwise.getDeclaringClass().getEnumConstants();
    return text(key)
        .map(value ->
            Arrays.stream(all)
                .filter(one -> name(one).equals(value.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                    wrong(
                        key,
                        value,
                        "there are "
                            + Arrays.stream(all)
                                .map(FrontMatter::name)
                                .collect(Collectors.joining(", ")))))
        .orElse(otherwise);
  }

  static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  ActionFileException wrong(String key, String value, String remedy) {
    return new ActionFileException(file, "'" + key + "' is '" + shortened(value) + "'; " + remedy);
  }

  /** Complains about a key that nobody has asked for: it is misspelt. */
  void refuseOthers() {
    for (String key : values.keySet()) {
      if (!asked.contains(key)) {
        throw new ActionFileException(
            file,
            "there is no key '" + shortened(key) + "'; there are " + String.join(", ", asked));
      }
    }
  }
}
