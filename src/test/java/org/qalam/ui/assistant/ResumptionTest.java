package org.qalam.ui.assistant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.assist.AssistException;
import org.qalam.assist.AssistRequest;
import org.qalam.assist.Interrupted;
import org.qalam.assist.Phase;
import org.qalam.document.DocumentId;

class ResumptionTest {
  private static final String ONE = "He have a cat.";
  private static final String TWO = "She dont like it.";
  private static final String REST = "They is here. The sun are warm.";
  private static final String TEXT = ONE + " " + TWO + " " + REST;

  @TempDir Path models;
  private Desk desk;

  @BeforeEach
  void openPanel() {
    Desk.addModel(models, "tiny", "Tiny");
    desk = new Desk(models, TEXT, Runnable::run);
  }

  private void answerTwo() {
    desk.assistant.tell(new Phase.Answered(ONE, "He has a cat."));
    desk.assistant.tell(new Phase.Answered(TWO, "She doesn't like it."));
  }

  private void stopAfterTwo() {
    assertTrue(desk.panel.run(ScriptedAssistant.PROOFREAD));
    answerTwo();
    assertTrue(desk.panel.escape());
    desk.assistant.endStopped("He has a cat. She doesn't like it. " + REST);
  }

  private static Optional<Interrupted> found(Desk desk) {
    return desk.panel.resumption().foundProperty().get();
  }

  @Test
  void whatWasStoppedIsContinuedWithWhatIsAnswered() {
    stopAfterTwo();
    assertTrue(found(desk).isPresent());
    assertTrue(desk.panel.continueUnfinished());
    AssistRequest request = desk.assistant.lastRequest();
    assertEquals(TEXT, request.text());
    assertEquals("He has a cat.", request.answered().get(ONE));
    assertEquals("She doesn't like it.", request.answered().get(TWO));
    assertInstanceOf(PanelState.Working.class, desk.panel.stateProperty().get());
  }

  @Test
  void answersThatAreInTheTextByNowAreNotAskedAgain() {
    stopAfterTwo();
    desk.text.type(0, ONE.length(), "He has a cat.");
    assertTrue(desk.panel.continueUnfinished());
    AssistRequest request = desk.assistant.lastRequest();
    assertEquals("He has a cat. " + TWO + " " + REST, request.text());
    assertEquals("He has a cat.", request.answered().get("He has a cat."));
  }

  @Test
  void aSentenceThatTheWriterChangedIsAskedAgain() {
    stopAfterTwo();
    desk.text.type(TEXT.indexOf("dont"), 4, "did not");
    assertTrue(desk.panel.continueUnfinished());
    AssistRequest request = desk.assistant.lastRequest();
    assertEquals(ONE + " She did not like it. " + REST, request.text());
    assertFalse(request.answered().containsKey("She did not like it."));
  }

  @Test
  void aPassageThatIsNotFoundIsSaid() {
    stopAfterTwo();
    desk.text.type(0, TEXT.length(), "Something else.");
    assertFalse(desk.panel.continueUnfinished());
    assertEquals(
        Optional.of(AssistantViewModel.Notice.PASSAGE_CHANGED), desk.panel.noticeProperty().get());
    assertEquals(1, desk.assistant.requests.size());
  }

  @Test
  void theSameActionOnTheSamePassageUsesWhatIsAnsweredToo() {
    stopAfterTwo();
    desk.panel.discard();
    assertTrue(desk.panel.run(ScriptedAssistant.PROOFREAD));
    assertTrue(desk.assistant.lastRequest().answered().containsKey(ONE));
    assertTrue(desk.panel.escape());
    desk.assistant.endStopped(TEXT);
    desk.panel.discard();
    assertTrue(desk.panel.run(ScriptedAssistant.SUMMARIZE));
    assertEquals(Map.of(), desk.assistant.lastRequest().answered());
  }

  @Test
  void whatFailedIsContinued() {
    assertTrue(desk.panel.run(ScriptedAssistant.PROOFREAD));
    answerTwo();
    desk.assistant
        .answers
        .getLast()
        .completeExceptionally(
            new AssistException(AssistException.Reason.FAILED, "The model failed: out of memory"));
    assertInstanceOf(PanelState.Failed.class, desk.panel.stateProperty().get());
    assertTrue(desk.panel.continueUnfinished());
    assertEquals("He has a cat.", desk.assistant.lastRequest().answered().get(ONE));
  }

