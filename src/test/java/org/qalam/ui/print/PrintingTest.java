package org.qalam.ui.print;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.stage.Stage;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.qalam.exchange.Paper;
import org.qalam.exchange.PrintPages;
import org.qalam.print.PrintException;
import org.qalam.print.PrintOrder;
import org.qalam.print.Printer;
import org.qalam.print.Printers;
import org.qalam.task.CancellationToken;
import org.qalam.task.TaskRunner;
import org.qalam.ui.SteadyRobot;
import org.qalam.ui.editor.FxFailures;
import org.qalam.ui.text.WrappedText;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Printing as a writer sees it, with a printer that keeps what it gets. */
// The toolkit's thread fills the fields in before each test.
@SuppressWarnings("NullAway.Init")
@ExtendWith(ApplicationExtension.class)
class PrintingTest {
  private static final String TEXT =
      "# Head\n\n" + "It goes on and on.\n\n".repeat(80) + "The end.";

  private final SteadyRobot robot = new SteadyRobot();
  private final List<String> happened = new ArrayList<>();
  private final Printer attic = new Printer("Attic", true);
  private List<Printer> there = List.of(attic, new Printer("Office", false));
  private Optional<String> refusal = Optional.empty();
  private PrintViewModel.Subject subject = new PrintViewModel.Subject("Letter", TEXT);
  private final StepRunner runner = new StepRunner();
  private PrintViewModel model;
  private PrintView view;
  private Stage stage;
  private FxFailures failures;

  /** Works when it is told to, on the thread that tells. */
  private static final class StepRunner implements TaskRunner {
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    @Override
    public <T> CompletableFuture<T> submit(Callable<T> work) {
      CompletableFuture<T> result = new CompletableFuture<>();
      waiting.add(() -> {
        try {
          result.complete(work.call());
        } catch (Throwable e) {
          result.completeExceptionally(e);
        }
      });
      return result;
    }
  }

  private final class KeepingPrinters implements Printers {
    @Override
    public List<Printer> list() {
      return there;
    }

