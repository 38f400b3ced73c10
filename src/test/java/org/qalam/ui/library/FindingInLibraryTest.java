package org.qalam.ui.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.document.TextRange;
import org.qalam.search.Hit;
import org.qalam.search.MeaningProgress;
import org.qalam.search.NoteFinder;
import org.qalam.search.NotePassage;
import org.qalam.search.Snippet;
import org.qalam.store.DocumentStore;
import org.qalam.store.h2.H2DocumentStore;
import org.qalam.ui.assistant.Desk;

/** What the list shows while a search is on its way, and when it answers. */
class FindingInLibraryTest {
  @TempDir Path folder;

  /** Answers when it is told to. */
  private static final class SlowFinder implements NoteFinder {
    private final List<String> asked = new ArrayList<>();
    private final List<CompletableFuture<List<Hit>>> answers = new ArrayList<>();
    private List<DocumentSummary> followed = List.of();

    @Override
    public CompletableFuture<@Nullable Void> follow(List<DocumentSummary> documents) {
      followed = documents;
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<List<Hit>> search(String typed, int most) {
      asked.add(typed);
      answers.add(new CompletableFuture<>());
      return answers.getLast();
    }

    private Consumer<MeaningProgress> meaning = _ -> {};

    @Override
    public CompletableFuture<List<NotePassage>> passages(String question, int most) {
      throw new AssertionError("the list asks nothing");
    }

    @Override
    public void onMeaning(Consumer<MeaningProgress> heard) {
      meaning = heard;
    }
  }

  private final SlowFinder finder = new SlowFinder();
  private final List<DocumentId> opened = new ArrayList<>();
  private final List<TextRange> revealed = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private DocumentStore store;
  private LibraryViewModel library;

  @BeforeEach
  void open() {
    store = H2DocumentStore.open(folder);
    library =
        new LibraryViewModel(store, Desk.SAME_THREAD, Runnable::run, opened::add, problems::add);
    library.onReveal(revealed::add);
    library.searchBy(finder);
    for (String title : List.of("Letter", "Diary", "Heating bill")) {
      library.create(title, "");
    }
    finder.asked.clear();
    finder.answers.clear();
  }

  @AfterEach
  void close() {
    store.close();
    assertEquals(List.of(), problems);
  }

  private List<String> titles() {
    return library.documents().stream().map(DocumentSummary::title).toList();
  }

  private Hit hit(String title) {
    DocumentSummary document =
        library.all().stream().filter(each -> each.title().equals(title)).findFirst().orElseThrow();
    return new Hit(
        document.id(),
        title,
        List.of(),
        new Snippet("the heating", List.of(new TextRange(4, 11))),
        Optional.of(new TextRange(40, 47)),
        1);
  }

  @Test
  void titlesAreThereAtOnceAndHitsBelowThemWhenTheyCome() {
    library.filterProperty().set("heating");
    assertEquals(List.of("Heating bill"), titles());
    assertTrue(library.awaitedProperty().get());
    finder.answers.getFirst().complete(List.of(hit("Diary"), hit("Heating bill"), hit("Letter")));
    assertFalse(library.awaitedProperty().get());
    assertEquals(List.of("Heating bill", "Diary", "Letter"), titles());
    assertTrue(library.hitsProperty().get().containsKey(hit("Diary").id()));
  }

  @Test
  void aLateAnswerDoesNotOverwriteWhatIsTypedSince() {
    library.filterProperty().set("heat");
    library.filterProperty().set("heati");
    library.filterProperty().set("letter");
    assertEquals(List.of("heat"), finder.asked, "one search at a time");
    finder.answers.getFirst().complete(List.of(hit("Diary")));
    assertEquals(List.of("Letter"), titles());
    assertEquals(List.of("heat", "letter"), finder.asked, "and then the newest alone");
    finder.answers.getLast().complete(List.of(hit("Heating bill")));
    assertEquals(List.of("Letter", "Heating bill"), titles());
  }

  @Test
  void anAnswerThatComesAfterTheFilterIsClearedShowsNothing() {
    library.filterProperty().set("zebra");
    library.filterProperty().set("");
    finder.answers.getFirst().complete(List.of(hit("Diary")));
    assertEquals(3, titles().size());
    assertFalse(library.awaitedProperty().get());
    assertTrue(library.hitsProperty().get().isEmpty());
  }

  @Test
  void thatNothingIsFoundIsNotSaidBeforeTheAnswer() {
    library.filterProperty().set("zebra");
    assertEquals(List.of(), titles());
    assertTrue(library.awaitedProperty().get());
    finder.answers.getFirst().complete(List.of());
    assertFalse(library.awaitedProperty().get());
  }

  @Test
  void aSearchThatFailsLetsTheNextOneBegin() {
    library.filterProperty().set("heating");
    finder.answers.getFirst().completeExceptionally(new IllegalStateException("ended"));
    library.filterProperty().set("diary");
    finder.answers.getLast().complete(List.of(hit("Letter")));
    assertEquals(List.of("Diary", "Letter"), titles());
  }

  @Test
  void whatIsDeletedIsNeitherShownNorFollowed() {
    library.filterProperty().set("heating");
    finder.answers.getFirst().complete(List.of(hit("Diary")));
    DocumentSummary diary = library.documents().getLast();
    library.delete(diary);
    assertEquals(List.of("Heating bill"), titles());
    assertFalse(finder.followed.contains(diary));
    assertEquals(List.of("heating", "heating"), finder.asked, "others may be found now");
    library.undoDelete();
    assertTrue(finder.followed.contains(diary));
  }

  @Test
  void theOpenDocumentShowsAgainWhatWasFoundInIt() {
    library.filterProperty().set("heating");
    finder.answers.getFirst().complete(List.of(hit("Heating bill"), hit("Diary")));
    opened.clear();
    library.openFound(hit("Heating bill").id());
    assertEquals(List.of(), opened);
    assertEquals(List.of(new TextRange(40, 47)), revealed);
    library.openFound(hit("Diary").id());
    assertEquals(List.of(hit("Diary").id()), opened);
    assertEquals(Optional.of(new TextRange(40, 47)), library.place(hit("Diary").id()));
  }

  @Test
  void whenAllIsReadForItsMeaningWhatIsTypedIsLookedForAgain() {
    assertTrue(library.meaningProperty().get().isComplete(), "nothing is told of before");
    library.filterProperty().set("why is it cold");
    finder.meaning.accept(new MeaningProgress(1, 3));
    assertEquals(new MeaningProgress(1, 3), library.meaningProperty().get());
    finder.answers.getLast().complete(List.of());
    finder.meaning.accept(new MeaningProgress(3, 3));
    assertEquals(List.of("why is it cold", "why is it cold"), finder.asked);
  }
}
