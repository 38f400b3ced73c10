package org.qalam.ui.assistant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.assist.AssistException;
import org.qalam.assist.Assistant;
import org.qalam.assist.Finding;
import org.qalam.assist.Phase;
import org.qalam.assist.Speed;
import org.qalam.document.Decision;
import org.qalam.document.DocumentId;
import org.qalam.document.Output;
import org.qalam.task.TaskRunner;

class AssistantViewModelTest {
  private static final String TEXT = "He have a cat.\n\nShe has a dog.";

  @TempDir Path models;
  private Desk desk;

  @BeforeEach
  void openPanel() {
    Desk.addModel(models, "tiny", "Tiny");
    desk = new Desk(models, TEXT, Runnable::run);
  }

  private <T extends PanelState> T state(Class<T> type) {
    return assertInstanceOf(type, desk.panel.stateProperty().get());
  }

  private List<Output.Fate> fates() {
    return List.copyOf(desk.store.fates.values());
  }

  /** Does its work when the test does what is waiting. */
  private static TaskRunner later(List<Runnable> waiting) {
    return new TaskRunner() {
      @Override
      public <T> CompletableFuture<T> submit(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        waiting.add(() -> {
          try {
            result.complete(work.call());
          } catch (Exception e) {
            result.completeExceptionally(e);
          }
        });
        return result;
      }
    };
  }

  @Test
  void asksAboutTheSelectionWithoutTheSpaceAroundIt() {
    desk.text.select("\n\nShe has a dog.");
    assertTrue(desk.panel.run(ScriptedAssistant.PROOFREAD));
    assertEquals("She has a dog.", desk.assistant.requests.getFirst().text());
  }

  @Test
  void aWriterWhoIsQuickerThanTheDiskGetsAnAnswerAllTheSame() {
    List<Runnable> waiting = new ArrayList<>();
    desk = new Desk(models, TEXT, Runnable::run, later(waiting));
    assertTrue(desk.panel.run(ScriptedAssistant.PROOFREAD));
    state(PanelState.Working.class);
    assertEquals(List.of(), desk.assistant.requests);
    while (!waiting.isEmpty()) {
      waiting.removeFirst().run();
    }
    assertEquals(Optional.of("tiny"), desk.assistant.model());
    desk.assistant.answer("He has a cat.\n\nShe has a dog.");
    state(PanelState.Proposed.class);
  }

  @Test
  void takesTheAnswerOnlyWhenTheWriterSaysSo() {
    desk.text.select("He have a cat.");
    desk.panel.run(ScriptedAssistant.PROOFREAD);
    desk.assistant.answer("He has a cat.");
    assertEquals(TEXT, desk.text.text());
    desk.panel.accept();
    assertEquals("He has a cat.\n\nShe has a dog.", desk.text.text());
    assertEquals(List.of(Output.Fate.REPLACED), fates());
    state(PanelState.Idle.class);
  }

  private static final String LONGER =
      "He have a cat that sleeps.\nShe like the dog of a neighbour.\nThey was at home on Friday.";

  private static final String WORDED_ANEW =
      "A sleepy animal keeps him company.\nSomebody next door owns her favourite pet.\n"
          + "They were at home on Friday.";

  @Test
  void whatIsWordedAnewIsTakenParagraphByParagraph() {
    desk = new Desk(models, LONGER, Runnable::run);
    desk.panel.run(ScriptedAssistant.PROOFREAD);
    desk.assistant.answer(WORDED_ANEW);
    assertEquals(LONGER, desk.text.text());
    assertEquals(3, state(PanelState.Proposed.class).review().orElseThrow().total());
    desk.panel.nextChange();
    desk.panel.rejectChange();
    desk.panel.acceptChange();
    desk.panel.acceptChange();
    assertEquals(
        "He have a cat that sleeps.\nSomebody next door owns her favourite pet.\n"
            + "They were at home on Friday.",
        desk.text.text());
    assertEquals(List.of(Output.Fate.REPLACED), fates());
    state(PanelState.Idle.class);
  }

  private static void drain(Deque<Runnable> waiting) {
    while (!waiting.isEmpty()) {
      waiting.removeFirst().run();
    }
  }

