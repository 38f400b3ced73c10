package org.qalam.ui.text;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.NodeOrientation;
import javafx.scene.layout.Region;
import javafx.scene.shape.Path;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/**
 * One line, its pieces in the order of the bidirectional algorithm, with a coloured ground behind
 * each piece that has a look of its own.
 */
final class LineNode extends Region {
  private final TextFlow flow = new TextFlow();
  private final List<Path> grounds = new ArrayList<>();
  private StyledLine line = new StyledLine(List.of(), "", false);

  LineNode() {
    // Places are counted from the left here, whatever the window's direction.
    setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
    getChildren().add(flow);
  }

  void show(StyledLine next) {
    line = next;
    getStyleClass().setAll("line-node");
    if (!next.style().isEmpty()) {
      getStyleClass().add(next.style());
    }
    getChildren().setAll(flow);
    grounds.clear();
    List<Text> texts = new ArrayList<>();
    for (StyledLine.Run run : next.runs()) {
      Text text = new Text(run.text());
      text.getStyleClass().add("run");
      if (!run.style().isEmpty()) {
        text.getStyleClass().add(run.style());
        Path ground = new Path();
        ground.setManaged(false);
        ground.getStyleClass().addAll("ground", run.style());
        grounds.add(ground);
      }
      texts.add(text);
    }
    getChildren().addAll(0, grounds);
    flow.getChildren().setAll(texts);
    flow.setNodeOrientation(
        next.isRightToLeft() ? NodeOrientation.RIGHT_TO_LEFT : NodeOrientation.LEFT_TO_RIGHT);
    requestLayout();
  }

  /** White space that hangs over at a line's end must not widen the list. */
  @Override
  protected double computePrefWidth(double height) {
    return 40;
  }

  @Override
  protected void layoutChildren() {
    double width = Math.ceil(flow.prefWidth(-1));
    double height = flow.prefHeight(-1);
    double x = line.isRightToLeft() ? getWidth() - width : 0;
    double y = snapPositionY((getHeight() - height) / 2);
    flow.resizeRelocate(x, y, width, height);
    int offset = 0;
    int ground = 0;
    for (StyledLine.Run run : line.runs()) {
      if (!run.style().isEmpty()) {
        Path path = grounds.get(ground++);
        path.getElements()
            .setAll(
                flow.getRangeShape(offset, offset + run.text().stripTrailing().length(), false));
        path.setLayoutX(x);
        path.setLayoutY(y);
      }
      offset += run.text().length();
    }
  }
}
