package org.qalam.search;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a person typed to find notes: words, {@code "a phrase"}, {@code tag:x} or {@code #x}, {@code
 * after:2026-01-01} (that day too) and {@code before:2026-02} (that month no more). Anything can be
 * typed: what is none of these is words, and a date that is not finished asks for nothing yet.
 *
 * @param parts what the text must have
 * @param tags that a note must all have
 * @param from when a note was changed at the earliest
 * @param before when it was not changed any more
 */
record NoteQuery(
    List<Part> parts, List<Tag> tags, Optional<Instant> from, Optional<Instant> before) {

  /**
   * Words that stand in a text.
   *
   * @param isPhrase whether in this order and form
   * @param isOpen whether the last word may go on: it is still being typed
   */
  record Part(String words, boolean isPhrase, boolean isOpen) {}

  /**
   * A tag in small letters.
   *
   * @param isOpen whether it may go on
   */
  record Tag(String name, boolean isOpen) {}

  /** Longer than anybody types; a text that was pasted by mistake should not take a second. */
  private static final int MOST = 1_000;

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<key>tag|before|after|وسم|قبل|بعد):(?<value>\"[^\"]*\"?|\\S*)|#(?<tag>[^\\s\"#]+)"
              + "|[\"“”«»](?<phrase>[^\"“”«»]*)(?<end>[\"“”«»]?)|(?<word>[^\\s\"“”«»]+)",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  private static final Pattern DATE =
      Pattern.compile("(\\d{4})(?:[-/.](\\d{1,2}))?(?:[-/.](\\d{1,2}))?");

  NoteQuery {
    parts = List.copyOf(parts);
    tags = List.copyOf(tags);
  }

  /**
   * Reads what was typed.
   *
   * @param zone in which days begin
   */
  static NoteQuery parse(String typed, ZoneId zone) {
    String text = typed.substring(0, Math.min(typed.length(), MOST));
    List<Part> parts = new ArrayList<>();
    List<Tag> tags = new ArrayList<>();
    Optional<Instant> from = Optional.empty();
    Optional<Instant> before = Optional.empty();
    Matcher token = TOKEN.matcher(text);
    while (token.find()) {
      boolean isLast = token.end() == text.length();
      if (token.group("key") != null) {
        String value = token.group("value").replace("\"", "").strip();
        switch (token.group("key").toLowerCase(Locale.ROOT)) {
          case "tag", "وسم" -> addTag(tags, value, isLast);
          case "before", "قبل" -> before = date(value, zone).or(keep(before));
          default -> from = date(value, zone).or(keep(from));
        }
      } else if (token.group("tag") != null) {
        addTag(tags, token.group("tag"), isLast);
      } else if (token.group("phrase") != null) {
        boolean isOpen = token.group("end").isEmpty();
        add(parts, new Part(token.group("phrase"), true, isOpen));
      } else {
        add(parts, new Part(token.group("word"), false, isLast));
      }
    }
    return new NoteQuery(parts, tags, from, before);
  }

  private static Supplier<Optional<Instant>> keep(Optional<Instant> known) {
    return () -> known;
  }

  private static void add(List<Part> parts, Part part) {
    if (!part.words().isBlank()) {
      parts.add(part);
    }
  }

  private static void addTag(List<Tag> tags, String value, boolean isOpen) {
    String name = Tags.plain(value);
    if (!name.isBlank()) {
      tags.add(new Tag(name, isOpen));
    }
  }

  /** The first moment of a day, month or year; none where it is none. */
  private static Optional<Instant> date(String value, ZoneId zone) {
    StringBuilder digits = new StringBuilder();
    value
        .codePoints()
        .map(c -> Character.isDigit(c) ? '0' + Character.digit(c, 10) : c)
        .forEach(digits::appendCodePoint);
    Matcher date = DATE.matcher(digits);
    if (!date.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDate.of(Integer.parseInt(date.group(1)), number(date, 2), number(date, 3))
              .atStartOfDay(zone)
              .toInstant());
    } catch (DateTimeException e) { // the 31st of a month that has 30
      return Optional.empty();
    }
  }

  private static int number(Matcher date, int group) {
    return date.group(group) == null ? 1 : Integer.parseInt(date.group(group));
  }

  /** Whether nothing is asked for. */
  boolean isEmpty() {
    return parts.isEmpty() && tags.isEmpty() && from.isEmpty() && before.isEmpty();
  }

  /** All words, as a sentence for what compares meanings; empty where there are none. */
  String words() {
    return String.join(" ", parts.stream().map(Part::words).toList()).strip();
  }
}
