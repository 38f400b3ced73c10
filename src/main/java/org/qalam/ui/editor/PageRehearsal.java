package org.qalam.ui.editor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javafx.animation.AnimationTimer;
import javafx.event.EventHandler;
import javafx.event.EventType;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.InputEvent;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.TouchEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.MultiChangeBuilder;
import org.qalam.task.UiThread;

/**
 * Fills a page that nobody sees, a few lines at a time, while nobody does anything: what the first
 * long text, the first jump, the first menu and the first accepted changes run is compiled by then,
 * and a page is filled within a frame from the first time on. It is over after some seconds, or
 * with the window. What is compiled stays so: the next window of the same process, as after notes
 * were locked, needs no page. Confined to the JavaFX thread.
 */
@UiThread
final class PageRehearsal {
  /** Between two steps at least, so that most frames are free. */
  private static final long STEP = 30_000_000;

  /** After the window has opened, and after each thing that the writer does. */
  private static final long QUIET = 1_000_000_000;

  /** Who goes on working from the first minute on has learnt it by then. */
  private static final long LATEST = 60_000_000_000L;

  private static final List<EventType<? extends InputEvent>> INPUT =
      List.of(KeyEvent.ANY, MouseEvent.MOUSE_PRESSED, ScrollEvent.ANY, TouchEvent.ANY);

  /** Of a process that has not been through it yet. */
  static final int ROUNDS = 6;

  private static final double WIDTH = 700;
  private static final double HEIGHT = 700;

  /** What the page grows by in a step, in pixels: a line or two, some milliseconds. */
  private static final double GROWTH = 30;

  /** What is selected of the page, in pixels: each of its lines gets its mark in one step. */
  private static final double SELECTED = 150;

  private static final String BEFORE = "nobody";
  private static final String WORDS =
      "What is written here is seen by " + BEFORE + ", and that is well. ";
  private static final String CHAPTER =
      "## A chapter\n\n" + WORDS.repeat(4) + "*So* it **goes**.\n\n- one\n- `two`\n\n";

  /** Whether one has come to its end in this process. */
  private static boolean isLearnt;

  private final Scene shown;
  private final VisualArea area = new VisualArea();
  private final VirtualizedScrollPane<VisualArea> page = new VirtualizedScrollPane<>(area);
  private final VBox controls = new VBox();
  private final StyledPage text = StyledPage.of(CHAPTER.repeat(5), EditorView.LONG_WORD);

  /** Never two steps in one frame, as a timeline that is late would do. */
  private final AnimationTimer steps =
      new AnimationTimer() {
        @Override
        public void handle(long now) {
          step(now);
        }
      };

  private final EventHandler<InputEvent> noting = this::note;
  private final List<Runnable> work = new ArrayList<>();
  private int done;
  private final long begun = System.nanoTime();
  private long lastInput = begun;
  private long lastStep;
  private boolean wasShowing;
  private volatile boolean isOver;

  private PageRehearsal(Scene shown, String style, List<Runnable> first, int rounds) {
    this.shown = shown;
    wasShowing = isShowing();
    work.addAll(first);
    if (rounds > 0) {
      addPage(style, rounds);
    }
    INPUT.forEach(type -> shown.addEventFilter(type, noting));
  }

  private void addPage(String style, int rounds) {
    area.getStyleClass().add("editor-area");
    area.setWrapText(true);
    area.setStyle(style);
    SelectionBoxes.showSelection(area);
    work.add(() -> new Scene(page, WIDTH, GROWTH).getStylesheets().addAll(shown.getStylesheets()));
    work.add(page::applyCss);
    work.add(() -> new Scene(controls).getStylesheets().addAll(shown.getStylesheets()));
    for (int i = 0; i < rounds; i++) {
      work.addAll(round());
    }
    work.add(() -> isLearnt = true);
  }

  /**
   * Begins it.
   *
   * @param shown the scene that the writer sees
   * @param style of the control there
   * @param first other steps for which there is time when nobody does anything; each takes some
   *     milliseconds
   */
  static PageRehearsal begin(Scene shown, String style, List<Runnable> first) {
    return begin(shown, style, first, isLearnt ? 0 : ROUNDS);
  }

  /**
   * Begins it.
   *
   * @param rounds how often the page is filled
   */
  static PageRehearsal begin(Scene shown, String style, List<Runnable> first, int rounds) {
    PageRehearsal begun = new PageRehearsal(shown, style, first, rounds);
    begun.steps.start();
    return begun;
  }

  /** Whether it has come to its end, or was given up. */
  boolean isOver() {
    return isOver;
  }

  /** How many steps are left. */
  int stepsLeft() {
    return work.size() - done;
  }

  private void note(InputEvent event) {
    lastInput = System.nanoTime();
  }

  private void step(long now) {
    boolean isClosed = wasShowing && !isShowing();
    wasShowing |= isShowing();
    if (done == work.size() || isClosed || now - begun > LATEST) {
      end();
    } else if (now - lastInput > QUIET && now - lastStep > STEP) {
      lastStep = now;
      work.get(done++).run();
    }
  }

  private boolean isShowing() {
    return shown.getWindow() != null && shown.getWindow().isShowing();
  }

  /** A page filled from the top, changes accepted and taken back, a selection, a jump. */
  private List<Runnable> round() {
    List<Runnable> steps = new ArrayList<>();
    steps.add(() -> layOut(1));
    steps.add(() -> area.replace(0, area.getLength(), text.document()));
    for (double height = GROWTH; height <= HEIGHT; height += GROWTH) {
      double grown = height;
      steps.add(() -> layOut(grown));
    }
    steps.add(() -> layOut(SELECTED));
    steps.add(area::selectAll);
    steps.add(() -> layOut(SELECTED));
    steps.add(() -> layOut(GROWTH));
    for (Runnable change :
        List.<Runnable>of(
            this::accept,
            area::undo,
            () -> {
              area.moveTo(area.getLength());
              area.requestFollowCaret();
            })) {
      steps.add(change);
      steps.add(() -> layOut(GROWTH));
      steps.add(this::controls);
    }
    return steps;
  }

  /** New controls, as a menu or a card has them. */
  private void controls() {
    controls.getChildren().setAll(new Label(WORDS), new HBox(new Label(WORDS), new Button(WORDS)));
    controls.resize(WIDTH, HEIGHT);
    controls.applyCss();
    controls.layout();
  }

  /** One change in each sentence. */
  private void accept() {
    String shown = area.getText();
    List<Integer> places = new ArrayList<>();
    for (int at = shown.indexOf(BEFORE); at >= 0; at = shown.indexOf(BEFORE, at + 1)) {
      places.add(at);
    }
    MultiChangeBuilder<Collection<String>, String, Collection<String>> all =
        area.createMultiChange(places.size());
    places.forEach(at -> all.replaceText(at, at + BEFORE.length(), "no one"));
    all.commit();
  }

  private void layOut(double height) {
    page.resize(WIDTH, height);
    page.applyCss();
    page.layout();
  }

  private void end() {
    steps.stop();
    INPUT.forEach(type -> shown.removeEventFilter(type, noting));
    area.dispose();
    isOver = true;
  }
}
