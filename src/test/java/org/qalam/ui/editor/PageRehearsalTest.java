package org.qalam.ui.editor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.Scene;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The page that nobody sees: it comes to its end, waits for the writer, and leaves no trace. */
// The toolkit's thread fills the fields in before each test.
@SuppressWarnings("NullAway.Init")
@ExtendWith(ApplicationExtension.class)
class PageRehearsalTest {
  private final AtomicInteger first = new AtomicInteger();
  private TextField field;
  private Scene scene;
  private FxFailures failures;

  @Start
  void open(Stage stage) {
    failures = FxFailures.ofThisThread();
    field = new TextField();
    scene = new Scene(new VBox(field), 400, 300);
    WindowStyles.addTo(scene);
    stage.setScene(scene);
    stage.sizeToScene(); // an earlier test may have made it narrow
    stage.show();
  }

  @AfterEach
  void end() {
    failures.assertNone();
  }

  private PageRehearsal begin() {
    return WaitForAsyncUtils.waitForAsyncFx(
        10_000,
        () ->
            PageRehearsal.begin(
                scene,
                "-fx-font-size: 17px;",
                List.of(first::incrementAndGet),
                PageRehearsal.ROUNDS));
  }

  @Test
  void comesToItsEndAndShowsNothing(FxRobot robot) throws Exception {
    robot.interact(field::requestFocus);
    PageRehearsal rehearsal = begin();
    WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS, rehearsal::isOver);
    robot.interact(() -> {
      assertEquals(0, rehearsal.stepsLeft());
      assertEquals(1, first.get());
      assertEquals(List.of(field), ((VBox) scene.getRoot()).getChildren());
      assertSame(field, scene.getFocusOwner());
      assertEquals(1, Window.getWindows().size());
    });
    // What is compiled stays so: the next window of this process is only made ready itself.
    PageRehearsal next =
        WaitForAsyncUtils.waitForAsyncFx(
            10_000, () -> PageRehearsal.begin(scene, "", List.of(first::incrementAndGet)));
    robot.interact(() -> assertEquals(1, next.stepsLeft()));
    WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS, next::isOver);
    assertEquals(2, first.get());
  }

  @Test
  void waitsWhileSomebodyTypes(FxRobot robot) {
    robot.interact(field::requestFocus);
    PageRehearsal rehearsal = begin();
    int all = rehearsal.stepsLeft();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
    while (System.nanoTime() < end) {
      robot.type(KeyCode.A);
      robot.interact(() -> assertEquals(all, rehearsal.stepsLeft()));
    }
    assertFalse(rehearsal.isOver());
    WaitForAsyncUtils.sleep(2, TimeUnit.SECONDS);
    robot.interact(() -> assertTrue(rehearsal.stepsLeft() < all));
  }

  @Test
  void endsWithTheWindowAlsoBeforeItsFirstStep(FxRobot robot) throws Exception {
    AtomicReference<PageRehearsal> begun = new AtomicReference<>();
    robot.interact(() -> {
      begun.set(PageRehearsal.begin(scene, "", List.of(), PageRehearsal.ROUNDS));
      scene.getWindow().hide();
    });
    WaitForAsyncUtils.waitFor(5, TimeUnit.SECONDS, begun.get()::isOver);
    assertTrue(begun.get().stepsLeft() > 0);
  }

  @Test
  void endsWithTheWindow(FxRobot robot) throws Exception {
    PageRehearsal rehearsal = begin();
    robot.interact(() -> scene.getWindow().hide());
    WaitForAsyncUtils.waitFor(5, TimeUnit.SECONDS, rehearsal::isOver);
    assertTrue(rehearsal.stepsLeft() > 0);
  }
}