  /** Changes by the hundred are told of when all are in the text, a moment later. */
  @Test
  void whatIsDiscardedBeforeItIsToldThatAllIsAcceptedIsInTheLedger() {
    Deque<Runnable> waiting = new ArrayDeque<>();
    desk = new Desk(models, TEXT, waiting::add);
    drain(waiting);
    desk.panel.run(ScriptedAssistant.PROOFREAD);
    desk.assistant.answer("He has a cat.\n\nShe has a dog.");
    drain(waiting);
    List<Runnable> told = new ArrayList<>();
    desk.text.later = Optional.of(told);
    desk.panel.accept();
    assertEquals("He has a cat.\n\nShe has a dog.", desk.text.text());
    desk.panel.discard();
    told.forEach(Runnable::run);
    drain(waiting);
    assertEquals(List.of(Output.Fate.REPLACED), fates());
    List<Decision> noted = desk.store.decisions;
    assertTrue(!noted.isEmpty(), "what came into the text is noted");
    assertTrue(
        noted.stream().allMatch(made -> made.verdict() == Decision.Verdict.ACCEPTED),
        noted.toString());
    state(PanelState.Idle.class);
  }

  @Test
  void whatIsWordedAnewAndFailsACheckIsTakenAtTheSecondWord() {
    desk = new Desk(models, LONGER, Runnable::run);
    desk.panel.run(ScriptedAssistant.PROOFREAD);
    desk.assistant.answer(WORDED_ANEW, new Finding(Finding.Check.CHATTER, ""));
    desk.panel.accept();
    assertEquals(LONGER, desk.text.text());
    assertTrue(state(PanelState.Proposed.class).confirming());
    desk.panel.accept();
    assertEquals(WORDED_ANEW, desk.text.text());
  }

  @Test
  void anAcceptedParagraphOfADoubtfulAnswerIsAskedAboutToo() {
    desk = new Desk(models, LONGER, Runnable::run);
    desk.panel.run(ScriptedAssistant.PROOFREAD);
    desk.assistant.answer(WORDED_ANEW, new Finding(Finding.Check.CHATTER, ""));
    desk.panel.nextChange();
    desk.panel.acceptChange();
    assertEquals(LONGER, desk.text.text());
    desk.panel.acceptChange();
    assertTrue(desk.text.text().startsWith("A sleepy animal"), desk.text.text());
  }

  @Test
  void asksTwiceBeforeItReplacesTextThatHasChangedSince() {
    desk.text.select("He have a cat.");
    desk.panel.run(ScriptedAssistant.PROOFREAD);
    desk.text.type(8, 5, "two cats");
    String typed = desk.text.text();
    desk.assistant.answer("He has a cat.");
    assertEquals(PanelState.Fit.CHANGED, state(PanelState.Proposed.class).fit());
    desk.panel.accept();
    assertEquals(typed, desk.text.text());
    assertTrue(state(PanelState.Proposed.class).confirming());
    desk.panel.accept();
    assertEquals("He has a cat.\n\nShe has a dog.", desk.text.text());
  }

  @Test
  void insertsBelowThePassageThatMovedMeanwhile() {
    desk.text.select("He have a cat.");
    desk.panel.run(ScriptedAssistant.PROOFREAD);
    desk.text.type(0, 0, "Pets\n\n");
    desk.assistant.answer("He has a cat.");
    desk.panel.insertBelow();
    assertEquals("Pets\n\nHe have a cat.\n\nHe has a cat.\n\nShe has a dog.", desk.text.text());
    assertEquals(List.of(Output.Fate.INSERTED), fates());
  }

  @Test
  void touchesNoOtherDocument() {
    desk.panel.run(ScriptedAssistant.PROOFREAD);
    desk.text.open(DocumentId.random(), "Another text.");
    desk.assistant.answer("He has a cat.");
    assertEquals(PanelState.Fit.OTHER_DOCUMENT, state(PanelState.Proposed.class).fit());
    desk.panel.accept();
    desk.panel.insertBelow();
    assertEquals("Another text.", desk.text.text());
  }

  @Test
  void findsThePassageAgainWhenItsDocumentIsBack() {
    DocumentId first = desk.text.document.get().orElseThrow();
    desk.text.select("He have a cat.");
    desk.panel.run(ScriptedAssistant.PROOFREAD);
    desk.assistant.answer("He has a cat.");
    desk.text.open(DocumentId.random(), "Another text.");
    desk.text.open(first, "Title\n\n" + TEXT);
    assertEquals(PanelState.Fit.SAME, state(PanelState.Proposed.class).fit());
    desk.panel.accept();
    assertEquals("Title\n\nHe has a cat.\n\nShe has a dog.", desk.text.text());
  }

