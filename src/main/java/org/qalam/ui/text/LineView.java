package org.qalam.ui.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import javafx.application.Platform;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Orientation;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;
import org.qalam.task.UiThread;

/**
 * Paragraphs to read, of any length. It breaks them into lines itself, those of a long text a few
 * at a time, and has nodes for the visible ones only, so that neither a long text nor one that
 * grows by the token holds up the window, and JavaFX never wraps right-to-left text. Confined to
 * the JavaFX thread.
 */
@UiThread
public final class LineView extends Region {
  private static final double SCROLL_BAR = 10;

  /** Lines that are there at once, which is more than a window shows. */
  private static final int AT_ONCE = 150;

  /** What breaking more of them may take of a frame, in nanoseconds. */
  private static final long SHARE = 4_000_000;

  private final ObservableList<StyledLine> lines = FXCollections.observableArrayList();
  private final ListView<StyledLine> list = new ListView<>(lines);
  private final Text probe = new Text(" ");
  private List<StyledLine> paragraphs = List.of();
  private String grown = "";
  private int lastParagraphStart;
  private int lastLineStart;
  private double brokenFor = -1;
  private int brokenParagraphs;
  private boolean isBreaking;
  private boolean isFollowing = true;
  private @Nullable TextMeasure measure;

  public LineView() {
    getStyleClass().add("line-view");
    probe.setManaged(false);
    probe.setVisible(false);
    list.setCellFactory(_ -> new LineCell());
    list.setFixedCellSize(20);
    getChildren().addAll(probe, list);
    probe.fontProperty().addListener((_, _, _) -> forget());
    list.addEventFilter(ScrollEvent.SCROLL, _ -> followOnlyAtEnd());
    list.addEventFilter(MouseEvent.MOUSE_DRAGGED, _ -> followOnlyAtEnd());
    list.addEventFilter(MouseEvent.MOUSE_RELEASED, _ -> followOnlyAtEnd());
    list.addEventFilter(KeyEvent.KEY_RELEASED, _ -> followOnlyAtEnd());
  }

  /** Shows these paragraphs from the top. */
  public void show(List<StyledLine> styled) {
    grown = "";
    paragraphs = List.copyOf(styled);
    isFollowing = false;
    list.setAccessibleText(String.join("\n", paragraphs.stream().map(StyledLine::text).toList()));
    forget();
    list.scrollTo(0);
  }

  /**
   * Shows a text that is still being written, its end in view until the reader scrolls away from
   * it. Where it goes on from what was shown last, only its last line is broken again.
   */
  public void grow(String text) {
    boolean goesOn = !grown.isEmpty() && text.startsWith(grown) && brokenFor > 0;
    if (grown.isEmpty()) {
      isFollowing = true;
    }
    grown = text;
    if (goesOn) {
      breakGrown(lastParagraphStart, lastLineStart);
    } else {
      paragraphs = List.of();
      forget();
    }
  }

  private void forget() {
    brokenFor = -1;
    requestLayout();
  }

  private TextMeasure measure() {
    if (measure == null || !measure.font().equals(probe.getFont())) {
      measure = new TextMeasure(probe.getFont());
    }
    return measure;
  }

  private void breakLines(double width) {
    if (width == brokenFor) {
      return;
    }
    // The font must be known before words are measured.
    probe.applyCss();
    brokenFor = width;
    if (!grown.isEmpty()) {
      lines.clear();
      breakGrown(0, 0);
      return;
    }
    brokenParagraphs = 0;
    fitCells(paragraphs.stream().map(StyledLine::text).anyMatch(TextDirection::hasRightToLeft));
    lines.setAll(brokenLines(lines -> lines < AT_ONCE));
    breakTheRest();
  }

  private void breakTheRest() {
    if (!isBreaking && brokenParagraphs < paragraphs.size()) {
      isBreaking = true;
      Platform.runLater(() -> {
        isBreaking = false;
        if (brokenFor > 0 && grown.isEmpty()) {
          long end = System.nanoTime() + SHARE;
          lines.addAll(brokenLines(_ -> System.nanoTime() < end));
          breakTheRest();
        }
      });
    }
  }

  /** The lines of the next paragraphs, as long as more are wanted. */
  private List<StyledLine> brokenLines(IntPredicate wantsMore) {
    LineBreaker breaker = new LineBreaker(measure());
    List<StyledLine> broken = new ArrayList<>();
    while (brokenParagraphs < paragraphs.size() && wantsMore.test(broken.size())) {
      StyledLine paragraph = paragraphs.get(brokenParagraphs++);
      String text = paragraph.text();
      List<Integer> starts = breaker.lineStarts(text, 0, lineWidth());
      for (int i = 0; i < starts.size(); i++) {
        int end = i + 1 < starts.size() ? starts.get(i + 1) : text.length();
        broken.add(paragraph.slice(starts.get(i), end));
      }
    }
    return broken;
  }

