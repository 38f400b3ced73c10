package org.qalam.ui.library;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.document.Shelf;

class ArrangementTest {
  private final Arrangement arrangement = new Arrangement();
  private final DocumentSummary letter = document(1, "letter", 30);
  private final DocumentSummary diary = document(2, "Diary", 10);
  private final DocumentSummary essay = document(3, "Éssay", 20);
  private final List<DocumentSummary> all = List.of(letter, diary, essay);

  private static DocumentSummary document(long id, String title, long made) {
    return new DocumentSummary(
        new DocumentId(new UUID(0, id)),
        title,
        "",
        1,
        Instant.ofEpochSecond(made),
        Instant.ofEpochSecond(100 - id));
  }

  @Test
  void pinnedOnesComeFirstWhateverItIsSortedBy() {
    assertEquals(all, arrangement.arrange(all));
    arrangement.put(Map.of(essay.id(), Shelf.NONE.pinned(true)));
    assertEquals(List.of(essay, letter, diary), arrangement.arrange(all));
    arrangement.sortBy(Arrangement.Order.TITLE);
    assertEquals(List.of(essay, diary, letter), arrangement.arrange(all));
    arrangement.sortBy(Arrangement.Order.MADE);
    assertEquals(List.of(essay, letter, diary), arrangement.arrange(all));
  }

  @Test
  void titlesAreSortedAsPeopleDo() {
    arrangement.sortBy(Arrangement.Order.TITLE);
    assertEquals(List.of(diary, essay, letter), arrangement.arrange(all));
    List<DocumentSummary> parts =
        List.of(document(4, "Part 10", 1), document(5, "part 2", 1), document(6, "Part 1", 1));
    assertEquals(parts.reversed(), arrangement.arrange(parts));
  }

  @Test
  void aFolderShowsWhatIsInFoldersWithinToo() {
    arrangement.put(
        Map.of(
            diary.id(), Shelf.NONE.in(" Work / Letters//old"),
            letter.id(), Shelf.NONE.in("Work"),
            essay.id(), Shelf.NONE.in("Work at home")));
    assertEquals(
        List.of("Work", "Work/Letters", "Work/Letters/old", "Work at home"), arrangement.folders());
    arrangement.show("Work");
    assertEquals(List.of(letter, diary), arrangement.arrange(all));
    arrangement.show("Work/Letters");
    assertEquals(List.of(diary), arrangement.arrange(all));
  }

  @Test
  void aFolderShowsItsOwnAndIsLeftWhenItIsEmpty() {
    arrangement.put(Map.of(diary.id(), Shelf.NONE.in(" Private\n notes ")));
    assertEquals(List.of("Private notes"), arrangement.folders());
    arrangement.show("Private notes");
    assertEquals(List.of(diary), arrangement.arrange(all));
    arrangement.put(Map.of());
    assertEquals(all, arrangement.arrange(all));
  }
}
