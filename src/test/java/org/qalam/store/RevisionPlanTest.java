package org.qalam.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.qalam.document.DocumentId;
import org.qalam.document.Revision;

class RevisionPlanTest {
  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
  private static final DocumentId DOCUMENT = new DocumentId(new UUID(1, 2));

  private static Revision revision(long number, Instant saved, String name, int length) {
    return revision(number, saved, saved, name, length);
  }

  private static Revision revision(
      long number, Instant saved, Instant kept, String name, int length) {
    return new Revision(new UUID(0, number), DOCUMENT, number, saved, kept, name, 100, length);
  }

  private static RevisionPlan.Old old(long number, Instant saved, int words) {
    return new RevisionPlan.Old(number, saved, START, words);
  }

  /** Saves every second for so long and returns what a document has then. */
  private static List<Revision> afterWriting(List<Revision> before, Instant from, Duration time) {
    List<Revision> kept = new ArrayList<>(before);
    Instant end = from.plus(time);
    Instant saved = before.isEmpty() ? from : before.getLast().saved();
    long number = saved.getEpochSecond();
    for (Instant now = from; now.isBefore(end); now = now.plusSeconds(1)) {
      Optional<Revision> newest = kept.isEmpty() ? Optional.empty() : Optional.of(kept.getLast());
      if (RevisionPlan.isWorthKeeping(old(number, saved, 100), newest, 100, now)) {
        kept.add(revision(number, saved, now, "", 1_000));
        kept.removeAll(RevisionPlan.surplus(kept, now));
      }
      saved = now;
      number = now.getEpochSecond();
    }
    return kept;
  }

  @Test
  void whoWritesWithoutAPauseGetsOneEveryFiveMinutes() {
    List<Revision> kept = afterWriting(List.of(), START, Duration.ofMinutes(31));
    assertEquals(6, kept.size());
    assertEquals(
        Duration.ofMinutes(5),
        Duration.between(kept.getFirst().saved(), kept.get(1).saved())
            .truncatedTo(java.time.temporal.ChronoUnit.MINUTES));
  }

  @Test
  void theTextOfBeforeAPauseIsKept() {
    Instant evening = START.plus(Duration.ofMinutes(3));
    Instant morning = START.plus(Duration.ofHours(14));
    assertTrue(RevisionPlan.isWorthKeeping(old(9, evening, 40), Optional.empty(), 41, morning));
    assertFalse(
        RevisionPlan.isWorthKeeping(
            old(9, evening, 40), Optional.empty(), 41, evening.plusSeconds(30)));
  }

  @Test
  void aTextThatLosesAQuarterOfItsWordsIsKeptAtOnce() {
    Instant now = START.plusSeconds(60);
    assertTrue(RevisionPlan.isWorthKeeping(old(9, START, 100), Optional.empty(), 0, now));
    assertTrue(RevisionPlan.isWorthKeeping(old(9, START, 100), Optional.empty(), 75, now));
    assertFalse(RevisionPlan.isWorthKeeping(old(9, START, 100), Optional.empty(), 81, now));
    assertFalse(RevisionPlan.isWorthKeeping(old(9, START, 10), Optional.empty(), 0, now));
  }

  @Test
  void nothingIsKeptTwiceAndNothingOfABlankText() {
    Instant later = START.plus(Duration.ofDays(1));
    Optional<Revision> same = Optional.of(revision(9, START, "", 10));
    assertFalse(RevisionPlan.isWorthKeeping(old(9, START, 100), same, 0, later));
    assertFalse(RevisionPlan.isWorthKeeping(old(9, START, 0), Optional.empty(), 5, later));
  }

  @Test
  void aClockThatWasSetBackDoesNotEndTheKeeping() {
    Revision fromTomorrow = revision(8, START.plus(Duration.ofDays(1)), "", 10);
    assertTrue(
        RevisionPlan.isWorthKeeping(
            old(9, START, 100), Optional.of(fromTomorrow), 100, START.plusSeconds(1)));
    // Once, and not at each save from then on.
    Revision then = revision(9, START, "", 10);
    assertFalse(
        RevisionPlan.isWorthKeeping(
            old(10, START.plusSeconds(1), 100), Optional.of(then), 100, START.plusSeconds(2)));
    assertEquals(List.of(), RevisionPlan.surplus(List.of(fromTomorrow, then), START));
  }

  @Test
  void aYearOfWritingEveryDayLeavesAHundredThatReachBackToItsFirstWeek() {
    List<Revision> kept = List.of();
    for (int day = 0; day < 365; day++) {
      kept = afterWriting(kept, START.plus(Duration.ofDays(day)), Duration.ofMinutes(40));
    }
    Instant now = START.plus(Duration.ofDays(364)).plus(Duration.ofMinutes(40));
    assertTrue(kept.size() >= 60 && kept.size() <= 100, "kept " + kept.size());
    assertTrue(
        Duration.between(START, kept.getFirst().saved()).compareTo(Duration.ofDays(7)) <= 0,
        kept.getFirst().saved() + "");
    // Of each of the last thirty days there is one.
    Set<Long> days = new HashSet<>();
    kept.forEach(revision -> days.add(Duration.between(revision.saved(), now).toDays()));
    for (long day = 0; day < 30; day++) {
      assertTrue(days.contains(day), "nothing of " + day + " days ago");
    }
  }

  @Property
  void thinningIsDoneAtOnceAndLeavesNamedOnesAndTheNewest(
      @ForAll @Size(max = 60) List<@LongRange(min = -4_000_000, max = 40_000_000) Long> ages,
      @ForAll @IntRange(min = 1, max = 2_000_000) int length) {
    List<Revision> all = new ArrayList<>();
    for (int i = 0; i < ages.size(); i++) {
      all.add(revision(i, START.minusSeconds(ages.get(i)), i % 5 == 4 ? "mine" : "", length));
    }
    List<Revision> surplus = RevisionPlan.surplus(all, START);
    List<Revision> left = new ArrayList<>(all);
    left.removeAll(surplus);
    assertTrue(surplus.stream().noneMatch(Revision::isNamed));
    assertEquals(List.of(), RevisionPlan.surplus(left, START));
    assertTrue(
        left.stream().filter(one -> !one.isNamed()).mapToLong(Revision::length).sum()
            <= Math.max(RevisionPlan.MOST_LENGTH, length));
    all.stream()
        .filter(one -> !one.isNamed())
        .reduce((_, last) -> last)
        .ifPresent(newest -> assertTrue(left.contains(newest)));
  }
}
