package org.qalam.ui.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.event.Event;
import javafx.geometry.Bounds;
import javafx.geometry.NodeOrientation;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

// The toolkit's thread fills the fields in before each test.
@SuppressWarnings("NullAway.Init")
@ExtendWith(ApplicationExtension.class)
class LineViewTest {
  private static final String MIXED =
      "قالوا في الهاتف: «سيأتي أحدهم في ٢٤ من الشهر»، ولكن لم يأتِ أحد (Mr Kaya, +49 30 1234). "
          + "أرجو إرسال فني قبل يوم الجمعة.";

  private StackPane root;

  @Start
  void open(Stage shown) {
    root = new StackPane();
    shown.setScene(new Scene(root, 320, 400));
    shown.show();
  }

  private static <T> T onFx(Callable<T> work) {
    return WaitForAsyncUtils.waitForAsyncFx(20_000, work);
  }

  /** How far a line of 20 pixels or less stands from the left of a box of 200. */
  private double left(FxRobot robot, String text, NodeOrientation window) {
    OneLineText line = new OneLineText();
    robot.interact(() -> {
      root.setNodeOrientation(window);
      root.getChildren().setAll(line);
      line.setText(text);
      line.resize(200, 20);
      line.layout();
    });
    return onFx(() -> {
      Node shown = line.getChildrenUnmodifiable().getFirst();
      Bounds inWindow = shown.localToScene(shown.getLayoutBounds());
      return inWindow.getMinX() - line.localToScene(line.getLayoutBounds()).getMinX();
    });
  }

  @Test
  void aLineWithoutLettersBeginsWhereTheWindowDoes(FxRobot robot) {
    for (NodeOrientation window :
        List.of(NodeOrientation.LEFT_TO_RIGHT, NodeOrientation.RIGHT_TO_LEFT)) {
      boolean mirrored = window == NodeOrientation.RIGHT_TO_LEFT;
      assertEquals(mirrored, left(robot, "12", window) > 100);
      assertFalse(left(robot, "ab", window) > 100);
      assertTrue(left(robot, "اب", window) > 100);
    }
  }

  /** JavaFX 26 on Linux throws while it lays such text out itself. */
  @Test
  void laysRightToLeftTextOutAtEveryWidth(FxRobot robot) {
    LineView lines = new LineView();
    WrappedText sentences = new WrappedText(MIXED);
    OneLineText line = new OneLineText();
    robot.interact(() -> {
      root.getChildren().setAll(new VBox(lines, sentences, line));
      lines.show(StyledLine.plain(MIXED + "\n\n" + MIXED));
      line.setText(MIXED);
    });
    String expected = MIXED.replaceAll("\\s", "");
    List<Integer> wrong =
        onFx(() -> {
          List<Integer> widths = new ArrayList<>();
          for (int width = 90; width < 420; width += 4) {
            lines.getParent().resize(width, 300);
            lines.getParent().layout();
            lines.resize(width, 200);
            lines.layout();
            sentences.resize(width, sentences.prefHeight(width));
            sentences.layout();
            line.resize(width, 20);
            line.layout();
            root.snapshot(null, null);
            String shown =
                lines.lines().stream().map(StyledLine::text).collect(Collectors.joining());
            if (!shown.replaceAll("\\s", "").equals(expected + expected)) {
              widths.add(width);
            }
          }
          return widths;
        });
    assertEquals(List.of(), wrong);
  }

  /** The oracle: Unicode's rules say where each word of this line stands. */
  @Test
  void putsRightToLeftWordsFromRightToLeftWhateverTheWindowsDirection(FxRobot robot) {
    for (NodeOrientation orientation :
        new NodeOrientation[] {NodeOrientation.LEFT_TO_RIGHT, NodeOrientation.RIGHT_TO_LEFT}) {
      WrappedText text = new WrappedText("المساء. اتصلت في (Mr Kaya) هنا");
      robot.interact(() -> {
        root.setNodeOrientation(orientation);
        root.getChildren().setAll(text);
      });
      WaitForAsyncUtils.waitForFxEvents();
      List<String> fromTheRight =
          onFx(() ->
              text.lookupAll(".run").stream()
                  .filter(node -> node instanceof Text run && !run.getText().isBlank())
                  .sorted((a, b) -> Double.compare(right(b), right(a)))
                  .map(node -> ((Text) node).getText())
                  .toList());
      assertEquals(
          List.of("المساء", ".", "اتصلت", "في", ")", "Mr Kaya", "(", "هنا"),
          fromTheRight,
          orientation.toString());
      double edge =
          onFx(() ->
              text.lookupAll(".run").stream().mapToDouble(LineViewTest::right).max().orElse(0));
      double sceneEdge = onFx(() -> right(text));
      assertEquals(sceneEdge, edge, 2, "the line starts at the right edge");
    }
  }

