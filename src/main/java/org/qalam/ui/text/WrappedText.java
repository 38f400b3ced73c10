package org.qalam.ui.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.geometry.Orientation;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;
import org.qalam.task.UiThread;

/**
 * A few sentences over as many lines as they need, each paragraph in the direction of its first
 * strong character. Unlike a wrapping label it never asks JavaFX to wrap right-to-left text, which
 * fails on Linux. Its colour is {@code -wrapped-fill}. Confined to the JavaFX thread.
 */
@UiThread
public final class WrappedText extends Region {
  /** Beyond this many widths, as while a window is resized, what was measured is forgotten. */
  private static final int MOST_WIDTHS = 8;

  private final StringProperty text = new SimpleStringProperty(this, "text", "");
  private final Text probe = new Text(" ");
  private final List<LineNode> lines = new ArrayList<>();
  private @Nullable TextMeasure measure;

  /** Where lines start, paragraph by paragraph, for each width that a layout has asked about. */
  private final Map<Double, List<List<Integer>>> startsForWidth = new HashMap<>();

  private double shownFor = -1;

  public WrappedText() {
    this("");
  }

  /** Shows {@code sentences}. */
  public WrappedText(String sentences) {
    getStyleClass().add("wrapped-text");
    setAccessibleRole(AccessibleRole.TEXT);
    probe.setManaged(false);
    probe.setVisible(false);
    getChildren().add(probe);
    probe.fontProperty().addListener((_, _, _) -> forget());
    text.addListener((_, _, _) -> forget());
    text.set(sentences);
  }

  public StringProperty textProperty() {
    return text;
  }

  public String getText() {
    return text.get();
  }

  public void setText(String sentences) {
    text.set(sentences);
  }

  private void forget() {
    startsForWidth.clear();
    shownFor = -1;
    requestLayout();
    notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
  }

  @Override
  public Orientation getContentBias() {
    return Orientation.HORIZONTAL;
  }

  @Override
  protected double computeMinWidth(double height) {
    return snappedLeftInset() + snappedRightInset() + 40;
  }

  @Override
  protected double computePrefWidth(double height) {
    double widest = text.get().lines().mapToDouble(measure()).max().orElse(0);
    return snappedLeftInset() + snappedRightInset() + Math.ceil(widest) + 1;
  }

  @Override
  protected double computeMinHeight(double width) {
    return computePrefHeight(width);
  }

  @Override
  protected double computePrefHeight(double width) {
    double given = width < 0 ? prefWidth(-1) : width;
    long count =
        starts(given - snappedLeftInset() - snappedRightInset()).stream()
            .mapToInt(List::size)
            .sum();
    return snappedTopInset() + snappedBottomInset() + lineHeight() * count;
  }

  @Override
  protected double computeMaxHeight(double width) {
    return computePrefHeight(width);
  }

  private TextMeasure measure() {
    if (measure == null || !measure.font().equals(probe.getFont())) {
      measure = new TextMeasure(probe.getFont());
    }
    return measure;
  }

  private double lineHeight() {
    return measure().lineHeight(TextDirection.hasRightToLeft(text.get()));
  }

  /** Measures only; the lines on show stay, however many widths a layout tries. */
  private List<List<Integer>> starts(double width) {
    List<List<Integer>> known = startsForWidth.get(width);
    if (known == null) {
      // The font must be known before words are measured, and layout comes before the next CSS
      // pass.
      if (startsForWidth.isEmpty()) {
        applyCss();
      }
      LineBreaker breaker = new LineBreaker(measure());
      known =
          StyledLine.plain(text.get()).stream()
              .map(paragraph -> breaker.lineStarts(paragraph.text(), 0, width))
              .toList();
      if (startsForWidth.size() >= MOST_WIDTHS) {
        startsForWidth.clear();
      }
      startsForWidth.put(width, known);
    }
    return known;
  }

  private void showLines(double width) {
    if (width == shownFor) {
      return;
    }
    List<List<Integer>> starts = starts(width);
    shownFor = width;
    lines.clear();
    List<StyledLine> paragraphs = StyledLine.plain(text.get());
    for (int p = 0; p < paragraphs.size(); p++) {
      StyledLine paragraph = paragraphs.get(p);
      List<Integer> breaks = starts.get(p);
      for (int i = 0; i < breaks.size(); i++) {
        LineNode line = new LineNode();
        line.show(
            paragraph.slice(
                breaks.get(i),
                i + 1 < breaks.size() ? breaks.get(i + 1) : paragraph.text().length()));
        lines.add(line);
      }
    }
    getChildren().setAll(lines);
    getChildren().add(probe);
    applyCss();
  }

  @Override
  protected void layoutChildren() {
    double width = getWidth() - snappedLeftInset() - snappedRightInset();
    showLines(width);
    double height = lineHeight();
    double y = snappedTopInset();
    for (LineNode line : lines) {
      line.resizeRelocate(snappedLeftInset(), y, width, height);
      y += height;
    }
  }

  @Override
  public @Nullable Object queryAccessibleAttribute(
      AccessibleAttribute attribute, Object... parameters) {
    return attribute == AccessibleAttribute.TEXT
        ? text.get()
        : super.queryAccessibleAttribute(attribute, parameters);
  }
}