  private PanelState.Pace pace() {
    return state(PanelState.Working.class).pace();
  }

  @Test
  void pausesKeepsTheTextAndGoesOn() {
    desk.panel.run(ScriptedAssistant.PROOFREAD);
    desk.assistant.write("He has", 2, 9);
    desk.panel.pauseOrResume();
    assertTrue(desk.assistant.cancellations.getFirst().isPaused());
    assertTrue(desk.panel.pausedProperty().get());
    desk.assistant.write("He has a", 3, 9); // the token that was under way
    assertEquals(PanelState.Pace.PAUSED, pace());
    assertEquals("He has a", state(PanelState.Working.class).work().text());
    desk.panel.pauseOrResume();
    assertFalse(desk.assistant.cancellations.getFirst().isPaused());
    assertFalse(desk.panel.pausedProperty().get());
    assertEquals(PanelState.Pace.RUNNING, pace());
    desk.assistant.answer("He has a cat.");
    assertFalse(state(PanelState.Proposed.class).answer().stopped());
  }

  @Test
  void aModelIsLoadedBeforeItIsPaused() {
    desk.panel.run(ScriptedAssistant.PROOFREAD);
    desk.assistant.tell(new Phase.Loading(0.2));
    desk.panel.pauseOrResume();
    assertEquals(PanelState.Pace.PAUSED, pace());
    assertFalse(desk.panel.pausedProperty().get());
    desk.assistant.tell(new Phase.Reading(0, 40));
    assertTrue(desk.panel.pausedProperty().get());
  }

  @Test
  void stopsWhilePaused() {
    desk.panel.run(ScriptedAssistant.PROOFREAD);
    desk.assistant.write("He has", 2, 9);
    desk.panel.pauseOrResume();
    assertTrue(desk.panel.escape());
    assertTrue(desk.assistant.cancellations.getFirst().isCancelled());
    assertFalse(desk.panel.pausedProperty().get());
    desk.panel.pauseOrResume();
    assertEquals(PanelState.Pace.STOPPING, pace());
    desk.assistant.answer("He has");
    assertTrue(state(PanelState.Proposed.class).answer().stopped());
  }

  @Test
  void pausesNothingWhereNothingIsUnderWay() {
    desk.panel.pauseOrResume();
    state(PanelState.Idle.class);
    assertFalse(desk.panel.pausedProperty().get());
  }

  @Test
  void anAnswerStaysWhenTheModelIsUnloadedForIdleness() {
    desk.panel.run(ScriptedAssistant.PROOFREAD);
    desk.assistant.answer("He has a cat.");
    assertTrue(desk.models.loadedProperty().get());
    desk.assistant.idle();
    assertFalse(desk.models.loadedProperty().get());
    state(PanelState.Proposed.class);
  }

  @Test
  void keepsWhatWasWrittenBeforeStop() {
    desk.panel.run(ScriptedAssistant.PROOFREAD);
    desk.assistant.write("He has", 2, 9);
    assertTrue(desk.panel.escape());
    assertTrue(desk.assistant.cancellations.getFirst().isCancelled());
    assertEquals(PanelState.Pace.STOPPING, state(PanelState.Working.class).pace());
    desk.assistant.answer("He has");
    assertTrue(state(PanelState.Proposed.class).answer().stopped());
    assertEquals(List.of(Output.Fate.STOPPED), fates());
    desk.panel.accept();
    assertEquals(TEXT, desk.text.text(), "the rest of the passage is not dropped unasked");
    assertTrue(state(PanelState.Proposed.class).confirming());
    desk.panel.insertBelow();
    assertEquals(List.of(Output.Fate.INSERTED), fates());
  }

  @Test
  void goesBackToRestWhenStoppedBeforeTheFirstWord() {
    desk.panel.run(ScriptedAssistant.PROOFREAD);
    desk.panel.escape();
    desk.assistant.answer("");
    state(PanelState.Idle.class);
    assertTrue(desk.store.outputs.isEmpty());
    assertEquals(0, desk.text.openAnchors());
    assertEquals(0, desk.text.highlights);
  }

