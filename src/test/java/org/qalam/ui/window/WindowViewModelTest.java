package org.qalam.ui.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.document.Decision;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.document.Output;
import org.qalam.exchange.DocumentFormat;
import org.qalam.store.DocumentStore;
import org.qalam.store.Repair;
import org.qalam.store.StoreException;
import org.qalam.store.h2.H2DocumentStore;
import org.qalam.task.TaskRunner;
import org.qalam.ui.assistant.Desk;
import org.qalam.ui.editor.EditorViewModel;
import org.qalam.ui.editor.PlainSurface;
import org.qalam.ui.editor.SteppedTime;
import org.qalam.ui.text.Messages;

class WindowViewModelTest {
  private static final String WELCOME = "# Welcome\n\nSelect a passage.";

  @TempDir Path folder;
  @TempDir Path files;

  private DocumentStore store;
  private WindowViewModel window;
  private PlainSurface text;

  @BeforeEach
  void start() {
    store = H2DocumentStore.open(folder);
    EditorViewModel editor =
        new EditorViewModel(
            store, Desk.SAME_THREAD, Desk.SAME_THREAD, new SteppedTime(), Runnable::run);
    text = new PlainSurface(editor);
    window = new WindowViewModel(store, Desk.SAME_THREAD, Desk.SAME_THREAD, Runnable::run, editor);
    WindowViewModel.Remembered before = WindowViewModel.remembered(store);
    window.take(before);
    window.start(before, "", WELCOME);
  }

  @AfterEach
  void end() {
    store.close();
  }

  private void restart() {
    window.flush().join();
    end();
    start();
  }

  private DocumentId create(String title, String words) {
    window.library().create(title, words);
    return window.library().currentProperty().get().orElseThrow();
  }

  private List<String> titles() {
    return window.library().documents().stream().map(DocumentSummary::title).toList();
  }

  private String problem() {
    return window.problemProperty().get().orElse("");
  }

  @Test
  void explainsItselfAtTheVeryFirstStart() {
    assertEquals(List.of("Welcome"), titles());
    assertEquals(WELCOME, text.text());
  }

  /** On a slow machine a new document may be asked for before the one of last time is there. */
  @Test
  void whatIsTypedForANewDocumentWaitsForThatOneAlone() {
    DocumentId letter = create("Letter", "Dear Ms Keller");
    create("Diary", "Monday");
    Deque<Runnable> queue = new ArrayDeque<>();
    TaskRunner later =
        new TaskRunner() {
          @Override
          public <T> CompletableFuture<T> submit(Callable<T> work) {
            CompletableFuture<T> done = new CompletableFuture<>();
            queue.add(() -> {
              try {
                done.complete(work.call());
              } catch (Exception e) {
                done.completeExceptionally(e);
              }
            });
            return done;
          }
        };
    EditorViewModel editor =
        new EditorViewModel(store, later, later, new SteppedTime(), Runnable::run);
    PlainSurface slow = new PlainSurface(editor);
    WindowViewModel opening = new WindowViewModel(store, later, later, Runnable::run, editor);
    opening.take(WindowViewModel.remembered(store));
    opening.library().open(letter);
    opening.create();
    while (slow.text().isEmpty()) {
      queue.remove().run();
    }
    assertEquals("Dear Ms Keller", slow.text());
    assertTrue(editor.expectingProperty().get());
    while (!queue.isEmpty()) {
      queue.remove().run();
    }
    assertFalse(editor.expectingProperty().get());
    assertEquals("", slow.text());
  }

  @Test
  void doesNotExplainItselfAgainWhenTheWelcomeIsDeleted() {
    window.library().delete(window.library().all().getFirst());
    restart();
    assertEquals(List.of(), titles());
    assertEquals("", text.text());
  }

  @Test
  void opensTheDocumentThatWasOpenWithTheCaretWhereItWas() {
    DocumentId letter = create("Letter", "");
    text.type("Dear Ms Keller");
    create("Diary", "Monday");
    window.library().open(letter);
    restart();
    assertEquals("Dear Ms Keller", text.text());
    assertEquals(14, text.caret());
    assertEquals(Optional.of(letter), window.library().currentProperty().get());
  }

