package org.qalam.ui.assistant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.assist.Action;
import org.qalam.assist.AssistException;
import org.qalam.assist.AssistRequest;
import org.qalam.document.DocumentId;
import org.qalam.document.Output;

/** Two and three proposals of one action. */
class FurtherProposalsTest {
  private static final String TEXT = "He have a cat.\n\nShe has a dog.";

  @TempDir Path models;
  private Desk desk;
  private Action rewrite;

  @BeforeEach
  void openPanel() {
    Desk.addModel(models, "tiny", "Tiny");
    desk = new Desk(models, TEXT, Runnable::run);
    rewrite = desk.panel.actions().get(1);
    desk.text.select("He have a cat.");
    desk.panel.proposalCount().want(3);
  }

  private String shown() {
    PanelState.Proposed now =
        assertInstanceOf(PanelState.Proposed.class, desk.panel.stateProperty().get());
    return now.variants().number() + "/" + now.variants().all() + " " + now.answer().text();
  }

  private PanelState.Missing missing() {
    return assertInstanceOf(PanelState.Proposed.class, desk.panel.stateProperty().get())
        .variants()
        .missing();
  }

  private Optional<String> coming() {
    return desk.panel
        .further()
        .comingProperty()
        .get()
        .map(now -> now.number() + " of " + now.all());
  }

  @Test
  void theFirstIsUsableWhileTheOthersComeInBehindIt() {
    assertTrue(desk.panel.run(rewrite));
    assertEquals(1, desk.assistant.requests.size(), "one after the other");
    desk.assistant.answer("He keeps a cat.");
    assertEquals("1/1 He keeps a cat.", shown());
    assertEquals(Optional.of("2 of 3"), coming());
    assertTrue(desk.panel.workingProperty().get());
    desk.assistant.write("There is", 2, 6);
    assertEquals("There is", desk.panel.further().comingProperty().get().get().work().text());
    assertEquals(12, desk.panel.tokensPerSecondProperty().get());
    desk.assistant.answer("There is a cat of his.");
    assertEquals("1/2 He keeps a cat.", shown());
    assertEquals(Optional.of("3 of 3"), coming());
    desk.assistant.answer("A cat lives with him.");
    assertEquals("1/3 He keeps a cat.", shown());
    assertEquals(Optional.empty(), coming());
    assertEquals(3, desk.assistant.requests.size());
    assertEquals(3, desk.assistant.requests.stream().map(AssistRequest::seed).distinct().count());
    assertEquals(0, desk.assistant.requests.getFirst().seed(), "the best one first");
    assertEquals(3, desk.panel.history().outputs().size());
    desk.panel.previousVariant();
    assertEquals("3/3 A cat lives with him.", shown());
    desk.panel.accept();
    assertEquals("A cat lives with him.\n\nShe has a dog.", desk.text.text());
    assertEquals(
        List.of(Output.Fate.PENDING, Output.Fate.PENDING, Output.Fate.REPLACED),
        List.copyOf(desk.store.fates.values()));
  }

  @Test
  void stopKeepsWhatIsFinishedAndTheSecondWordPutsItAway() {
    desk.panel.run(rewrite);
    desk.assistant.answer("He keeps a cat.");
    desk.assistant.answer("There is a cat of his.");
    desk.assistant.write("A cat", 2, 6);
    assertTrue(desk.panel.escape());
    assertTrue(desk.assistant.cancellations.getLast().isCancelled());
    desk.assistant.answer("A cat");
    assertEquals("1/2 He keeps a cat.", shown());
    assertEquals(2, desk.store.outputs.size(), "nobody has seen the half of one");
    assertEquals(false, desk.panel.workingProperty().get());
    assertTrue(desk.panel.escape());
    assertInstanceOf(PanelState.Idle.class, desk.panel.stateProperty().get());
  }

  @Test
  void aStoppedFirstProposalIsTheOnlyOne() {
    desk.panel.run(rewrite);
    desk.assistant.write("He keeps", 2, 6);
    desk.panel.escape();
    desk.assistant.answer("He keeps");
    assertEquals(1, desk.assistant.requests.size());
    assertEquals("1/1 He keeps", shown());
  }

  @Test
  void equalProposalsAreCountedAndNotShown() {
    desk.panel.run(rewrite);
    desk.assistant.answer("He keeps a cat.");
    desk.assistant.answer(" He keeps a cat.\n");
    desk.assistant.answer("");
    assertEquals("1/1 He keeps a cat.", shown());
    assertEquals(new PanelState.Missing(1, 1, Optional.empty()), missing());
  }

