package org.qalam.ui.editor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.document.Document;
import org.qalam.document.DocumentId;
import org.qalam.document.TextRange;
import org.qalam.store.Autosave;
import org.qalam.store.DocumentStore;
import org.qalam.store.StoreException;
import org.qalam.store.h2.H2DocumentStore;
import org.qalam.task.TaskRunner;
import org.qalam.ui.assistant.Desk;
import org.qalam.ui.assistant.TextTarget;

class EditorViewModelTest {
  private static final String TEXT = "He have a cat.\n\nShe has a dog.";

  @TempDir Path folder;

  private final SteppedTime time = new SteppedTime();
  private DocumentStore store;
  private EditorViewModel editor;
  private PlainSurface surface;
  private DocumentId letter;

  @BeforeEach
  void openLetter() {
    store = H2DocumentStore.open(folder);
    letter = store.create("Letter", TEXT).id();
    use(store, Desk.SAME_THREAD, Runnable::run);
    editor.open(letter).join();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private void use(DocumentStore documents, TaskRunner background, Executor ui) {
    editor = new EditorViewModel(documents, Desk.SAME_THREAD, background, time, ui);
    surface = new PlainSurface(editor);
  }

  private Document stored(DocumentId id) {
    return store.find(id).orElseThrow();
  }

  private TextRange passage(String words) {
    int start = editor.text().indexOf(words);
    return new TextRange(start, start + words.length());
  }

  @Test
  void showsADocumentWithTheCaretWhereItWas() {
    DocumentId diary = store.create("Diary", "Monday, cold").id();
    store.save(diary, "Monday, cold", 6);
    assertTrue(editor.open(diary).join());
    assertEquals("Monday, cold", editor.text());
    assertEquals(new TextRange(6, 6), editor.selection().getValue());
    assertEquals(Optional.of(diary), editor.document().getValue());
  }

  @Test
  void keepsShowingTheTextWhenTheOtherDocumentIsGone() {
    DocumentId gone = store.create("Gone", "gone").id();
    store.delete(gone);
    assertFalse(editor.open(gone).join());
    assertEquals(TEXT, editor.text());
    assertEquals(Optional.of(letter), editor.document().getValue());
  }

  @Test
  void savesWhatIsTypedAfterAPause() {
    surface.type(" And fish.");
    assertInstanceOf(Autosave.State.Pending.class, editor.savingProperty().get());
    assertEquals(TEXT, stored(letter).text());
    time.pass(Autosave.QUIET);
    assertEquals(TEXT + " And fish.", stored(letter).text());
    assertInstanceOf(Autosave.State.Saved.class, editor.savingProperty().get());
  }

  @Test
  void savesTheTextBeforeItShowsAnother() {
    DocumentId diary = store.create("Diary", "Monday").id();
    surface.type(" And fish.");
    editor.open(diary).join();
    surface.type(", cold");
    editor.flush().join();
    assertEquals(TEXT + " And fish.", stored(letter).text());
    assertEquals("Monday, cold", stored(diary).text());
  }

  @Test
  void showsWhatWasJustTypedWhenTheDocumentIsOpenedAgain() {
    DocumentId diary = store.create("Diary", "Monday").id();
    surface.type(" And fish.");
    editor.open(diary).join();
    editor.open(letter).join();
    assertEquals(TEXT + " And fish.", editor.text());
    assertEquals(TEXT.length() + 10, surface.caret());
  }

  @Test
  void showsTextThatCannotBeSavedWhenItsDocumentIsOpenedAgain() {
    DocumentId diary = store.create("Diary", "Monday").id();
    FullDisk disk = new FullDisk(store);
    use(disk.store(), Desk.SAME_THREAD, Runnable::run);
    editor.open(letter).join();
    surface.type(" And fish.");
    editor.open(diary).join();
    assertEquals("Monday", editor.text());
    editor.open(letter).join();
    assertEquals(TEXT + " And fish.", editor.text());
    disk.empty();
    editor.flush().join();
    assertEquals(TEXT + " And fish.", stored(letter).text());
  }

  @Test
  void showsTheDocumentThatWasAskedForLast() {
    DocumentId diary = store.create("Diary", "Monday").id();
    Queue<Runnable> waiting = new ArrayDeque<>();
    use(store, Desk.SAME_THREAD, waiting::add);
    CompletableFuture<Boolean> first = editor.open(letter);
    CompletableFuture<Boolean> second = editor.open(diary);
    List.copyOf(waiting).reversed().forEach(Runnable::run);
    assertTrue(first.join() && second.join());
    assertEquals("Monday", editor.text());
  }

  @Test
  void savesWhereTheCaretIs() {
    surface.select(3, 7);
    editor.flush().join();
    assertEquals(7, stored(letter).caret());
  }

  @Test
  void showingADocumentIsNotAChangeToIt() {
    long revision = stored(letter).revision();
    editor.open(store.create("Diary", "Monday").id()).join();
    editor.open(letter).join();
    editor.flush().join();
    assertEquals(revision, stored(letter).revision());
  }

  @Test
  void tellsWhichDocumentWasSaved() {
    List<DocumentId> saved = new ArrayList<>();
    editor.onSaved(saved::add);
    surface.type("!");
    editor.flush().join();
    assertEquals(List.of(letter), saved);
  }

  @Test
  void saysWhyItCannotSaveAndKeepsTheText() {
    store.close();
    surface.type(" And fish.");
    CompletionException failure =
        assertThrows(CompletionException.class, () -> editor.flush().join());
    Autosave.State.Failed failed =
        assertInstanceOf(Autosave.State.Failed.class, editor.savingProperty().get());
    assertInstanceOf(StoreException.class, failure.getCause());
    assertTrue(failed.sentence().contains(folder.toString()), failed.sentence());
    assertEquals(TEXT + " And fish.", editor.text());
  }

  @Test
  void closesTheDocumentAndKeepsItsText() {
    surface.type(" And fish.");
    editor.closeDocument();
    assertEquals("", editor.text());
    assertEquals(Optional.empty(), editor.document().getValue());
    assertTrue(editor.emptyProperty().get());
    editor.flush().join();
    assertEquals(TEXT + " And fish.", stored(letter).text());
  }

  @Test
  void countsTheWordsOfTextAndSelection() {
    assertEquals(8, editor.wordsProperty().get());
    surface.select(0, 9);
    assertEquals(3, editor.selectedWordsProperty().get());
    surface.select(4, 4);
    assertEquals(0, editor.selectedWordsProperty().get());
    surface.type(" قطة وكلب");
    assertEquals(10, editor.wordsProperty().get());
  }

  @Test
  void countsAgainWhatIsTypedWhileItCounts() {
    Queue<Runnable> waiting = new ArrayDeque<>();
    TaskRunner busy =
        new TaskRunner() {
          @Override
          public <T> CompletableFuture<T> submit(Callable<T> work) {
            CompletableFuture<T> result = new CompletableFuture<>();
            waiting.add(() -> result.complete(Desk.SAME_THREAD.submit(work).join()));
            return result;
          }
        };
    use(store, busy, Runnable::run);
    editor.open(letter).join();
    surface.type(" And");
    surface.type(" fish.");
    assertEquals(1, waiting.size(), "one count at a time");
    while (!waiting.isEmpty()) {
      waiting.remove().run();
    }
    assertEquals(10, editor.wordsProperty().get());
  }

  @Test
  void noticesWhetherThereIsText() {
    assertFalse(editor.emptyProperty().get());
    surface.change(new TextRange(0, TEXT.length()), "");
    assertTrue(editor.emptyProperty().get());
  }

  @Test
  void replacesAPassageThatMovedAndSelectsTheNewText() {
    TextTarget.Anchor dog = editor.anchor(passage("She has a dog."));
    surface.change(new TextRange(0, 0), "Pets\n\n");
    editor.replace(dog, "She has two.");
    assertEquals("Pets\n\nHe have a cat.\n\nShe has two.", editor.text());
    assertEquals(passage("She has two."), editor.selection().getValue());
  }

  @Test
  void insertsAParagraphBelowAPassageWithEmptyLinesAroundIt() {
    editor.insertAfter(editor.anchor(passage("He have")), "New.", false);
    assertEquals("He have\n\nNew.\n\n a cat.\n\nShe has a dog.", editor.text());
    assertEquals(passage("New."), editor.selection().getValue());
  }

  @Test
  void insertsNoMoreEmptyLinesThanNeeded() {
    editor.insertAfter(editor.anchor(passage("He have a cat.")), "New.", false);
    assertEquals("He have a cat.\n\nNew.\n\nShe has a dog.", editor.text());
    surface.change(new TextRange(0, editor.text().length()), "");
    editor.insertAfter(editor.anchor(new TextRange(0, 0)), "First.", false);
    assertEquals("First.", editor.text());
    surface.type("\n");
    editor.insertAfter(editor.anchor(new TextRange(7, 7)), "Second.", false);
    assertEquals("First.\n\nSecond.", editor.text());
  }

  @Test
  void goesOnInTheLineWithASpaceWhereWordsWouldTouch() {
    editor.insertAfter(editor.anchor(passage(TEXT)), "And fish", true);
    assertEquals(TEXT + " And fish", editor.text());
    editor.insertAfter(editor.anchor(passage(editor.text())), ", too.", true);
    assertEquals(TEXT + " And fish, too.", editor.text());
  }

  @Test
  void followsNoPassageIntoAnotherDocument() {
    TextTarget.Anchor dog = editor.anchor(passage("She has a dog."));
    editor.open(store.create("Diary", TEXT).id()).join();
    assertFalse(dog.isUnchanged());
  }

  @Test
  void highlightsAPassageWhereItIsNow() throws Exception {
    TextTarget.Anchor dog = editor.anchor(passage("She has a dog."));
    surface.change(new TextRange(0, 3), "");
    AutoCloseable mark = editor.highlight(dog);
    assertEquals(List.of(passage("She has a dog.")), surface.highlights);
    mark.close();
    assertEquals(List.of(), surface.highlights);
  }
}