  @Test
  void opensTheNewestDocumentWhenTheOneThatWasOpenIsGone() {
    DocumentId letter = create("Letter", "Dear Ms Keller");
    create("Diary", "Monday");
    window.library().open(letter);
    window.flush().join();
    store.delete(letter);
    restart();
    assertEquals("Monday", text.text());
  }

  @Test
  void remembersItsSettings() {
    window.put(WindowViewModel.ZOOM, "1.2");
    window.put(WindowViewModel.ZOOM, "1.3");
    window.put(WindowViewModel.LIST, "false");
    restart();
    assertEquals(Optional.of("1.3"), window.setting(WindowViewModel.ZOOM));
    assertEquals(Optional.of("false"), window.setting(WindowViewModel.LIST));
    assertEquals(Optional.empty(), window.setting(WindowViewModel.THEME));
  }

  @Test
  void beginsAnEmptyDocument() {
    window.create();
    assertEquals("", text.text());
    assertEquals(2, titles().size());
  }

  @Test
  void showsTheNewTitleWhenTheTextIsSaved() {
    window.create();
    text.type("# Heating\n\nIt is broken.");
    window.flush().join();
    assertEquals(List.of("Heating", "Welcome"), titles());
  }

  @Test
  void showsNothingWhenTheLastDocumentIsDeleted() {
    window.library().delete(window.library().all().getFirst());
    assertEquals("", text.text());
    assertEquals(Optional.empty(), window.editor().document().getValue());
    window.library().undoDelete();
    assertEquals(WELCOME, text.text());
  }

  @Test
  void makesDocumentsOfTextFilesAndShowsTheLast() throws IOException {
    Path heading = Files.writeString(files.resolve("a.md"), "# Heating\r\n\r\nBroken.");
    Path arabic = Files.writeString(files.resolve("رسالة.txt"), "التدفئة معطلة");
    window.importFiles(List.of(heading, arabic));
    assertEquals(List.of("رسالة", "Heating", "Welcome"), titles());
    assertEquals("التدفئة معطلة", text.text());
    assertEquals(Optional.empty(), window.problemProperty().get());
  }

  @Test
  void saysWhichFileItCannotReadAndTakesTheOthers() throws IOException {
    Path pdf = Files.writeString(files.resolve("bill.pdf"), "%PDF-1.7 and so on");
    Path good = Files.writeString(files.resolve("note.txt"), "Milk");
    window.importFiles(List.of(pdf, good));
    assertTrue(problem().contains("bill.pdf"), problem());
    assertEquals(List.of("note", "Welcome"), titles());
  }

  @Test
  void writesTheOpenTextToAFile() throws IOException {
    text.type(" قطة");
    Path file = files.resolve("out.md");
    window.export(file);
    assertEquals(WELCOME + " قطة", Files.readString(file));
    assertEquals(Optional.empty(), window.problemProperty().get());
  }

  @Test
  void writesAndReadsDocumentsOfOtherPrograms() throws IOException {
    Path file = files.resolve("out.docx");
    window.export(file);
    assertEquals("PK", Files.readString(file, StandardCharsets.ISO_8859_1).substring(0, 2));
    window.importFiles(List.of(file));
    assertEquals(List.of("Welcome", "Welcome"), titles());
    assertEquals(WELCOME + "\n", text.text());
  }

  @Test
  void aNameThatTheDialogDidNotChangeGetsTheChosenFormatsAndReplacesNothing() throws IOException {
    Path there = Files.writeString(files.resolve("Welcome.docx"), "other");
    window.exportAs(files.resolve(window.exportName()), DocumentFormat.DOCX);
    assertEquals("other", Files.readString(there));
    assertTrue(Files.exists(files.resolve("Welcome (2).docx")));
    assertFalse(Files.exists(files.resolve("Welcome.md")));
    window.exportAs(files.resolve("page.html"), DocumentFormat.MARKDOWN);
    assertTrue(Files.readString(files.resolve("page.html")).startsWith("<!DOCTYPE html>"));
  }

