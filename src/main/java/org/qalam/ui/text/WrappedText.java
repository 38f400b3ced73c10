package org.qalam.ui.text;

import java.util.ArrayList;
import java.util.List;
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
  private final StringProperty text = new SimpleStringProperty(this, "text", "");
  private final Text probe = new Text(" ");
  private final List<LineNode> lines = new ArrayList<>();
  private @Nullable TextMeasure measure;
  private double brokenFor = -1;
  private double lineHeight;

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
    brokenFor = -1;
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
    breakLines(given - snappedLeftInset() - snappedRightInset());
    return snappedTopInset() + snappedBottomInset() + lineHeight * lines.size();
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

  private void breakLines(double width) {
    if (width == brokenFor) {
      return;
    }
    // The font must be known before words are measured, and layout comes before the next CSS pass.
    applyCss();
    brokenFor = width;
    TextMeasure widths = measure();
    lineHeight = widths.lineHeight(TextDirection.hasRightToLeft(text.get()));
    lines.clear();
    LineBreaker breaker = new LineBreaker(widths);
    for (StyledLine paragraph : StyledLine.plain(text.get())) {
      String sentences = paragraph.text();
      List<Integer> starts = breaker.lineStarts(sentences, 0, width);
      for (int i = 0; i < starts.size(); i++) {
        LineNode line = new LineNode();
        line.show(
            paragraph.slice(
                starts.get(i), i + 1 < starts.size() ? starts.get(i + 1) : sentences.length()));
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
    breakLines(width);
    double y = snappedTopInset();
    for (LineNode line : lines) {
      line.resizeRelocate(snappedLeftInset(), y, width, lineHeight);
      y += lineHeight;
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