  /** Breaks the growing text from a line's start on, and forgets the lines shown after it. */
  private void breakGrown(int paragraphStart, int lineStart) {
    if (!lines.isEmpty()) {
      lines.removeLast();
    }
    LineBreaker breaker = new LineBreaker(measure());
    List<StyledLine> broken = new ArrayList<>();
    int from = lineStart - paragraphStart;
    int start = paragraphStart;
    while (true) {
      int newline = grown.indexOf('\n', start);
      String text = grown.substring(start, newline < 0 ? grown.length() : newline);
      StyledLine paragraph = StyledLine.paragraph(List.of(new StyledLine.Run(text, "")), "");
      List<Integer> starts = breaker.lineStarts(text, from, lineWidth());
      for (int i = 0; i < starts.size(); i++) {
        int end = i + 1 < starts.size() ? starts.get(i + 1) : text.length();
        broken.add(paragraph.slice(starts.get(i), end));
      }
      lastParagraphStart = start;
      lastLineStart = start + starts.getLast();
      if (newline < 0) {
        break;
      }
      start = newline + 1;
      from = 0;
    }
    fitCells(TextDirection.hasRightToLeft(grown.substring(lastParagraphStart)));
    int before = lines.size();
    lines.addAll(broken);
    if (isFollowing) {
      list.scrollTo(lines.size() - 1);
    }
    if (before / 2 != lines.size() / 2 || broken.size() > 1) {
      requestLayout();
    }
  }

  private void fitCells(boolean arabic) {
    double height = measure().lineHeight(false) + 3;
    if (arabic) {
      height = Math.max(height, measure().lineHeight(true) + 1);
    }
    if (!grown.isEmpty() && !lines.isEmpty()) {
      height = Math.max(height, list.getFixedCellSize());
    }
    list.setFixedCellSize(height);
  }

  private double lineWidth() {
    return Math.max(40, brokenFor - SCROLL_BAR - 1);
  }

  private void followOnlyAtEnd() {
    for (var node : list.lookupAll(".scroll-bar")) {
      if (node instanceof ScrollBar bar
          && bar.getOrientation() == Orientation.VERTICAL
          && bar.isVisible()) {
        // Asked after the list has scrolled.
        Platform.runLater(() -> isFollowing = bar.getValue() >= bar.getMax() - 0.001);
      }
    }
  }

  /** Whether the end of a growing text is kept in view. */
  public boolean isFollowing() {
    return isFollowing;
  }

  /** What is shown, line by line. */
  public ObservableList<StyledLine> lines() {
    return FXCollections.unmodifiableObservableList(lines);
  }

  @Override
  public Orientation getContentBias() {
    return Orientation.HORIZONTAL;
  }

  @Override
  protected double computePrefWidth(double height) {
    return 280;
  }

  @Override
  protected double computeMinWidth(double height) {
    return 80;
  }

  @Override
  protected double computeMinHeight(double width) {
    return Math.min(computePrefHeight(width), 3 * list.getFixedCellSize());
  }

  @Override
  protected double computePrefHeight(double width) {
    // Asked about no width in particular, the lines on show stay: breaking them twice in every
    // layout
    // would cost more than all the rest.
    if (width >= 0 || brokenFor < 0) {
      breakLines((width < 0 ? prefWidth(-1) : width) - snappedLeftInset() - snappedRightInset());
    }
    return snappedTopInset()
        + snappedBottomInset()
        + Math.ceil(Math.max(1, lines.size()) * list.getFixedCellSize())
        + 2;
  }

  @Override
  protected void layoutChildren() {
    double width = getWidth() - snappedLeftInset() - snappedRightInset();
    breakLines(width);
    double height = getHeight() - snappedTopInset() - snappedBottomInset();
    double cell = list.getFixedCellSize();
    // Whole lines only: a line cut in two looks like a fault.
    double whole = lines.size() * cell > height ? Math.floor(height / cell) * cell : height;
    list.resizeRelocate(snappedLeftInset(), snappedTopInset(), width, Math.max(cell, whole));
  }

  private static final class LineCell extends NodeCell<StyledLine> {
    private final LineNode node = new LineNode();

    @Override
    protected void updateItem(@Nullable StyledLine line, boolean isEmpty) {
      super.updateItem(line, isEmpty);
      setText(null);
      if (isEmpty || line == null) {
        setGraphic(null);
      } else {
        node.show(line);
        setGraphic(node);
        setAccessibleText(line.text());
      }
    }
  }
}
