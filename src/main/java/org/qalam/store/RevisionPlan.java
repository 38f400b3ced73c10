package org.qalam.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.qalam.document.Revision;

/**
 * Which texts are kept unasked as revisions, and which of them go again.
 *
 * <p>A text that is about to be overwritten is kept when the writer had paused, when nothing was
 * kept for some minutes, or when much of it goes away. All of an hour stay, then one an hour for a
 * day, one a day for a month, one a week from there on; and of each document not more than {@link
 * #MOST_LENGTH} beside the newest one. Those with a name are never touched.
 *
 * <p>Times may be in any order, since clocks are set: only what is surely old is thinned out.
 */
public final class RevisionPlan {
  /** After a pause of this length the text of before is kept. */
  public static final Duration PAUSE = Duration.ofMinutes(2);

  /** Who writes without a pause gets a revision this often. */
  public static final Duration STRETCH = Duration.ofMinutes(5);

  /** All texts of a document that were kept unasked have at most so many UTF-16 units together. */
  public static final long MOST_LENGTH = 16_000_000;

  /** What goes away at once is worth keeping from so many words, */
  private static final int MANY_WORDS = 20;

  /** and from this share of all words on. */
  private static final double LARGE_SHARE = 0.25;

  private static final Duration ALL = Duration.ofHours(1);
  private static final Duration HOURLY = Duration.ofDays(1);
  private static final Duration DAILY = Duration.ofDays(31);

  private RevisionPlan() {}

  /**
   * A text that is about to be overwritten.
   *
   * @param number its revision
   * @param saved when it was last saved
   * @param created when its document was made
   * @param words that it has
   */
  public record Old(long number, Instant saved, Instant created, int words) {}

  /**
   * Whether a text should be kept before another one takes its place.
   *
   * @param newest the document's revision with the greatest number
   * @param newWords of the text that takes its place
   */
  public static boolean isWorthKeeping(
      Old old, Optional<Revision> newest, int newWords, Instant now) {
    if (old.words() == 0 || newest.filter(last -> last.number() >= old.number()).isPresent()) {
      return false;
    }
    Instant last = newest.map(Revision::kept).orElse(old.created());
    int gone = old.words() - newWords;
    return between(old.saved(), now).compareTo(PAUSE) >= 0
        || between(last, now).compareTo(STRETCH) >= 0
        || (gone >= MANY_WORDS && gone >= LARGE_SHARE * old.words());
  }

  /** In either direction: a clock that was set back must not end the keeping. */
  private static Duration between(Instant one, Instant other) {
    return Duration.between(one, other).abs();
  }

  /**
   * Revisions that may go.
   *
   * @param revisions all of one document, in any order
   */
  public static List<Revision> surplus(List<Revision> revisions, Instant now) {
    List<Revision> unasked =
        revisions.stream()
            .filter(revision -> !revision.isNamed())
            .sorted(Comparator.comparingLong(Revision::number).reversed())
            .toList();
    List<Revision> surplus = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    long length = 0;
    boolean isFirst = true;
    for (Revision revision : unasked) {
      String span = span(revision.saved(), now);
      boolean isDouble = span != null && !taken.add(span);
      boolean isTooMuch = !isFirst && length + revision.length() > MOST_LENGTH;
      if (isDouble || isTooMuch) {
        surplus.add(revision);
      } else {
        length += revision.length();
      }
      isFirst = false;
    }
    return surplus;
  }

  /** The hour, day or week of which one is enough; null where all are wanted. */
  private static @Nullable String span(Instant saved, Instant now) {
    Duration age = Duration.between(saved, now);
    if (age.compareTo(ALL) <= 0) {
      return null;
    }
    long seconds = saved.getEpochSecond();
    if (age.compareTo(HOURLY) <= 0) {
      return "hour " + Math.floorDiv(seconds, Duration.ofHours(1).toSeconds());
    }
    return age.compareTo(DAILY) <= 0
        ? "day " + Math.floorDiv(seconds, Duration.ofDays(1).toSeconds())
        : "week " + Math.floorDiv(seconds, Duration.ofDays(7).toSeconds());
  }
}
