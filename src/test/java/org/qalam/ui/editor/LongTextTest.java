package org.qalam.ui.editor;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import javafx.scene.Scene;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
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

/** Texts of 200 KB in the real control, with the store on a thread of its own. */
// The toolkit's thread fills the fields in before each test.
@SuppressWarnings("NullAway.Init")
@ExtendWith(ApplicationExtension.class)
class LongTextTest {
  private static final String CHAPTER =
      "## Chapter\n\nA *cat* and a **dog** that sleep all day.\n\n- one\n- `two`\n\nقطة وكلب في البيت.\n\n";
  private static final String LONG = CHAPTER.repeat(2_000);

  @TempDir static Path folder;

  private final Worker storeWorker = new Worker("store");
  private final SteppedTime time = new SteppedTime();
  private DocumentStore store;
  private EditorViewModel model;
  private EditorView view;
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
    return (StyleClassedTextArea) view.lookup(".editor-area");
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
        () ->
            WaitForAsyncUtils.waitForAsyncFx(
                20_000,
                () -> {
                  seen.set(styledTo(seen.get()));
                  return seen.get() == area().getParagraphs().size();
                }));
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

  @Test
  void fiveHundredMarksAreShownAndAllAcceptedInOneStep(FxRobot robot) throws Exception {
    String line = "A word that is wrogn stands here, in a paragraph of some length of its own.\n\n";
    String text = line.repeat(500);
    show(text);
    List<TextTarget.Anchor> places = new ArrayList<>();
    robot.interact(() -> {
      for (int at = text.indexOf("wrogn"); at >= 0; at = text.indexOf("wrogn", at + 1)) {
        places.add(model.place(new TextRange(at, at + 5)));
      }
      model.mark(
          places.stream()
              .map(place ->
                  new TextTarget.Mark(
                      place, TextTarget.Mark.Kind.DELETION, place.equals(places.getFirst())))
              .toList());
    });
    WaitForAsyncUtils.waitFor(
        60,
        TimeUnit.SECONDS,
        () -> WaitForAsyncUtils.asyncFx(() -> marked() == places.size()).get());
    robot.interact(() -> {
      model.replaceAll(
          places.stream().map(place -> new TextTarget.Replacement(place, "wrong")).toList());
      model.mark(List.of());
    });
    assertEquals(text.replace("wrogn", "wrong"), model.text());
    WaitForAsyncUtils.waitFor(
        60, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(() -> marked() == 0).get());
    robot.interact(() -> area().undo());
    assertEquals(text, model.text());
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
