package org.qalam.ui.proof;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.qalam.proof.Remark;

/**
 * What the writer wants no remarks on: words of the dictionary, rules that are off, and what is
 * ignored until the program ends. Confined to the JavaFX thread.
 */
final class LeftAlone {
  /**
   * A rule that is off.
   *
   * @param name what it is about, for people
   */
  record Rule(String id, String name) {}

  /** The first text that a writer sees speaks of it. */
  private static final String OWN_NAME = "Qalam";

  private final ObservableList<String> words = FXCollections.observableArrayList();
  private final ObservableList<Rule> rules = FXCollections.observableArrayList();
  private final Set<String> ignored = new HashSet<>();

  ObservableList<String> words() {
    return words;
  }

  ObservableList<Rule> rules() {
    return rules;
  }

  /** Ignores these words, where the same rule finds them. */
  void ignore(String words, Remark remark) {
    ignored.add(remark.rule() + "\n" + words);
  }

  /** Whether there is to be no word of it. */
  boolean has(String paragraph, Remark remark) {
    String text = remark.range().of(paragraph);
    return ignored.contains(remark.rule() + "\n" + text)
        || (remark.kind() == Remark.Kind.SPELLING && isKnown(text))
        || rules.stream().anyMatch(rule -> rule.id().equals(remark.rule()));
  }

  /** A word of the dictionary, which may begin a sentence. */
  private boolean isKnown(String word) {
    return word.equals(OWN_NAME)
        || words.contains(word)
        || (Character.isUpperCase(word.codePointAt(0))
            && words.contains(
                word.substring(0, word.offsetByCodePoints(0, 1)).toLowerCase(Locale.ROOT)
                    + word.substring(word.offsetByCodePoints(0, 1))));
  }

  /** The dictionary as a setting, a word a line. */
  String wordsSetting() {
    return String.join("\n", words);
  }

  /** The rules as a setting, a rule a line: its name for the program, a tab, its name. */
  String rulesSetting() {
    return rules.stream()
        .map(rule -> rule.id() + "\t" + rule.name())
        .collect(Collectors.joining("\n"));
  }

  /** Takes up what was kept. */
  void read(Optional<String> wordsSetting, Optional<String> rulesSetting) {
    words.setAll(lines(wordsSetting));
    rules.setAll(
        lines(rulesSetting).stream()
            .map(line -> line.split("\t", 2))
            .map(parts -> new Rule(parts[0], parts.length > 1 ? parts[1] : parts[0]))
            .toList());
  }

  private static List<String> lines(Optional<String> setting) {
    return setting.stream().flatMap(String::lines).filter(line -> !line.isBlank()).toList();
  }
}