  @Test
  void aFailureLeavesWhatIsThereAndSaysWhy() {
    desk.panel.run(rewrite);
    desk.assistant.answer("He keeps a cat.");
    desk.assistant
        .answers
        .getLast()
        .completeExceptionally(
            new AssistException(AssistException.Reason.FAILED, "The model failed: no memory."));
    assertEquals("1/1 He keeps a cat.", shown());
    assertEquals(Optional.of("The model failed: no memory."), missing().failure());
    assertEquals(Optional.empty(), coming());
    assertEquals(2, desk.assistant.requests.size());
  }

  @Test
  void whoeverTakesTheFirstOrAsksForSomethingElseGetsNoMore() {
    desk.panel.run(rewrite);
    desk.assistant.answer("He keeps a cat.");
    desk.panel.accept();
    assertTrue(desk.assistant.cancellations.getLast().isCancelled());
    assertEquals(Optional.empty(), coming());
    desk.text.select("She has a dog.");
    desk.panel.run(rewrite);
    desk.assistant.answer("A dog is hers.");
    assertEquals(Optional.of("2 of 3"), coming());
    assertTrue(desk.panel.run(ScriptedAssistant.SUMMARIZE));
    assertTrue(desk.assistant.cancellations.get(3).isCancelled());
    assertEquals(Optional.empty(), coming());
    desk.assistant.answer("Pets.");
    assertEquals(6, desk.assistant.requests.size(), "and that action has its own three");
    desk.models.setEnabled(false);
    assertEquals(Optional.empty(), coming());
  }

  @Test
  void noMoreAreBegunForAPassageThatTheWriterHasChanged() {
    desk.panel.run(rewrite);
    desk.assistant.answer("He keeps a cat.");
    desk.text.type(3, 4, "had");
    desk.assistant.answer("There is a cat of his.");
    assertEquals(2, desk.assistant.requests.size());
    assertEquals(Optional.empty(), coming());
    assertEquals("1/2 He keeps a cat.", shown());
  }

  @Test
  void theyGoOnWhileAnotherDocumentIsLookedAt() {
    DocumentId first = desk.text.document.get().orElseThrow();
    desk.panel.run(rewrite);
    desk.assistant.answer("He keeps a cat.");
    desk.text.open(DocumentId.random(), "Another text.");
    desk.assistant.answer("There is a cat of his.");
    desk.assistant.answer("A cat lives with him.");
    assertEquals("1/3 He keeps a cat.", shown());
    desk.text.open(first, TEXT);
    desk.panel.nextVariant();
    desk.panel.accept();
    assertEquals("There is a cat of his.\n\nShe has a dog.", desk.text.text());
    assertEquals(3, desk.store.outputs(first).size());
  }

  @Test
  void pauseHoldsTheOneThatIsBeingMade() {
    desk.panel.run(rewrite);
    desk.assistant.answer("He keeps a cat.");
    desk.panel.pauseOrResume();
    assertTrue(desk.assistant.isPaused());
    assertTrue(desk.panel.pausedProperty().get());
    desk.panel.pauseOrResume();
    assertEquals(false, desk.assistant.isPaused());
    assertEquals(false, desk.panel.pausedProperty().get());
  }

  @Test
  void anotherTryAndAFollowUpAddOneVersionEach() {
    desk.panel.run(rewrite);
    desk.assistant.answer("He keeps a cat.");
    desk.panel.retry();
    assertTrue(desk.assistant.cancellations.get(1).isCancelled());
    desk.assistant.answer("There is a cat of his.");
    assertEquals("2/2 There is a cat of his.", shown());
    assertEquals(Optional.empty(), coming());
    assertTrue(desk.panel.refine("shorter"));
    desk.assistant.answer("His cat.");
    assertEquals("3/3 His cat.", shown());
    assertEquals(4, desk.assistant.requests.size());
  }

  @Test
  void correctionsAndLongTextsGetOneAndTheChoiceIsKept() {
    ProposalCount count = desk.panel.proposalCount();
    assertEquals(3, count.of(rewrite, ProposalCount.LONG));
    assertEquals(1, count.of(rewrite, ProposalCount.LONG + 1));
    assertEquals(
        Optional.of(ProposalCount.OnlyOne.CORRECTION),
        count.onlyOne(ScriptedAssistant.PROOFREAD, 20));
    desk.panel.run(ScriptedAssistant.PROOFREAD);
    desk.assistant.answer("He has a cat.");
    assertEquals(Optional.empty(), coming());
    assertEquals(1, desk.assistant.requests.size());

    ProposalCount next = new ProposalCount(desk.store, Desk.SAME_THREAD, Runnable::run);
    assertEquals(1, next.wantedProperty().get());
    next.start();
    assertEquals(3, next.wantedProperty().get());
    desk.store.settings.put(ProposalCount.SETTING, "many");
    ProposalCount other = new ProposalCount(desk.store, Desk.SAME_THREAD, Runnable::run);
    other.start();
    assertEquals(1, other.wantedProperty().get());
  }
}
