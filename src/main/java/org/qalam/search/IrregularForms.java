package org.qalam.search;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * English words by forms that no rule of endings leads back to them: {@code broke} is a form of
 * {@code break}. From {@code irregular.txt}. Any thread.
 */
final class IrregularForms {
  private static final Map<String, List<String>> WORDS = read();

  private IrregularForms() {}

  /**
   * The words that this is a form of, in small letters.
   *
   * @return the word itself where it is none of the table's forms
   */
  static List<String> of(String form) {
    return WORDS.getOrDefault(form, List.of(form));
  }

  /** All forms in the table with their words. */
  static Map<String, List<String>> all() {
    return WORDS;
  }

  private static Map<String, List<String>> read() {
    Map<String, List<String>> words = new HashMap<>();
    InputStream table =
        Objects.requireNonNull(
            IrregularForms.class.getResourceAsStream("irregular.txt"), "irregular.txt");
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.strip().split("\\s+"))
          .forEach(line -> add(words, line));
    } catch (IOException e) {
      throw new UncheckedIOException("irregular.txt cannot be read", e);
    }
    return Map.copyOf(words);
  }

  private static void add(Map<String, List<String>> words, String[] line) {
    String word = line[0];
    for (int i = 1; i < line.length; i++) {
      boolean isOwnWord = line[i].endsWith("*");
      String form = isOwnWord ? line[i].substring(0, line[i].length() - 1) : line[i];
      words.put(form, isOwnWord ? List.of(form, word) : List.of(word));
    }
  }
}