  @Test
  void retriesWithAnotherSeedAndKeepsTheFirstAnswer() {
    desk.panel.run(ScriptedAssistant.PROOFREAD);
    desk.assistant.answer("He has one cat.");
    desk.panel.retry();
    assertEquals(2, desk.assistant.requests.size());
    assertFalse(desk.assistant.requests.get(0).seed() == desk.assistant.requests.get(1).seed());
    desk.assistant.answer("He has a cat.");
    assertTrue(fates().containsAll(List.of(Output.Fate.RETRIED, Output.Fate.PENDING)));
    assertEquals(2, desk.panel.history().outputs().size());
  }

  private String shown() {
    PanelState.Proposed now = state(PanelState.Proposed.class);
    return now.variants().number() + "/" + now.variants().all() + " " + now.answer().text();
  }

  @Test
  void versionsOfAnAnswerCanBeSteppedThroughAndEachBeTaken() {
    desk.text.select("He have a cat.");
    desk.panel.run(ScriptedAssistant.PROOFREAD);
    desk.assistant.answer("He has one cat.");
    assertEquals("1/1 He has one cat.", shown());
    desk.panel.nextVariant();
    assertEquals("1/1 He has one cat.", shown());
    desk.panel.retry();
    desk.assistant.answer("He has a cat.");
    assertEquals("2/2 He has a cat.", shown());
    desk.panel.previousVariant();
    assertEquals("1/2 He has one cat.", shown());
    desk.panel.previousVariant();
    assertEquals("2/2 He has a cat.", shown());
    desk.panel.nextVariant();
    desk.panel.accept();
    assertEquals("He has one cat.\n\nShe has a dog.", desk.text.text());
    assertEquals(List.of(Output.Fate.REPLACED, Output.Fate.PENDING), fates());
  }

  @Test
  void aFollowUpChangesTheAnswerAndItsResultGoesToTheSamePassage() {
    desk.text.select("He have a cat.");
    desk.panel.run(ScriptedAssistant.PROOFREAD);
    desk.assistant.answer("He has one cat in his house.");
    assertTrue(desk.panel.refine("shorter"));
    assertEquals("He has one cat in his house.", desk.assistant.requests.getLast().text());
    assertEquals("shorter", desk.assistant.requests.getLast().instruction());
    assertEquals(ScriptedAssistant.INSTRUCT, desk.assistant.requests.getLast().action());
    desk.assistant.answer("He has a cat.");
    assertEquals("2/2 He has a cat.", shown());
    Answer answer = state(PanelState.Proposed.class).answer();
    assertEquals("He have a cat.", answer.original());
    assertEquals(ScriptedAssistant.PROOFREAD, answer.action());
    desk.panel.retry();
    assertEquals("He has one cat in his house.", desk.assistant.requests.getLast().text());
    desk.assistant.answer("He owns a cat.");
    desk.panel.accept();
    assertEquals("He owns a cat.\n\nShe has a dog.", desk.text.text());
    assertEquals(
        List.of("", "shorter", "shorter"),
        desk.store.outputs.values().stream().map(Output::instruction).toList());
  }

  @Test
  void aFollowUpMayAskForATranslation() {
    desk.text.type(0, TEXT.length(), "The heating is broken and I am not happy with that.");
    desk.panel.run(ScriptedAssistant.PROOFREAD);
    String french = "Le chauffage est en panne et je ne suis pas contente avec vous.";
    desk.assistant.answer(french);
    assertFalse(state(PanelState.Proposed.class).answer().comparison().passes());
    desk.panel.refine("in French");
    desk.assistant.answer(french);
    assertTrue(state(PanelState.Proposed.class).answer().comparison().passes());
  }

  @Test
  void anEarlierAnswerIsMadeReadyElsewhereAndGivesWayToARequest() {
    desk.panel.run(ScriptedAssistant.PROOFREAD);
    desk.assistant.answer("He has a cat.");
    desk.panel.discard();
    Output earlier = desk.panel.history().outputs().getFirst();
    List<Runnable> waiting = new ArrayList<>();
    desk = new Desk(models, TEXT, Runnable::run, later(waiting));
    while (!waiting.isEmpty()) {
      waiting.removeFirst().run(); // looks at the disk
    }
    desk.panel.reopen(earlier);
    state(PanelState.Idle.class);
    waiting.removeFirst().run();
    assertEquals("1/1 He has a cat.", shown());
    desk.panel.discard();
    desk.panel.reopen(earlier);
    desk.panel.run(ScriptedAssistant.SUMMARIZE);
    waiting.removeFirst().run();
    state(PanelState.Working.class);
  }