  @Test
  void afterARestartItIsOffered() {
    stopAfterTwo();
    Desk again = new Desk(models, "Another text.", Runnable::run);
    again.store.settings.putAll(desk.store.settings);
    assertEquals(Optional.empty(), found(again));
    again.text.open(desk.text.document.get().orElseThrow(), TEXT);
    assertTrue(again.panel.continueUnfinished());
    assertEquals("He has a cat.", again.assistant.lastRequest().answered().get(ONE));
    again.text.open(DocumentId.random(), TEXT);
    assertEquals(Optional.empty(), found(again));
  }

  @Test
  void whatIsFinishedIsNotOfferedAnyMore() {
    stopAfterTwo();
    assertTrue(desk.panel.continueUnfinished());
    desk.assistant.answer("He has a cat. She doesn't like it. They are here. The sun is warm.");
    assertEquals(Optional.empty(), found(desk));
    assertEquals(List.of(""), List.copyOf(unfinished(desk.store)));
  }

  @Test
  void whatIsDoneElsewhereLeavesItAlone() {
    stopAfterTwo();
    desk.panel.discard();
    desk.text.select("They is here.");
    assertTrue(desk.panel.run(ScriptedAssistant.PROOFREAD));
    desk.assistant.answer("They are here.");
    assertEquals(2, found(desk).orElseThrow().answered().size());
    desk.panel.discard();
    desk.text.select("The sun are warm.");
    assertTrue(desk.panel.run(ScriptedAssistant.PROOFREAD));
    desk.assistant.tell(new Phase.Answered("The sun are warm.", "The sun is warm."));
    desk.assistant.tell(new Phase.Answered("warm.", "warm."));
    assertTrue(desk.panel.escape());
    desk.assistant.endStopped("The sun is warm.");
    assertTrue(found(desk).orElseThrow().answered().containsKey(ONE));
  }

  @Test
  void whatIsStoppedAgainKeepsWhatWasAnsweredBefore() {
    stopAfterTwo();
    desk.text.type(0, ONE.length(), "He has a cat.");
    assertTrue(desk.panel.continueUnfinished());
    desk.assistant.tell(new Phase.Answered("They is here.", "They are here."));
    assertTrue(desk.panel.escape());
    desk.assistant.endStopped(
        "He has a cat. She doesn't like it. They are here. The sun are warm.");
    assertEquals(3, found(desk).orElseThrow().answered().size());
    assertTrue(desk.panel.continueUnfinished());
    assertTrue(desk.assistant.lastRequest().answered().containsKey(TWO));
  }

  @Test
  void theWriterMayForgetIt() {
    stopAfterTwo();
    desk.panel.resumption().forget();
    assertEquals(Optional.empty(), found(desk));
    assertEquals(List.of(""), List.copyOf(unfinished(desk.store)));
  }

  @Test
  void answersOfAnotherModelAreNotTaken() {
    stopAfterTwo();
    AssistRequest request = new AssistRequest(ScriptedAssistant.PROOFREAD, TEXT, "", 0);
    assertTrue(desk.panel.resumption().known(request, Optional.of("tiny")).containsKey(ONE));
    assertEquals(Map.of(), desk.panel.resumption().known(request, Optional.of("large")));
  }

  @Test
  void whatIsAnsweredIsWrittenEveryTenSecondsWhileTheModelWorks() {
    AtomicLong now = new AtomicLong();
    MemoryStore store = new MemoryStore();
    Resumption resumption = new Resumption(store, Desk.SAME_THREAD, Runnable::run, now::get);
    DocumentId document = DocumentId.random();
    resumption.open(Optional.of(document));
    AssistRequest request = new AssistRequest(ScriptedAssistant.PROOFREAD, TEXT, "", 0);
    List<Phase> heard = new ArrayList<>();
    var phases =
        resumption.keep(request, Optional.of("tiny"), Optional.of(document)).before(heard::add);
    phases.accept(new Phase.Reading(1, 2));
    now.addAndGet(9_000_000_000L);
    phases.accept(new Phase.Answered(ONE, "He has a cat."));
    assertEquals(List.of(), unfinished(store));
    now.addAndGet(2_000_000_000L);
    phases.accept(new Phase.Answered(TWO, "She doesn't like it."));
    Interrupted kept = Interrupted.parse(unfinished(store).getFirst()).orElseThrow();
    assertEquals(Map.of(ONE, "He has a cat.", TWO, "She doesn't like it."), kept.answered());
    assertEquals(List.of(new Phase.Reading(1, 2)), heard);
  }

  private static List<String> unfinished(MemoryStore store) {
    return store.settings.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("unfinished."))
        .map(Map.Entry::getValue)
        .toList();
  }
}