  private static double right(Node node) {
    Bounds bounds = node.localToScene(node.getLayoutBounds());
    return bounds.getMaxX();
  }

  @Test
  void aGrowingTextNeverHoldsUpTheWindow(FxRobot robot) {
    LineView lines = new LineView();
    robot.interact(() -> root.getChildren().setAll(lines));
    StringBuilder text = new StringBuilder();
    List<Double> millis = new ArrayList<>();
    for (int i = 0; text.length() < 20_000; i++) {
      text.append("The visit that was promised for the ").append(i).append("th never took place. ");
      if (i % 9 == 8) {
        text.append("\n\n");
      }
      String now = text.toString();
      millis.add(
          onFx(() -> {
            long start = System.nanoTime();
            lines.grow(now);
            root.applyCss();
            root.layout();
            return (System.nanoTime() - start) / 1e6;
          }));
    }
    int fifth = millis.size() / 5;
    double early = median(millis.subList(fifth, 2 * fifth));
    double late = median(millis.subList(4 * fifth, 5 * fifth));
    assertTrue(late < 6 * early, "a piece costs " + early + " ms early and " + late + " ms late");
    assertTrue(onFx(lines::isFollowing));
    assertEquals(
        text.toString().replaceAll("\\s", ""),
        onFx(() ->
            lines.lines().stream()
                .map(StyledLine::text)
                .collect(Collectors.joining())
                .replaceAll("\\s", "")));
    assertTrue(
        onFx(() -> lines.lookupAll(".line-node").size()) < 60, "only visible lines have nodes");
  }

  private static double median(List<Double> numbers) {
    return numbers.stream().sorted().toList().get(numbers.size() / 2);
  }

  @Test
  void stopsFollowingWhenTheReaderScrollsUp(FxRobot robot) {
    LineView lines = new LineView();
    robot.interact(() -> {
      root.getChildren().setAll(lines);
      lines.grow("line\n".repeat(200));
    });
    WaitForAsyncUtils.waitForFxEvents();
    assertTrue(onFx(lines::isFollowing));
    robot.interact(() -> Event.fireEvent(lines.lookup(".list-cell"), wheel(400)));
    WaitForAsyncUtils.waitForFxEvents();
    assertFalse(onFx(lines::isFollowing));
    robot.interact(() -> lines.grow("line\n".repeat(201)));
    assertFalse(onFx(lines::isFollowing));
    robot.interact(() -> Event.fireEvent(lines.lookup(".list-cell"), wheel(-9000)));
    WaitForAsyncUtils.waitForFxEvents();
    assertTrue(onFx(lines::isFollowing));
  }

  @Test
  void aLongTextIsThereAtOnceAndItsEndALittleLater(FxRobot robot) throws Exception {
    LineView lines = new LineView();
    String text =
        IntStream.range(0, 6000)
            .mapToObj(i -> "A line of its own, number " + i)
            .collect(Collectors.joining("\n"));
    int[] first = new int[1];
    robot.interact(() -> {
      root.getChildren().setAll(lines);
      lines.show(StyledLine.plain("Another text.\n".repeat(3000)));
      root.applyCss();
      root.layout();
      lines.show(StyledLine.plain(text));
      root.layout();
      first[0] = lines.lines().size();
    });
    assertTrue(first[0] >= 100 && first[0] < 6000, "lines at once: " + first[0]);
    WaitForAsyncUtils.waitFor(30, TimeUnit.SECONDS, () -> onFx(() -> lines.lines().size() >= 6000));
    assertEquals(
        text.replaceAll("\\s", ""),
        onFx(() -> lines.lines().stream().map(StyledLine::text).collect(Collectors.joining()))
            .replaceAll("\\s", ""));
  }

  private static ScrollEvent wheel(double pixels) {
    return new ScrollEvent(
        ScrollEvent.SCROLL,
        50,
        50,
        50,
        50,
        false,
        false,
        false,
        false,
        false,
        false,
        0,
        pixels,
        0,
        pixels,
        ScrollEvent.HorizontalTextScrollUnits.NONE,
        0,
        ScrollEvent.VerticalTextScrollUnits.NONE,
        0,
        0,
        null);
  }
}