  @Test
  void makesDocumentsOfAllNotesOfAFolderAndShowsTheLast() throws IOException {
    for (int i = 10; i < 55; i++) {
      Files.writeString(files.resolve("note " + i + ".md"), "See [[note 10]], " + i);
    }
    Files.writeString(files.resolve("table.csv"), "1,2");
    window.importFiles(List.of(files));
    assertEquals(46, titles().size());
    assertEquals("See [[note 10]], 54", text.text());
    assertTrue(problem().contains("1 file"), problem());
  }

  @Test
  void writesHowAModelWasUsed() throws Exception {
    DocumentId letter = create("Letter", "Dear Ms Keller");
    UUID output = UUID.randomUUID();
    Instant now = Instant.parse("2026-11-24T10:42:00Z");
    store.add(
        new Output(
            output,
            letter,
            now,
            "rewrite",
            "",
            "Dear",
            "My dear",
            "tiny",
            "",
            "{}",
            "",
            1,
            1,
            1,
            Output.Fate.REPLACED));
    store.note(
        List.of(new Decision(output, letter, now, Decision.Verdict.ACCEPTED, "Dear", "My dear")));
    Path file = files.resolve("use.md");
    window.exportStatement(file, action -> "Action " + action);
    String told = Files.readString(file);
    assertTrue(told.startsWith("# Use of AI: Letter\n"), told);
    assertTrue(told.contains("Action rewrite"), told);
    assertTrue(told.contains("“Dear” to “My dear”"), told);
    window.exportStatement(files.resolve("missing/use.md"), action -> action);
    assertTrue(problem().contains("folder does not exist"), problem());
  }

  @Test
  void saysWhyItCannotWriteAFile() {
    window.export(files.resolve("missing/out.md"));
    assertTrue(problem().contains("folder does not exist"), problem());
    window.dismissProblem();
    assertEquals("", problem());
  }

  @Test
  void proposesTheTitleAsTheNameOfAFile() {
    create("Bill: May/June", "");
    assertEquals("Bill May June.md", window.exportName());
    window.library().all().stream().toList().forEach(window.library()::delete);
    assertEquals("Untitled.md", window.exportName());
  }

  @Test
  void saysWhyADocumentCannotBeOpenedAndKeepsTheText() {
    DocumentId letter = create("Letter", "Dear Ms Keller");
    create("Diary", "Monday");
    window.flush().join();
    store.close();
    window.library().open(letter);
    assertTrue(problem().contains(folder.toString()), problem());
    assertEquals("Monday", text.text());
  }

  @Test
  void keysAreHeldForANewDocumentUntilItIsThereOrWillNotCome() {
    List<Boolean> held = new ArrayList<>();
    window.editor().expectingProperty().addListener((_, _, now) -> held.add(now));
    window.create();
    assertEquals(List.of(true, false), held);
    store.close();
    window.create();
    assertEquals(List.of(true, false, true, false), held);
    assertNotEquals("", problem());
  }

  @Test
  void failsToEndWhenTheTextCannotBeSaved() {
    text.type("!");
    store.close();
    CompletionException failure =
        assertThrows(CompletionException.class, () -> window.flush().join());
    assertInstanceOf(StoreException.class, failure.getCause());
  }

  @Test
  void whatWasMendedIsRememberedForTheWindowAndToldInWords() throws Exception {
    store.close();
    Files.delete(folder.resolve("qalam.mv.db"));
    store = H2DocumentStore.open(folder);
    Repair repair = WindowViewModel.remembered(store).repair().orElseThrow();
    Messages messages = Messages.of(WindowView.class);
    assertEquals(
        "The file of your documents was damaged, missing or out of date; Qalam made it anew from"
            + " its own copies, and your document is there."
            + " Settings and proposals since the last backup may be missing.",
        RepairWords.of(repair, messages));
    assertEquals(
        "The file of your documents was damaged; Qalam made it anew with 3 of them, and found no"
            + " good copy of 2, “Diary”."
            + " The file as it was is kept beside it as qalam.mv.db.damaged-1.",
        RepairWords.of(
            new Repair(
                3,
                0,
                2,
                List.of("Diary"),
                Optional.of(folder.resolve("qalam.mv.db.damaged-1")),
                true),
            messages));
  }
}
