package org.qalam.ui.text;

import java.text.Bidi;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javafx.geometry.NodeOrientation;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/**
 * One line, its pieces put in the order of the bidirectional algorithm (Unicode TR 9) here, with a
 * coloured ground behind each piece that has a look of its own. (A TextFlow puts right-to-left
 * spans in the wrong order.)
 */
final class LineNode extends Region {
  /** Room around a piece with a ground, in pixels, where the line has that room. */
  private static final double PAD = 2;

  private static final String BRACKETS = "()[]{}<>«»‹›";

  private final List<Group> groups = new ArrayList<>();
  private final Text probe = new Text("ÂÅgj");
  private boolean isRightToLeft;

  LineNode() {
    // Places are counted from the left here, whatever the window's direction.
    setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
    probe.setManaged(false);
    probe.setVisible(false);
    probe.setTextOrigin(VPos.BASELINE);
  }

  void show(StyledLine line) {
    getStyleClass().setAll("line-node");
    if (!line.style().isEmpty()) {
      getStyleClass().add(line.style());
    }
    isRightToLeft = line.isRightToLeft();
    groups.clear();
    groups.addAll(group(visualOrder(line)));
    List<Node> nodes = new ArrayList<>();
    for (Group group : groups) {
      if (group.ground() != null) {
        nodes.add(group.ground());
      }
    }
    groups.forEach(group -> nodes.addAll(group.texts()));
    nodes.add(probe);
    getChildren().setAll(nodes);
  }

  /** Width of all pieces, in pixels. */
  double total() {
    return groups.stream().mapToDouble(Group::width).sum();
  }

  /** Neighbours of one run share a ground. */
  private static List<Group> group(List<Piece> pieces) {
    List<Group> groups = new ArrayList<>();
    for (int start = 0; start < pieces.size(); ) {
      int end = start + 1;
      while (end < pieces.size() && pieces.get(end).style().equals(pieces.get(start).style())) {
        end++;
      }
      groups.add(Group.of(pieces.subList(start, end)));
      start = end;
    }
    return groups;
  }

  private static List<Piece> visualOrder(StyledLine line) {
    String text = line.text().stripTrailing();
    if (text.isEmpty()) {
      return List.of();
    }
    String[] styles = styles(line, text.length());
    Bidi bidi =
        new Bidi(
            text,
            line.isRightToLeft() ? Bidi.DIRECTION_RIGHT_TO_LEFT : Bidi.DIRECTION_LEFT_TO_RIGHT);
    List<Piece> logical = new ArrayList<>();
    List<Byte> levels = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= text.length(); i++) {
      if (i == text.length()
          || bidi.getLevelAt(i) != bidi.getLevelAt(start)
          || !styles[i].equals(styles[start])
          || (bidi.getLevelAt(start) % 2 == 1 && !isJoined(text, i))) {
        int level = bidi.getLevelAt(start);
        String piece = text.substring(start, i);
        logical.add(new Piece(level % 2 == 1 ? mirrored(piece) : piece, styles[start]));
        levels.add((byte) level);
        start = i;
      }
    }
    Piece[] visual = logical.toArray(new Piece[0]);
    byte[] raw = new byte[levels.size()];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = levels.get(i);
    }
    Bidi.reorderVisually(raw, 0, visual, 0, visual.length);
    return Arrays.asList(visual);
  }

  /**
   * Whether a right-to-left word goes on at {@code i}. A text node of a word alone is drawn right
   * on every platform; signs and spaces between words are put in their places here.
   */
  private static boolean isJoined(String text, int i) {
    return isOfWord(text.charAt(i - 1)) && isOfWord(text.charAt(i));
  }

  private static boolean isOfWord(char c) {
    return Character.isLetter(c)
        || Character.isSurrogate(c)
        || Character.getType(c) == Character.NON_SPACING_MARK
        || c == '\u200C'
        || c == '\u200D';
  }

  /** A bracket that runs from right to left, drawn alone, is its counterpart. */
  private static String mirrored(String piece) {
    int pair = piece.length() == 1 ? BRACKETS.indexOf(piece) : -1;
    return pair < 0 ? piece : String.valueOf(BRACKETS.charAt(pair ^ 1));
  }

  /** The look of each character; white space at the edges of a run has none. */
  private static String[] styles(StyledLine line, int length) {
    String[] styles = new String[length];
    Arrays.fill(styles, "");
    int offset = 0;
    for (StyledLine.Run run : line.runs()) {
      int from = offset + run.text().length() - run.text().stripLeading().length();
      int to = offset + run.text().stripTrailing().length();
      for (int i = from; i < Math.min(to, length); i++) {
        styles[i] = run.style();
      }
      offset += run.text().length();
    }
    return styles;
  }

  /** The lines of a view are as wide as the view. */
  @Override
  protected double computePrefWidth(double height) {
    return 40;
  }

  @Override
  protected void layoutChildren() {
    double total = total();
    long grounds = groups.stream().filter(group -> group.ground() != null).count();
    double pad = grounds == 0 ? 0 : Math.clamp((getWidth() - total) / (2 * grounds), 0, PAD);
    double x = isRightToLeft ? getWidth() - total - 2 * pad * grounds : 0;
    double ascent = -probe.getLayoutBounds().getMinY();
    double descent = probe.getLayoutBounds().getMaxY();
    double baseline = Math.rint((getHeight() + ascent - descent) / 2);
    for (Group group : groups) {
      double inner = group.ground() == null ? 0 : pad;
      if (group.ground() != null) {
        group
            .ground()
            .resizeRelocate(
                x, Math.rint(baseline - ascent) + 1, group.width() + 2 * pad, ascent + descent - 1);
      }
      x += inner;
      for (Text text : group.texts()) {
        text.setLayoutX(x);
        text.setLayoutY(baseline);
        x += text.getLayoutBounds().getWidth();
      }
      x += inner;
    }
  }

  /** Characters of one direction and one look. */
  private record Piece(String text, String style) {}

  /** Neighbours of one look, from left to right, and the ground behind them. */
  private record Group(List<Text> texts, @Nullable Region ground) {
    static Group of(List<Piece> pieces) {
      String style = pieces.getFirst().style();
      List<Text> texts = new ArrayList<>();
      for (Piece piece : pieces) {
        Text text = new Text(TextDirection.withoutMarks(piece.text()));
        text.setTextOrigin(VPos.BASELINE);
        text.getStyleClass().add("run");
        if (!style.isEmpty()) {
          text.getStyleClass().add(style);
        }
        texts.add(text);
      }
      if (style.isEmpty()) {
        return new Group(texts, null);
      }
      Region ground = new Region();
      ground.getStyleClass().addAll("ground", style);
      return new Group(texts, ground);
    }

    double width() {
      return texts.stream().mapToDouble(text -> text.getLayoutBounds().getWidth()).sum();
    }
  }
}