  @Test
  void aFollowUpToASummaryIsASummary() {
    desk.panel.run(ScriptedAssistant.SUMMARIZE);
    desk.assistant.answer("Two animals and their people.");
    assertTrue(desk.panel.refine("shorter"));
    desk.assistant.answer("Two animals.");
    assertFalse(state(PanelState.Proposed.class).answer().replaces());
    desk.panel.accept();
    assertTrue(desk.text.text().startsWith(TEXT), desk.text.text());
  }

  @Test
  void wordsForAnotherPassageAreAboutThatPassage() {
    desk.text.select("He have a cat.");
    desk.panel.run(ScriptedAssistant.PROOFREAD);
    desk.assistant.answer("He has a cat.");
    desk.text.select("She has a dog.");
    assertTrue(desk.panel.refine("shorter"));
    assertEquals("She has a dog.", desk.assistant.requests.getLast().text());
    assertEquals("", desk.assistant.requests.getFirst().instruction());
  }

  @Test
  void threeVersionsAreKeptAtHandAndAllInTheHistory() {
    desk.panel.run(ScriptedAssistant.PROOFREAD);
    desk.assistant.answer("One cat.");
    for (String next : List.of("Two cats.", "Three cats.", "Four cats.")) {
      desk.panel.retry();
      desk.assistant.answer(next);
    }
    assertEquals("3/3 Four cats.", shown());
    desk.panel.nextVariant();
    assertEquals("1/3 Two cats.", shown());
    assertEquals(4, desk.panel.history().outputs().size());
  }

  @Test
  void aVersionThatIsStoppedBeforeItsFirstWordLeavesTheOthers() {
    desk.panel.run(ScriptedAssistant.PROOFREAD);
    desk.assistant.answer("He has a cat.");
    desk.panel.retry();
    desk.panel.escape();
    desk.assistant.answer("");
    assertEquals("1/1 He has a cat.", shown());
  }

  @Test
  void aVersionForWordsThatWereChangedMeanwhileSaysSo() {
    desk.text.select("He have a cat.");
    desk.panel.run(ScriptedAssistant.PROOFREAD);
    desk.assistant.answer("He has a cat.");
    desk.text.type(8, 1, "1");
    desk.panel.retry();
    desk.assistant.answer("He has 1 cat.");
    assertEquals(PanelState.Fit.SAME, state(PanelState.Proposed.class).fit());
    desk.panel.previousVariant();
    assertEquals(PanelState.Fit.CHANGED, state(PanelState.Proposed.class).fit());
    desk.panel.run(ScriptedAssistant.SUMMARIZE);
    desk.assistant.answer("A cat.");
    assertEquals("1/1 A cat.", shown());
  }

  @Test
  void storesPromptModelParametersAndTiming() {
    desk.panel.instruct("make it short");
    desk.assistant.answer("A cat.", new Finding(Finding.Check.TOO_SHORT, "2 of 8 words"));
    Output kept = desk.store.outputs.values().iterator().next();
    assertEquals("instruct", kept.action());
    assertEquals("make it short", kept.instruction());
    assertEquals("system: edit\nuser: text", kept.prompt());
    assertEquals("{\"temperature\":0}", kept.parameters());
    assertEquals(5.5, kept.seconds());
    assertEquals("TOO_SHORT 2 of 8 words", kept.findings());
    desk.panel.discard();
    desk.panel.reopen(kept);
    assertEquals(
        List.of(new Finding(Finding.Check.TOO_SHORT, "2 of 8 words")),
        state(PanelState.Proposed.class).answer().findings());
  }

  @Test
  void losesNothingWhenTheStoreIsFull() {
    desk.store.isFull = true;
    desk.panel.run(ScriptedAssistant.PROOFREAD);
    desk.assistant.answer("He has a cat.\n\nShe has a dog.");
    assertEquals(
        Optional.of("The disk is full: free some space and try again."),
        desk.panel.history().problemProperty().get());
    desk.panel.accept();
    assertEquals("He has a cat.\n\nShe has a dog.", desk.text.text());
  }

