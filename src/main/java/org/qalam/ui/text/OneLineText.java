package org.qalam.ui.text;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.NodeOrientation;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;
import org.qalam.document.TextRange;
import org.qalam.task.UiThread;

/**
 * A single line of text in the direction of its first strong character, cut with an ellipsis where
 * it does not fit. Its colour is {@code -wrapped-fill}. Confined to the JavaFX thread.
 */
@UiThread
public final class OneLineText extends Region {
  private static final String ELLIPSIS = "…";

  private final LineNode line = new LineNode();
  private final Text probe = new Text(" ");
  private String text = "";
  private List<TextRange> marks = List.of();
  private double cutFor = -1;
  private @Nullable TextMeasure measure;

  public OneLineText() {
    getStyleClass().add("wrapped-text");
    setAccessibleRole(AccessibleRole.TEXT);
    probe.setManaged(false);
    probe.setVisible(false);
    getChildren().addAll(line, probe);
    probe.fontProperty().addListener((_, _, _) -> forget());
  }

  /** Shows this; line ends become spaces. */
  public void setText(String next) {
    show(next.strip().replaceAll("\\s+", " "), List.of());
  }

  /**
   * Shows a text of one line with some of it marked: style class {@code found}.
   *
   * @param found what is marked, in its order, none over another
   */
  public void setMarkedText(String line, List<TextRange> found) {
    show(line, found);
  }

  private void show(String line, List<TextRange> found) {
    text = line;
    marks = List.copyOf(found);
    forget();
    notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
  }

  public String getText() {
    return text;
  }

  private void forget() {
    cutFor = -1;
    requestLayout();
  }

  private TextMeasure measure() {
    if (measure == null || !measure.font().equals(probe.getFont())) {
      measure = new TextMeasure(probe.getFont());
    }
    return measure;
  }

  @Override
  protected double computeMinWidth(double height) {
    return 20;
  }

  @Override
  protected double computePrefWidth(double height) {
    return Math.ceil(measure().applyAsDouble(text)) + 2;
  }

  @Override
  protected double computePrefHeight(double width) {
    return measure().lineHeight(TextDirection.hasRightToLeft(text));
  }

  @Override
  protected void layoutChildren() {
    if (cutFor != getWidth()) {
      probe.applyCss();
      cutFor = getWidth();
      line.show(StyledLine.paragraph(runs(cut()), ""));
      line.applyCss();
    }
    double width = Math.min(getWidth(), Math.ceil(line.total()));
    // A line begins at the side that its direction begins at, whichever way the window runs; one
    // without letters where the window does.
    boolean mirrored = getEffectiveNodeOrientation() == NodeOrientation.RIGHT_TO_LEFT;
    boolean atEnd = TextDirection.isRightToLeft(text, mirrored) != mirrored;
    line.resizeRelocate(atEnd ? getWidth() - width : 0, 0, width, getHeight());
  }

  private List<StyledLine.Run> runs(String shown) {
    List<StyledLine.Run> runs = new ArrayList<>();
    int at = 0;
    for (TextRange mark : marks) {
      int from = Math.min(mark.start(), shown.length());
      int to = Math.min(mark.end(), shown.length());
      if (from < to) {
        runs.add(new StyledLine.Run(shown.substring(at, from), ""));
        runs.add(new StyledLine.Run(shown.substring(from, to), "found"));
        at = to;
      }
    }
    runs.add(new StyledLine.Run(shown.substring(at), ""));
    return runs;
  }

  private String cut() {
    double width = getWidth();
    if (measure().applyAsDouble(text) <= width) {
      return text;
    }
    double room = Math.max(1, width - measure().applyAsDouble(ELLIPSIS));
    List<Integer> starts = new LineBreaker(measure()).lineStarts(text, 0, room);
    return starts.size() < 2 ? text : text.substring(0, starts.get(1)).stripTrailing() + ELLIPSIS;
  }

  @Override
  public @Nullable Object queryAccessibleAttribute(
      AccessibleAttribute attribute, Object... parameters) {
    return attribute == AccessibleAttribute.TEXT
        ? text
        : super.queryAccessibleAttribute(attribute, parameters);
  }
}
