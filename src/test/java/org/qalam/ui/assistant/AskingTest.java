package org.qalam.ui.assistant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.assist.AssistException;
import org.qalam.assist.CitedAnswer;
import org.qalam.assist.Finding;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.document.Output;
import org.qalam.document.TextRange;
import org.qalam.search.Hit;
import org.qalam.search.MeaningProgress;
import org.qalam.search.NoteFinder;
import org.qalam.search.NotePassage;

/** Questions about the open document. */
class AskingTest {
  private static final String RENT = "The rent is 840 euros a month.";
  private static final String DOG = "The man below has a dog called Biscuit.";
  private static final String TEXT = RENT + "\n\n" + DOG;

  @TempDir Path models;
  private Desk desk;

  @BeforeEach
  void openPanel() {
    Desk.addModel(models, "tiny", "Tiny");
    desk = new Desk(models, TEXT, Runnable::run);
  }

  private PanelState.Proposed shown() {
    return assertInstanceOf(PanelState.Proposed.class, desk.panel.stateProperty().get());
  }

  private CitedAnswer.Source source(String passage) {
    return shown().answer().sources().stream()
        .filter(source -> source.text().equals(passage))
        .findFirst()
        .orElseThrow();
  }

  private void answer() {
    desk.assistant.answerFrom(List.of(RENT, DOG), "It is 840 euros a month [1].");
  }

  @Test
  void theWholeTextIsAskedAndTheAnswerIsKept() {
    desk.text.select("dog");
    assertTrue(desk.panel.ask(" How much is the rent? "));
    assertEquals(TEXT, desk.assistant.questions.getLast().text());
    assertEquals("How much is the rent?", desk.assistant.questions.getLast().words());
    assertFalse(desk.panel.ask("And the dog?"), "one after the other");
    answer();
    assertEquals("It is 840 euros a month [1].", shown().answer().text());
    Output kept = desk.store.outputs.values().iterator().next();
    assertEquals("ask", kept.action());
    assertEquals("How much is the rent?", kept.instruction());
    assertEquals(TEXT, desk.text.text());
  }

  @Test
  void aPassageIsShownInTheTextUntilAnotherIsAndNoLongerThanTheAnswer() {
    desk.panel.ask("How much is the rent?");
    answer();
    desk.panel.showSource(source(RENT));
    assertEquals(List.of(RENT), desk.text.highlighted);
    desk.panel.showSource(source(DOG));
    assertEquals(List.of(DOG), desk.text.highlighted);
    desk.panel.escape();
    assertEquals(List.of(), desk.text.highlighted);
  }

  @Test
  void aPassageThatIsGoneIsSaidToBe() {
    desk.panel.ask("How much is the rent?");
    answer();
    desk.text.type(0, 8, "It");
    desk.panel.showSource(source(RENT));
    assertEquals(
        Optional.of(AssistantViewModel.Notice.SOURCE_GONE), desk.panel.noticeProperty().get());
    assertEquals(List.of(), desk.text.highlighted);
  }

  @Test
  void theAnswerGoesIntoTheTextWithoutItsNumbers() {
    desk.text.caretAt(TEXT.length());
    desk.panel.ask("How much is the rent?");
    answer();
    desk.panel.accept();
    assertEquals(TEXT + "It is 840 euros a month.", desk.text.text());
  }

  @Test
  void anotherAnswerIsAnotherVersion() {
    desk.panel.ask("How much is the rent?");
    answer();
    desk.panel.retry();
    assertEquals(2, desk.assistant.questions.size());
    assertTrue(desk.assistant.questions.getLast().seed() != 0);
    desk.assistant.answerFrom(List.of(RENT), "840 euros [1].");
    assertEquals(2, shown().variants().number());
    assertEquals(2, shown().variants().all());
  }

  @Test
  void wordsForChangesAreNotAboutAnAnswerToAQuestion() {
    desk.panel.ask("How much is the rent?");
    answer();
    assertFalse(desk.panel.isRefinable());
    assertTrue(desk.panel.refine("make it friendlier"));
    assertEquals(TEXT, desk.assistant.lastRequest().text());
  }

  @Test
  void anEarlierAnswerIsReadAgainWithItsPassages() {
    desk.panel.ask("How much is the rent?");
    answer();
    desk.panel.escape();
    desk.panel.reopen(desk.panel.history().outputs().getFirst());
    assertEquals("It is 840 euros a month [1].", shown().answer().text());
    assertEquals(PanelState.Fit.SAME, shown().fit());
    desk.panel.showSource(source(RENT));
    assertEquals(List.of(RENT), desk.text.highlighted);
  }