    @Override
    public void print(
        Printer printer, PrintPages pages, PrintOrder order, CancellationToken token) {
      refusal.ifPresent(words -> {
        throw new PrintException(words, null);
      });
      try (PDDocument got = Loader.loadPDF(pages.pdf(order.first(), order.last()))) {
        happened.add(
            "%s: %d of %s, %d times, %s, ends %s"
                .formatted(
                    printer.name(),
                    got.getNumberOfPages(),
                    pages.paper(),
                    order.copies(),
                    order.sides(),
                    new PDFTextStripper().getText(got).contains("The end.")));
      } catch (java.io.IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Start
  void open(Stage window) {
    Locale.setDefault(Locale.ENGLISH);
    failures = FxFailures.ofThisThread();
    stage = window;
    model = new PrintViewModel(new KeepingPrinters(), runner, Platform::runLater, () -> subject);
    model.paperProperty().set(Paper.A4);
    model.onSent((pages, printer) -> happened.add(pages + " to " + printer));
    view = new PrintView(model, () -> happened.add("save"), () -> happened.add("cancel"));
    stage.setScene(new Scene(view, 660, 560));
    stage.sizeToScene(); // an earlier test may have made it narrow
    stage.show();
  }

  @AfterEach
  void end() {
    failures.assertNone();
  }

  /** Does what is to be done off the window's thread, until nothing is left. */
  private void settle() {
    WaitForAsyncUtils.waitForFxEvents();
    for (Runnable next = runner.waiting.poll(); next != null; next = runner.waiting.poll()) {
      next.run();
      WaitForAsyncUtils.waitForFxEvents();
    }
  }

  private void show() {
    robot.interact(view::open);
    settle();
  }

  private Button button(String id) {
    return (Button) SteadyRobot.find(stage, id);
  }

  private String told(String id) {
    return SteadyRobot.onFx(() -> ((WrappedText) SteadyRobot.find(stage, id)).getText());
  }

  private String label(String id) {
    return SteadyRobot.onFx(() -> ((Label) SteadyRobot.find(stage, id)).getText());
  }

  @Test
  void thePagesThatAreAskedForGoToTheChosenPrinterAsOftenAsAskedFor() {
    show();
    int count = assertInstanceOf(PrintState.Ready.class, model.stateProperty().get()).pages();
    assertTrue(count > 2, count + " pages");
    assertEquals("Print " + count + " pages", button("#print-print").getText());
    assertEquals("Page 1 of " + count, label("#print-number"));
    robot.interact(() -> {
      model.printerProperty().set(Optional.of(there.getLast()));
      model.paperProperty().set(Paper.LETTER);
      model.copiesProperty().set(2);
      model.sidesProperty().set(PrintOrder.Sides.BOTH);
    });
    settle();
    robot.interact(() -> ((TextField) SteadyRobot.find(stage, "#print-pages")).setText("١–٢"));
    robot.interact(() -> button("#print-print").fire());
    settle();
    assertEquals(
        List.of("Office: 2 of LETTER, 2 times, BOTH, ends false", "2 to Office"), happened);
  }

  @Test
  void pagesThatAreNotThereAreNotPrinted() {
    show();
    robot.interact(() -> model.rangeProperty().set("2-99"));
    assertTrue(button("#print-print").isDisabled());
    assertTrue(told("#print-pages-told").startsWith("Pages are numbered from 1 to "));
    robot.interact(() -> model.rangeProperty().set("x"));
    assertTrue(button("#print-print").isDisabled());
    robot.interact(() -> model.rangeProperty().set(""));
    assertFalse(button("#print-print").isDisabled());
  }

  @Test
  void withoutAPrinterOneSentenceSaysSoAndAFileCanBeSaved() {
    there = List.of();
    show();
    assertEquals(
        "No printer is set up on this computer. Add one in the system's settings, or save a PDF"
            + " file and print it elsewhere.",
        told("#print-printer-told"));
    assertTrue(button("#print-print").isDisabled());
    robot.interact(() -> button("#print-save").fire());
    assertEquals(List.of("save"), happened);
  }

  @Test
  void aRefusalIsReadBesideTheButtonAndItCanBeTriedAgain() {
    refusal = Optional.of("The printer Attic did not take the document (no paper).");
    show();
    robot.interact(() -> button("#print-print").fire());
    settle();
    assertEquals(refusal.get(), told("#print-told"));
    refusal = Optional.empty();
    robot.interact(() -> button("#print-print").fire());
    settle();
    assertEquals(2, happened.size(), happened.toString());
  }

  @Test
  void whatIsPutAwayIsNeitherSetNorPrinted() {
    robot.interact(view::open);
    robot.interact(model::close);
    settle();
    assertInstanceOf(PrintState.Closed.class, model.stateProperty().get());
    show();
    robot.interact(() -> {
      button("#print-print").fire();
      model.close();
    });
    settle();
    assertFalse(happened.stream().anyMatch(line -> line.contains(" to ")), happened.toString());
  }

  /** The page is white with ink on it, on both sides for the two languages. */
  @Test
  void theFirstPageIsSeenBeforeItIsPrinted() {
    subject = new PrintViewModel.Subject("كتاب", "كتاب قديم");
    show();
    Image page =
        SteadyRobot.onFx(
            () -> ((ImageView) view.lookup(".preview").lookup(".image-view")).getImage());
    assertEquals(1.414, page.getHeight() / page.getWidth(), 0.01);
    int left = 0;
    int right = 0;
    for (int x = 0; x < (int) page.getWidth(); x++) {
      for (int y = 0; y < (int) page.getHeight(); y++) {
        boolean isInk = page.getPixelReader().getColor(x, y).getBrightness() < 0.5;
        left += isInk && x < page.getWidth() / 2 ? 1 : 0;
        right += isInk && x >= page.getWidth() / 2 ? 1 : 0;
      }
    }
    assertEquals(0, left);
    assertTrue(right > 50, right + " dark points");
  }
}