  @Test
  void offersAnEarlierAnswerForItsPassage() {
    desk.text.select("She has a dog.");
    desk.panel.run(ScriptedAssistant.PROOFREAD);
    desk.assistant.answer("She has two dogs.");
    desk.panel.discard();
    assertEquals(List.of(Output.Fate.DISCARDED), fates());
    desk.panel.reopen(desk.panel.history().outputs().getFirst());
    desk.panel.accept();
    assertEquals("He have a cat.\n\nShe has two dogs.", desk.text.text());
    assertEquals(List.of(Output.Fate.REPLACED), fates());
  }

  @Test
  void putsAnEarlierAnswerAtTheCaretWhenItsPassageIsGone() {
    desk.text.select("She has a dog.");
    desk.panel.run(ScriptedAssistant.SUMMARIZE);
    desk.assistant.answer("A dog.");
    desk.panel.discard();
    desk.text.type(16, 14, "");
    desk.text.caretAt(3);
    desk.panel.reopen(desk.panel.history().outputs().getFirst());
    assertEquals(PanelState.Fit.GONE, state(PanelState.Proposed.class).fit());
    desk.panel.insertBelow();
    assertEquals("He have a cat.\n\nA dog.\n\n", desk.text.text());
  }

  @Test
  void saysKindlyThatNothingIsToBeCorrected() {
    desk.panel.run(ScriptedAssistant.PROOFREAD);
    desk.assistant.answer(TEXT, new Finding(Finding.Check.UNCHANGED, ""));
    assertTrue(state(PanelState.Proposed.class).answer().isUnchanged());
    desk.panel.accept();
    state(PanelState.Idle.class);
    assertEquals(TEXT, desk.text.text());
  }

  @Test
  void goesOnInTheSameParagraphAfterAnUnfinishedSentence() {
    desk.text.open(DocumentId.random(), "Once upon a time");
    desk.text.caretAt(16);
    desk.panel.run(ScriptedAssistant.CONTINUE);
    desk.assistant.answer("there was a pen.");
    desk.panel.accept();
    assertEquals("Once upon a time there was a pen.", desk.text.text());
  }

  @Test
  void draftsIntoAnEmptyDocument() {
    desk.text.open(DocumentId.random(), "");
    assertFalse(desk.panel.run(ScriptedAssistant.PROOFREAD));
    assertEquals(Optional.of(AssistantViewModel.Notice.NO_TEXT), desk.panel.noticeProperty().get());
    assertTrue(desk.panel.instruct("a note to Ann"));
    desk.assistant.answer("Dear Ann,");
    desk.panel.accept();
    assertEquals("Dear Ann,", desk.text.text());
  }

  @Test
  void saysWhyARequestFailedAndTriesAgain() {
    desk.panel.run(ScriptedAssistant.PROOFREAD);
    desk.assistant
        .answers
        .getFirst()
        .completeExceptionally(
            new AssistException(AssistException.Reason.TOO_LONG, "Select less."));
    assertEquals("Select less.", state(PanelState.Failed.class).sentence());
    desk.panel.retry();
    state(PanelState.Working.class);
  }

  @Test
  void switchingOffStopsEverythingAndFreesTheModel() {
    desk.panel.run(ScriptedAssistant.PROOFREAD);
    desk.models.setEnabled(false);
    state(PanelState.Off.class);
    assertTrue(desk.assistant.cancellations.getFirst().isCancelled());
    assertEquals(1, desk.assistant.unloads);
    assertEquals("false", desk.store.settings.get("assistant.enabled"));
    assertFalse(desk.panel.run(ScriptedAssistant.PROOFREAD));
    desk.assistant.answer("He has");
    state(PanelState.Off.class);
    desk.models.setEnabled(true);
    state(PanelState.Idle.class);
    assertEquals(0, desk.text.openAnchors());
  }

  @Test
  void tellsHowLongItTakesAndWhatItIsAbout() {
    desk.text.select("She has a dog.");
    assertEquals(Subject.Kind.SELECTION, desk.panel.watch().subjectProperty().get().kind());
    assertEquals(4, desk.panel.watch().subjectProperty().get().words());
    assertEquals(
        6.2,
        desk.panel.watch().estimateProperty().get().map(Assistant.Estimate::seconds).orElse(0.0));
  }

