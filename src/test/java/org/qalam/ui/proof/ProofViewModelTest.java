package org.qalam.ui.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.qalam.proof.Remark;
import org.qalam.task.TaskRunner;
import org.qalam.ui.assistant.Desk;
import org.qalam.ui.assistant.MemoryStore;

class ProofViewModelTest {
  private static final long EIGHT_GIGABYTES = 8_000_000_000L;
  private static final String TEXT = "This is teh text, and he have it.";

  private final MemoryStore store = new MemoryStore();
  private final PlantedMistakes mistakes = new PlantedMistakes();
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private List<String> inSight = List.of();
  private int made;

  /** Work that is done when the test says so. */
  private final TaskRunner slow =
      new TaskRunner() {
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

  private ProofViewModel started(long memory) {
    ProofViewModel model =
        new ProofViewModel(
            () -> {
              made++;
              return mistakes;
            },
            store,
            Desk.SAME_THREAD,
            slow,
            Runnable::run,
            memory);
    model.watch(() -> inSight, () -> {});
    model.start();
    return model;
  }

  /** Does what waits, and what that asks for. */
  private void work() {
    while (!waiting.isEmpty()) {
      waiting.remove().run();
    }
  }

  private List<String> shown(ProofViewModel model, String text) {
    inSight = List.of(text);
    List<String> words = new ArrayList<>();
    for (Remark remark : model.remarks(text)) {
      words.add(remark.range().start() + " " + remark.range().of(text));
    }
    return words;
  }

  private List<String> checked(ProofViewModel model, String text) {
    var _ = shown(model, text);
    work();
    return shown(model, text);
  }

  @Test
  void remarksComeWhenTheParagraphIsCheckedAndEachIsCheckedOnce() {
    ProofViewModel model = started(EIGHT_GIGABYTES);
    assertEquals(List.of(), shown(model, TEXT));
    assertEquals(0, made, "nothing is loaded before there is something to check");
    work();
    assertEquals(List.of("8 teh", "22 he have"), shown(model, TEXT));
    assertEquals(List.of("8 teh", "22 he have"), checked(model, TEXT));
    assertEquals(List.of(TEXT), mistakes.checked);
  }

  @Test
  void whileAParagraphIsWrittenItsRemarksMoveAlong() {
    ProofViewModel model = started(EIGHT_GIGABYTES);
    var _ = checked(model, TEXT);
    model.edited(TEXT, 0, 0, "Look. ");
    assertEquals(List.of("14 teh", "28 he have"), shown(model, "Look. " + TEXT));
    model.edited("Look. " + TEXT, 17, 0, "r");
    assertEquals(
        List.of("29 he have"),
        shown(model, "Look. This is tehr text, and he have it."),
        "another word is not called wrong before it is checked");
    model.edited(TEXT, 17, 0, "\n");
    assertEquals(List.of("8 teh"), shown(model, "This is teh text,"));
    assertEquals(List.of("5 he have"), shown(model, " and he have it."));
  }

  @Test
  void aLateAnswerIsNotShownInATextThatHasChanged() {
    ProofViewModel model = started(EIGHT_GIGABYTES);
    var _ = shown(model, TEXT);
    String now = "This is the text, and he has it.";
    inSight = List.of(now);
    work();
    assertEquals(List.of(), shown(model, now));
    assertEquals(List.of(TEXT, now), mistakes.checked);
  }

  @Test
  void whatIsNoLongerInSightIsNotChecked() {
    ProofViewModel model = started(EIGHT_GIGABYTES);
    inSight = List.of("This is one text, and it is long.", "This is two, and it is long.");
    var _ = model.remarks(inSight.getFirst());
    inSight = List.of("This is one text, and it is long.", "This is three, and it is long.");
    work();
    assertEquals(inSight, mistakes.checked);
  }

  @Test
  void aLanguageThatTheCheckerHasNotIsLeftAloneSilently() {
    ProofViewModel model = started(EIGHT_GIGABYTES);
    assertEquals(List.of(), checked(model, "Das ist nicht teh Text, und he have es für mich."));
    assertEquals(List.of(), mistakes.checked);
  }

  @Test
  void wordsAndRulesThatAreLeftAloneStayLeftAloneAfterARestart() {
    ProofViewModel model = started(EIGHT_GIGABYTES);
    var _ = checked(model, TEXT);
    model.addWord("teh");
    model.turnOff(model.remarks(TEXT).getFirst());
    assertEquals(List.of(), shown(model, TEXT));

    ProofViewModel next = started(EIGHT_GIGABYTES);
    assertEquals(List.of(), checked(next, TEXT));
    assertEquals(List.of("teh"), next.words());
    assertEquals("The rule for GRAMMAR", next.rulesOff().getFirst().name());
    next.removeWord("teh");
    next.turnOn(next.rulesOff().getFirst());
    assertEquals(List.of("8 teh", "22 he have"), shown(next, TEXT));
    assertEquals(List.of("8 teh", "22 he have"), checked(started(EIGHT_GIGABYTES), TEXT));
  }

  @Test
  void theProgramsOwnNameIsRight() {
    ProofViewModel model = started(EIGHT_GIGABYTES);
    assertEquals(List.of("18 Kalam"), checked(model, "Welcome to Qalam, Kalam."));
  }

  @Test
  void whatIsIgnoredComesBackWithTheNextStart() {
    ProofViewModel model = started(EIGHT_GIGABYTES);
    var _ = checked(model, TEXT);
    model.ignore(TEXT, model.remarks(TEXT).getFirst());
    assertEquals(List.of("22 he have"), shown(model, TEXT));
    assertEquals(List.of("8 teh", "22 he have"), checked(started(EIGHT_GIGABYTES), TEXT));
  }

  @Test
  void itIsOffAtFirstWithLessThanFourGigabytesAndThenAsTheWriterWants() {
    ProofViewModel small = started(3_000_000_000L);
    assertFalse(small.onProperty().get());
    assertEquals(List.of(), checked(small, TEXT));
    assertEquals(0, made);
    small.setOn(true);
    assertEquals(List.of("8 teh", "22 he have"), checked(small, TEXT));
    assertTrue(started(3_000_000_000L).onProperty().get());

    ProofViewModel large = started(4_000_000_000L);
    assertTrue(large.onProperty().get());
    large.setOn(false);
    work();
    assertEquals(List.of(), checked(large, TEXT));
    assertFalse(started(EIGHT_GIGABYTES).onProperty().get());
  }
}
