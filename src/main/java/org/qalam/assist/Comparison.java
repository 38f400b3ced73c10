package org.qalam.assist;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What plain code finds when it holds an answer against its original, for any model: a writer sees
 * at a glance whether numbers and names came back. Belongs to no thread.
 *
 * @param language of the original, an ISO 639-1 code; empty where it is unknown
 * @param languageAfter of the answer
 * @param mayTranslate whether another language may be what was asked for
 * @param tallies what there is to be counted; for summaries, whether what the answer has is in the
 *     text
 * @param lengthChange in per cent of the original's characters; empty where the answer does not
 *     stand for the original
 */
public record Comparison(
    Optional<String> language,
    Optional<String> languageAfter,
    boolean mayTranslate,
    List<Tally> tallies,
    Optional<Integer> lengthChange) {
  public Comparison {
    tallies = List.copyOf(tallies);
  }

  /**
   * Holds an answer against its original.
   *
   * @param result where the answer belongs
   * @param mayTranslate whether another language may be what was asked for
   */
  public static Comparison of(
      Action.Result result, boolean mayTranslate, String original, String answer) {
    boolean isDraft = original.isBlank() || answer.isBlank();
    boolean goesOn = result == Action.Result.INSERT;
    Optional<String> language = isDraft ? Optional.empty() : Languages.of(original);
    Optional<String> languageAfter = isDraft ? Optional.empty() : Languages.of(answer);
    // A translation has other names for days and for places.
    boolean isTranslated =
        mayTranslate
            && language.isPresent()
            && languageAfter.isPresent()
            && !language.equals(languageAfter);
    List<Tally> tallies = new ArrayList<>();
    if (!isDraft && !goesOn) {
      // A summary may leave things out, but not bring any.
      boolean isSummary = result == Action.Result.PANEL;
      String has = isSummary ? answer : original;
      String keeps = isSummary ? original : answer;
      add(tallies, Tally.Kind.NUMBERS, numbers(has), numbers(keeps));
      if (!isTranslated) {
        add(tallies, Tally.Kind.DATES, Dates.in(has), Dates.in(keeps));
        addNames(tallies, has, keeps);
      }
      add(tallies, Tally.Kind.LINKS, GuardedText.links(has), GuardedText.links(keeps));
      if (!isSummary && !isTranslated) {
        add(
            tallies,
            Tally.Kind.QUOTATIONS,
            GuardedText.quotations(has),
            GuardedText.quotations(keeps));
      }
    }
    Optional<Integer> change =
        isDraft || goesOn
            ? Optional.empty()
            : Optional.of(
                (int)
                    Math.round(
                        100.0
                            * (answer.strip().length() - original.strip().length())
                            / original.strip().length()));
    return new Comparison(language, languageAfter, mayTranslate, tallies, change);
  }

  private static List<String> numbers(String text) {
    return GuardedText.numbers(Fidelity.LIST_NUMBER.matcher(text).replaceAll(""));
  }

  private static void add(
      List<Tally> tallies, Tally.Kind kind, List<String> has, List<String> keeps) {
    if (!has.isEmpty()) {
      List<String> there = new ArrayList<>(keeps);
      List<String> missing = has.stream().filter(thing -> !there.remove(thing)).toList();
      tallies.add(new Tally(kind, has.size(), missing));
    }
  }

  /** A name counts once; it is kept where each of its words is. */
  private static void addNames(List<Tally> tallies, String has, String keeps) {
    Set<String> names = new LinkedHashSet<>();
    Names.in(has).forEach(place -> names.add(place.of(has)));
    if (!names.isEmpty()) {
      Set<String> there = Names.words(keeps);
      List<String> missing =
          names.stream().filter(name -> !there.containsAll(Names.words(name))).toList();
      tallies.add(new Tally(Tally.Kind.NAMES, names.size(), missing));
    }
  }

  /** Whether the answer is in the language of its original, where both are known. */
  public boolean keepsLanguage() {
    return language.isEmpty() || languageAfter.isEmpty() || language.equals(languageAfter);
  }

  /** Whether nothing is missing that should be there. */
  public boolean passes() {
    return (keepsLanguage() || mayTranslate) && tallies.stream().allMatch(Tally::isWhole);
  }
}
