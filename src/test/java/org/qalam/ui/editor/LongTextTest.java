package org.qalam.ui.editor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.Scene;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.document.TextRange;
import org.qalam.store.Autosave;
import org.qalam.store.DocumentStore;
import org.qalam.store.h2.H2DocumentStore;
import org.qalam.task.Worker;
import org.qalam.ui.assistant.Desk;
import org.qalam.ui.assistant.TextTarget;
import org.qalam.ui.text.TextDirection;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Texts of 100 KB in the real control, with the store on a thread of its own. */
// The toolkit's thread fills the fields in before each test.
@SuppressWarnings("NullAway.Init")
@ExtendWith(ApplicationExtension.class)
class LongTextTest {
  private static final String CHAPTER =
      "## Chapter\n\nA *cat* and a **dog** that sleep all day.\n\n- one\n- `two`\n\nقطة وكلب في البيت.\n\n";
  private static final String LONG = CHAPTER.repeat(1_000);

  @TempDir static Path folder;

  private final Worker storeWorker = new Worker("store");
  private final SteppedTime time = new SteppedTime();
  private DocumentStore store;
  private EditorViewModel model;
  private EditorView view;
  private StyleClassedTextArea area;
  private FxFailures failures;

  @Start
  void open(Stage stage) throws Exception {
    Locale.setDefault(Locale.ENGLISH);
    failures = FxFailures.ofThisThread();
    Path data = Files.createTempDirectory(folder, "store");
    store = storeWorker.submit(() -> H2DocumentStore.open(data)).join();
    model = new EditorViewModel(store, storeWorker, Desk.SAME_THREAD, time, Platform::runLater);
    view = new EditorView(model, "DejaVu Serif", () -> {});
    stage.setScene(new Scene(view, 700, 600));
    stage.sizeToScene(); // an earlier test may have made it narrow
    stage.show();
    area = (StyleClassedTextArea) view.lookup(".editor-area");
  }

  @AfterEach
  void end() {
    failures.assertNone();
    storeWorker
        .submit(() -> {
          store.close();
          return true;
        })
        .join();
    storeWorker.close();
  }