  @Test
  void withoutTextOrWordsNothingIsAsked() {
    assertFalse(desk.panel.ask("  "));
    desk.text.open(DocumentId.random(), "");
    assertFalse(desk.panel.ask("How much is the rent?"));
    assertEquals(Optional.of(AssistantViewModel.Notice.NO_TEXT), desk.panel.noticeProperty().get());
    assertEquals(0, desk.assistant.questions.size());
  }

  @Test
  void aQuestionThatFailedCanBeAskedAgain() {
    desk.panel.ask("How much is the rent?");
    desk.assistant
        .citedAnswers
        .getLast()
        .completeExceptionally(
            new AssistException(AssistException.Reason.NO_MODEL, "No model is chosen."));
    assertInstanceOf(PanelState.Failed.class, desk.panel.stateProperty().get());
    desk.panel.retry();
    assertEquals("How much is the rent?", desk.assistant.questions.getLast().words());
    assertEquals(2, desk.assistant.questions.size());
    desk.assistant.answerFrom(List.of(), "", new Finding(Finding.Check.NOT_SAID, ""));
    assertEquals("", shown().answer().text());
    desk.panel.accept();
    assertInstanceOf(PanelState.Idle.class, desk.panel.stateProperty().get());
  }

  /** Finds these passages, whatever is asked. */
  private NoteFinder finder(NotePassage... passages) {
    return new NoteFinder() {
      @Override
      public CompletableFuture<@Nullable Void> follow(List<DocumentSummary> documents) {
        return CompletableFuture.completedFuture(null);
      }

      @Override
      public CompletableFuture<List<Hit>> search(String typed, int most) {
        throw new AssertionError("nothing is typed");
      }

      @Override
      public CompletableFuture<List<NotePassage>> passages(String question, int most) {
        return CompletableFuture.completedFuture(List.of(passages));
      }

      @Override
      public void onMeaning(Consumer<MeaningProgress> heard) {}
    };
  }

  @Test
  void anAnswerFromAllDocumentsStaysWhereverOneGoesAndIsKeptWithItsDocuments() {
    DocumentId flat = DocumentId.random();
    List<DocumentId> opened = new ArrayList<>();
    org.qalam.search.Passage passage =
        new org.qalam.search.Passage(new TextRange(0, RENT.length()), RENT, "");
    desk.panel.askNotesBy(
        finder(new NotePassage(flat, "Flat", passage)),
        (id, shown) -> {
          opened.add(id);
          desk.text.open(id, "Before. " + RENT);
          shown.run();
          return true;
        });
    assertFalse(desk.panel.askNotes(" "));
    assertTrue(desk.panel.askNotes(" How much is the rent? "));
    desk.assistant.answerFromNotes("It is 840 euros a month [1].");
    assertEquals(PanelState.Fit.SAME, shown().fit());
    desk.panel.showSource(source(RENT));
    assertEquals(List.of(flat), opened);
    assertEquals(List.of(RENT), desk.text.highlighted);
    assertEquals("It is 840 euros a month [1].", shown().answer().text());
    assertEquals(PanelState.Fit.SAME, shown().fit(), "it belongs to no document");
    desk.panel.retry();
    assertTrue(desk.assistant.notesQuestions.getLast().seed() != 0);
    desk.assistant.answerFromNotes("840 euros [1].");
    assertEquals(2, shown().variants().all());
    Output kept = desk.store.outputs.values().iterator().next();
    assertEquals("ask-notes", kept.action());
    CitedAnswer.Source source = CitedAnswer.readNotes(kept.original()).getFirst();
    assertEquals(Optional.of(new CitedAnswer.Note(flat, "Flat")), source.note());
    assertEquals(RENT, source.text());
  }

  @Test
  void aDocumentThatIsGoneIsSaidToBe() {
    org.qalam.search.Passage passage =
        new org.qalam.search.Passage(new TextRange(0, RENT.length()), RENT, "");
    desk.panel.askNotesBy(
        finder(new NotePassage(DocumentId.random(), "Flat", passage)), (_, _) -> false);
    desk.panel.askNotes("How much is the rent?");
    desk.assistant.answerFromNotes("It is 840 euros a month [1].");
    desk.panel.showSource(source(RENT));
    assertEquals(
        Optional.of(AssistantViewModel.Notice.NOTE_GONE), desk.panel.noticeProperty().get());
  }
}