  @Test
  void aModelThatWasNeverUsedHereIsMeasuredOnceAndRemembered() {
    assertTrue(desk.later.isEmpty(), "its time is known");
    desk.assistant.estimate = new Assistant.Estimate(80, 60, 8192, Double.NaN);
    desk.text.select("She has a dog.");
    assertEquals(0, desk.assistant.measured, "not in the first seconds");
    assertEquals(1, desk.later.size());
    desk.later.forEach(Runnable::run);
    desk.text.select("dog");
    assertEquals(1, desk.later.size());
    assertEquals(1, desk.assistant.measured);
    String model = desk.models.chosenProperty().get().orElseThrow().id();
    assertEquals(Optional.of("100.0 20.0"), desk.store.setting("assistant.speed." + model));

    ScriptedAssistant next = new ScriptedAssistant();
    next.use(model, Path.of(model)).join();
    SpeedMemory memory =
        new SpeedMemory(next, desk.store, Desk.SAME_THREAD, Runnable::run, Runnable::run);
    memory.recall(model, () -> {});
    memory.measure(() -> true, () -> {});
    assertEquals(Optional.of(new Speed(100, 20)), next.speed());
    assertEquals(0, next.measured);
  }

  @Test
  void nothingIsMeasuredWhileAnAnswerIsWritten() {
    desk.assistant.estimate = new Assistant.Estimate(80, 60, 8192, Double.NaN);
    desk.text.select("She has a dog.");
    desk.panel.run(ScriptedAssistant.PROOFREAD);
    desk.later.forEach(Runnable::run);
    assertEquals(0, desk.assistant.measured);
  }

  @Test
  void showsTheLatestPhaseOnlyHoweverFastTheyCome() {
    Queue<Runnable> pulses = new ArrayDeque<>();
    List<Phase> seen = new ArrayList<>();
    LatestPhase phases = new LatestPhase(pulses::add, seen::add);
    phases.accept(new Phase.Reading(1, 2));
    phases.accept(new Phase.Retrying(new Finding(Finding.Check.CHATTER, "")));
    for (int i = 1; i <= 1000; i++) {
      phases.accept(new Phase.Writing("x".repeat(i), Phase.Reached.NOTHING, i, 1000, 30));
    }
    assertEquals(1, pulses.size());
    pulses.remove().run();
    assertEquals(2, seen.size());
    assertInstanceOf(Phase.Retrying.class, seen.getFirst());
    assertEquals(1000, assertInstanceOf(Phase.Writing.class, seen.getLast()).newTokens());
  }

  @Test
  void theBarNeverFallsBackWithinAnAttempt() {
    Work work = Work.starting();
    double before = 0;
    for (Phase phase :
        List.of(
            new Phase.Loading(0.5),
            new Phase.Loading(1),
            new Phase.Reading(10, 100),
            new Phase.Reading(100, 100),
            new Phase.Writing("a", Phase.Reached.NOTHING, 1, 50, 10),
            new Phase.Writing("a b", Phase.Reached.NOTHING, 60, 50, 10))) {
      work = work.after(phase, 10);
      assertTrue(work.fraction() >= before && work.fraction() < 1, phase.toString());
      before = work.fraction();
    }
  }

  @Test
  void theBarGoesByTheParts() {
    Work work = Work.starting();
    double before = 0;
    for (int part = 1; part <= 4; part++) {
      for (Phase phase :
          List.of(
              new Phase.Part(part, 4, false),
              new Phase.Reading(0, 100),
              new Phase.Reading(100, 100),
              new Phase.Writing("a", Phase.Reached.NOTHING, part * 10, part * 50 / part, 10))) {
        work = work.after(phase, 100);
        assertTrue(work.fraction() >= before && work.fraction() < 1, phase.toString());
        before = work.fraction();
      }
      assertEquals(Optional.of(new Phase.Part(part, 4, false)), work.part());
    }
    assertEquals(100 * (1 - work.fraction()), work.secondsLeft(), 1e-6);
  }

  @Test
  void noPartIsSkippedHoweverFastPhasesCome() {
    Queue<Runnable> pulses = new ArrayDeque<>();
    List<Phase> seen = new ArrayList<>();
    LatestPhase phases = new LatestPhase(pulses::add, seen::add);
    phases.accept(new Phase.Part(3, 12, false));
    phases.accept(new Phase.Reading(1, 2));
    pulses.remove().run();
    assertEquals(List.of(new Phase.Part(3, 12, false), new Phase.Reading(1, 2)), seen);
  }
}