  private void show(String text) throws TimeoutException {
    AtomicBoolean shown = new AtomicBoolean();
    Platform.runLater(() -> {
      var made = storeWorker.submit(() -> store.create("", text));
      var _ =
          made.thenAcceptAsync(
              document -> {
                var _ = model.open(document.id()).thenAccept(_ -> shown.set(true));
              },
              Platform::runLater);
    });
    WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS, shown::get);
  }

  private StyleClassedTextArea area() {
    return area;
  }

  /** Every paragraph as it would be styled by itself. */
  private boolean isStyledThroughout() {
    return styledTo(0) == area().getParagraphs().size();
  }

  /** The first paragraph from here on that is not, or their number. */
  private int styledTo(int from) {
    int paragraph = from;
    while (paragraph < area().getParagraphs().size() && isStyled(paragraph)) {
      paragraph++;
    }
    return paragraph;
  }

  private boolean isStyled(int paragraph) {
    String text = area().getParagraph(paragraph).getText();
    return text.isEmpty()
        || (MarkdownStyles.characters(text, 30).equals(area().getStyleSpans(paragraph))
            && MarkdownStyles.paragraph(TextDirection.isRightToLeft(text))
                .equals(List.copyOf(area().getParagraph(paragraph).getParagraphStyle())));
  }

  /** Looks at each paragraph once while it waits: looking takes the thread that styles. */
  private void awaitStyles() throws TimeoutException {
    AtomicInteger seen = new AtomicInteger();
    WaitForAsyncUtils.waitFor(
        60,
        TimeUnit.SECONDS,
        () -> {
          Thread.sleep(100);
          return WaitForAsyncUtils.waitForAsyncFx(
              20_000,
              () -> {
                seen.set(styledTo(seen.get()));
                return seen.get() == area().getParagraphs().size();
              });
        });
    assertTrue(WaitForAsyncUtils.waitForAsyncFx(20_000, this::isStyledThroughout));
  }

  @Test
  void opensWithTheStylesOfEveryParagraph(FxRobot robot) throws Exception {
    show("A short one.");
    show(LONG);
    assertEquals(LONG, model.text());
    robot.interact(() -> assertTrue(isStyledThroughout()));
  }

  @Test
  void pastesReplacesTheSelectionSavesItAndTakesItBackInOneStep(FxRobot robot) throws Exception {
    show("Before. This. After.");
    robot.interact(() -> {
      Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, LONG));
      area().selectRange(8, 13);
      area().paste();
      // The writer goes on before the text is there.
      area().insertText(0, "Long ");
    });
    String whole = "Long Before. " + LONG + " After.";
    WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS, () -> model.text().equals(whole));
    robot.interact(() -> assertTrue(isStyledThroughout()));
    robot.interact(() -> time.pass(Autosave.LATEST));
    var id = model.document().getValue().orElseThrow();
    assertEquals(whole, storeWorker.submit(() -> store.find(id).orElseThrow().text()).join());
    robot.interact(() -> area().undo());
    assertEquals("Long Before. This. After.", model.text());
    robot.interact(() -> area().redo());
    assertEquals(whole, model.text());
    awaitStyles();
  }

  @Test
  void stylesWhatIsPutInByManyLinesALittleLaterAndFollowsEditsMeanwhile(FxRobot robot)
      throws Exception {
    show("");
    robot.interact(() -> {
      area().insertText(0, CHAPTER.repeat(700));
      area().insertText(0, "# First\n\nOne more.\n");
      area().deleteText(19, 40);
      area().appendText("\n\n### Last");
    });
    awaitStyles();
  }

  private static final int MARKS = 500;
  private static final String MARKED =
      "A word that is wrogn stands here, in a paragraph of some length of its own.\n\n"
          .repeat(MARKS);

  private List<TextTarget.Anchor> mark(FxRobot robot) throws TimeoutException {
    show(MARKED);
    List<TextTarget.Anchor> places = new ArrayList<>();
    robot.interact(() -> {
      for (int at = MARKED.indexOf("wrogn"); at >= 0; at = MARKED.indexOf("wrogn", at + 1)) {
        places.add(model.place(new TextRange(at, at + 5)));
      }
      model.mark(
          places.stream()
              .map(place ->
                  new TextTarget.Mark(
                      place, TextTarget.Mark.Kind.DELETION, place.equals(places.getFirst())))
              .toList());
    });
    return places;
  }

  private void replaceAll(List<TextTarget.Anchor> places, String word, Runnable then) {
    model.replaceAll(
        places.stream().map(place -> new TextTarget.Replacement(place, word)).toList(), then);
  }

  @Test
  void fiveHundredMarksAreShownAndAllAcceptedInOneStep(FxRobot robot) throws Exception {
    List<TextTarget.Anchor> places = mark(robot);
    awaitMarked(MARKS);
    AtomicBoolean done = new AtomicBoolean();
    robot.interact(() -> {
      model.mark(List.of());
      replaceAll(places, "right", () -> done.set(true));
      assertTrue(area().getText().contains("wrogn"), "not all of it holds the window up");
      assertFalse(done.get());
    });
    WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS, done::get);
    String accepted = MARKED.replace("wrogn", "right");
    assertEquals(accepted, text());
    awaitMarked(0);
    robot.interact(() -> time.pass(Autosave.LATEST));
    var id = model.document().getValue().orElseThrow();
    assertEquals(accepted, storeWorker.submit(() -> store.find(id).orElseThrow().text()).join());
    robot.interact(() -> {
      area().undo();
      assertTrue(area().getText().contains("right"), "nor is all of it taken back at once");
    });
    WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS, () -> text().equals(MARKED));
    robot.interact(() -> area().redo());
    WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS, () -> text().equals(accepted));
    robot.interact(() -> assertFalse(area().isRedoAvailable()));
  }

  /** The text as it is on the screen, whether or not changes are on their way. */
  private String text() {
    return WaitForAsyncUtils.waitForAsyncFx(20_000, () -> area().getText());
  }

  @Test
  void whoeverAsksOrTypesMeanwhileMeetsAllChangesAndUndoTakesStepByStep(FxRobot robot)
      throws Exception {
    List<TextTarget.Anchor> places = mark(robot);
    String accepted = MARKED.replace("wrogn", "not quite right");
    robot.interact(() -> {
      replaceAll(places, "not quite right", () -> {});
      assertEquals(accepted, model.text());
    });
    robot.interact(() -> area().undo());
    assertEquals(MARKED, WaitForAsyncUtils.waitForAsyncFx(20_000, () -> model.text()));
    robot.interact(() -> {
      area().requestFocus();
      area().moveTo(area().getLength());
      replaceAll(places, "not quite right", () -> {});
      Event.fireEvent(area(), key(KeyEvent.KEY_PRESSED));
      Event.fireEvent(area(), key(KeyEvent.KEY_TYPED));
      assertEquals(accepted + "x", area().getText());
      area().undo();
      assertEquals(accepted, area().getText());
      area().undo();
      area().undo();
      assertEquals(MARKED, model.text());
      assertFalse(area().isUndoAvailable());
    });
  }

  private static KeyEvent key(EventType<KeyEvent> type) {
    return new KeyEvent(
        type,
        type == KeyEvent.KEY_TYPED ? "x" : KeyEvent.CHAR_UNDEFINED,
        "x",
        type == KeyEvent.KEY_TYPED ? KeyCode.UNDEFINED : KeyCode.X,
        false,
        false,
        false,
        false);
  }

  @Test
  void aDocumentClosedMeanwhileHasAllChanges(FxRobot robot) throws Exception {
    List<TextTarget.Anchor> places = mark(robot);
    var id = model.document().getValue().orElseThrow();
    robot.interact(() -> {
      replaceAll(places, "right", () -> {});
      model.closeDocument();
      time.pass(Autosave.LATEST);
    });
    assertEquals(
        MARKED.replace("wrogn", "right"),
        storeWorker.submit(() -> store.find(id).orElseThrow().text()).join());
  }

  private void awaitMarked(int count) throws TimeoutException {
    WaitForAsyncUtils.waitFor(
        60,
        TimeUnit.SECONDS,
        () -> {
          Thread.sleep(100);
          return WaitForAsyncUtils.waitForAsyncFx(20_000, () -> marked() == count);
        });
  }

  private long marked() {
    return area().getStyleSpans(0, area().getLength()).stream()
        .filter(span -> span.getStyle().contains("deletion"))
        .count();
  }

  @Test
  void anotherDocumentOpenedMeanwhileIsNotPastedInto(FxRobot robot) throws Exception {
    show("One.");
    robot.interact(() -> {
      Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, LONG));
      var _ =
          storeWorker.submit(() -> {
            Thread.sleep(300);
            return true;
          });
      area().paste();
      model.closeDocument();
    });
    show("Two.");
    assertEquals("Two.", model.text());
  }
}
