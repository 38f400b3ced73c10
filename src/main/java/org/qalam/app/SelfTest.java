package org.qalam.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.qalam.app.Hand.Failure;
import org.qalam.document.DocumentId;
import org.qalam.machine.Machine;
import org.qalam.store.DocumentStore;
import org.qalam.ui.text.WrappedText;

/**
 * What a writer does in the first minute, done by the program itself: it opens its window on
 * JavaFX's platform without a screen, with a data folder of its own that is deleted at the end,
 * types, proofreads, replaces, takes back and closes. People who install Qalam for others see
 * whether it works; the build lets it go through the whole window as well, some times over, to note
 * which classes and which compiled code that needs (see docs/decisions/0034). At most one in a
 * process, and no other window.
 */
final class SelfTest {
  private static final String SENTENCE = "She dont like apples and he have two cat.";
  private static final String MORE =
      " We was walking to the libary and it were closed, so we goes home.";
  private static final String REST = "\n\n## A list\n\n- *one*\n- `two`\n\nهذا نص عربي قصير.\n";

  private final Hand hand = new Hand(Duration.ofMillis(100));
  private boolean answered;

  /**
   * Does it all on the calling thread and two others.
   *
   * @param tours how often it goes through the whole window besides
   * @return what worked, in a sentence
   * @throws Failure with the first step that did not
   */
  String run(int tours) throws IOException {
    System.setProperty("glass.platform", "Headless");
    System.setProperty("prism.order", "sw");
    Path home = Files.createTempDirectory("qalam-self-test-");
    try {
      // The short way is for whether it works; the start-up cache wants the rules loaded as well.
      long memory = tours > 0 ? Machine.here().memory() : 0;
      QalamWindow window = new QalamWindow(new LiveServices(() -> home), memory);
      Thread walker =
          Thread.ofPlatform().daemon().name("self-test").unstarted(() -> walk(window, tours));
      if (window.run(walker::start) != 0) {
        throw new Failure("The window did not close as it should.");
      }
      try (LiveServices after = new LiveServices(() -> home);
          DocumentStore store = after.openStore()) {
        if (store.list().stream().noneMatch(document -> isTyped(store, document.id()))) {
          throw new Failure("The typed text was not saved.");
        }
      }
    } catch (CompletionException e) {
      throw e.getCause() instanceof Failure failure ? failure : e;
    } finally {
      delete(home);
    }
    return answered
        ? "Qalam works here: the window opens, the model answers, and the text is saved."
        : "The window opens and the text is saved; there is no model to try.";
  }

  private static boolean isTyped(DocumentStore store, DocumentId id) {
    return store.find(id).filter(found -> found.text().endsWith(REST)).isPresent();
  }

  private void walk(QalamWindow window, int tours) {
    try {
      hand.await("The window did not open", () -> Hand.shown(".editor-scroll").isPresent());
      StyleClassedTextArea area =
          Hand.onUi(() -> Hand.find(".editor-area", StyleClassedTextArea.class));
      hand.act(() -> area.replaceText(REST));
      hand.click(area);
      hand.act(() -> area.moveTo(0));
      hand.type(area, SENTENCE);
      hand.click(Hand.onUi(() -> Hand.find(".paragraph-text", Node.class)));
      hand.act(() -> area.selectRange(0, SENTENCE.length()));
      hand.await(
          "The panel did not get ready",
          () -> Hand.enabled("#action-proofread") || Hand.shown("#no-model").isPresent());
      if (Hand.onUi(() -> Hand.enabled("#action-proofread"))) {
        proofread(area);
      }
      if (tours > 0) {
        hand.act(() -> area.moveTo(area.getText().indexOf(REST)));
        hand.type(area, MORE);
      }
      for (int tour = 0; tour < tours; tour++) {
        new Tour(area).run();
      }
      Platform.runLater(() -> {
        Stage stage = Hand.stages().getFirst();
        stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST));
      });
    } catch (RuntimeException e) {
      window.giveUp(e);
    }
  }

  private void proofread(StyleClassedTextArea area) {
    hand.proofread();
    if (Hand.onUi(() -> Hand.shown("#failure").isPresent())) {
      throw new Failure(
          "The model did not answer: "
              + Hand.onUi(() -> Hand.find("#failure", WrappedText.class).getText()));
    }
    hand.shortcut(KeyCode.ENTER);
    hand.await("The answer did not reach the text", () -> !area.getText().startsWith(SENTENCE));
    hand.shortcut(KeyCode.Z);
    hand.await("The replacement was not taken back", () -> area.getText().startsWith(SENTENCE));
    answered = true;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
