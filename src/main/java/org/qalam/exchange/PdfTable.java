package org.qalam.exchange;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.node.Node;

/**
 * A table on pages of a PDF file: columns as wide as their words ask for, its head again on each
 * page. Used by one thread.
 */
final class PdfTable {
  private static final float SIZE = PdfWriter.SIZE - 1;
  private static final float HEIGHT = SIZE * 1.5f;
  private static final float BESIDE = 6;
  private static final float ABOVE = 3;

  private record Cell(List<PdfLine> lines, Direction direction, TableCell.Alignment alignment) {}

  private record Row(List<Cell> cells, boolean isHead) {
    int height() {
      return cells.stream().mapToInt(cell -> cell.lines().size()).max().orElse(1);
    }
  }

  private final float[] widths; // (column)
  private final List<Row> rows = new ArrayList<>();

  /**
   * Lays out a table.
   *
   * @param room points that it may be wide
   */
  PdfTable(PdfFaces faces, Node table, float room) {
    List<List<Node>> nodes = new ArrayList<>();
    int columns = 1;
    for (Node part : Markdown.children(table)) {
      for (Node row : Markdown.children(part)) {
        nodes.add(Markdown.children(row));
        columns = Math.max(columns, nodes.getLast().size());
      }
    }
    String whole = Markdown.plain(table);
    widths = widths(faces, nodes, whole, columns, room);
    for (List<Node> row : nodes) {
      List<Cell> cells = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        cells.add(cell(faces, row.get(i), whole, widths[i] - 2 * BESIDE));
      }
      rows.add(new Row(cells, !row.isEmpty() && isHead(row.getFirst())));
    }
  }

  private static boolean isHead(Node cell) {
    return cell instanceof TableCell one && one.isHeader();
  }

  private static Set<Mark> marks(Node cell) {
    return isHead(cell) ? EnumSet.of(Mark.BOLD) : Set.of();
  }

  private static Cell cell(PdfFaces faces, Node node, String whole, float width) {
    List<Inlines.Run> runs = Inlines.of(node);
    // numbers run as the table does
    Direction direction = Direction.of(Inlines.text(runs) + whole);
    TableCell.Alignment asked = node instanceof TableCell one ? one.getAlignment() : null;
    TableCell.Alignment start =
        direction.isRightToLeft() ? TableCell.Alignment.RIGHT : TableCell.Alignment.LEFT;
    return new Cell(
        PdfText.lines(faces, runs, marks(node), SIZE, direction, width),
        direction,
        asked == null ? start : asked);
  }

  /** Each column gets its longest word; what is left is shared by what they would like. */
  private static float[] widths(
      PdfFaces faces, List<List<Node>> rows, String whole, int columns, float room) {
    float[] least = new float[columns];
    float[] liked = new float[columns];
    for (List<Node> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        List<Inlines.Run> runs = Inlines.of(row.get(i));
        float[] both =
            PdfText.widths(
                faces, runs, marks(row.get(i)), SIZE, Direction.of(Inlines.text(runs) + whole));
        least[i] = Math.max(least[i], both[0] + 1);
        liked[i] = Math.max(liked[i], both[1] + 1);
      }
    }
    float sumLeast = 0;
    float sumLiked = 0;
    for (int i = 0; i < columns; i++) {
      least[i] += 2 * BESIDE;
      liked[i] = Math.max(liked[i] + 2 * BESIDE, least[i]);
      sumLeast += least[i];
      sumLiked += liked[i];
    }
    float[] widths = new float[columns];
    for (int i = 0; i < columns; i++) {
      if (sumLiked <= room) {
        widths[i] = liked[i];
      } else if (sumLeast <= room) {
        widths[i] = least[i] + (room - sumLeast) * (liked[i] - least[i]) / (sumLiked - sumLeast);
      } else {
        widths[i] = Math.max(2 * BESIDE + SIZE, room * least[i] / sumLeast);
      }
    }
    return widths;
  }

  float width() {
    float sum = 0;
    for (float width : widths) {
      sum += width;
    }
    return sum;
  }

  /**
   * Writes the table.
   *
   * @param left points from the left edge of the page
   * @param rightToLeft whether the first column is the right one
   */
  void place(PdfPages pages, float left, boolean rightToLeft) {
    List<Row> head = rows.stream().filter(Row::isHead).toList();
    float headHeight = 0;
    for (Row row : head) {
      headHeight += row.height() * HEIGHT + 2 * ABOVE;
    }
    boolean repeats = headHeight < pages.wholeHeight() / 3;
    boolean isFirst = true;
    for (Row row : rows) {
      float whole = row.height() * HEIGHT + 2 * ABOVE;
      float wanted = isFirst && row.isHead() ? whole + HEIGHT + 2 * ABOVE : whole;
      if (!pages.hasRoom(wanted) && wanted + headHeight <= pages.wholeHeight()) {
        turn(pages, head, repeats && !row.isHead(), left, rightToLeft);
      }
      int from = 0;
      while (from < row.height()) {
        // only a row that is longer than a page is cut, between its lines
        int count = 1;
        while (from + count < row.height() && pages.hasRoom((count + 1) * HEIGHT + 2 * ABOVE)) {
          count++;
        }
        if (!pages.hasRoom(count * HEIGHT + 2 * ABOVE)) {
          turn(pages, head, repeats && !row.isHead(), left, rightToLeft);
          continue;
        }
        row(pages, row, from, count, left, rightToLeft);
        from += count;
      }
      isFirst = false;
    }
  }

  private void turn(
      PdfPages pages, List<Row> head, boolean repeats, float left, boolean rightToLeft) {
    pages.turn();
    if (repeats) {
      head.forEach(row -> row(pages, row, 0, row.height(), left, rightToLeft));
    }
  }

  private void row(PdfPages pages, Row row, int from, int count, float left, boolean rightToLeft) {
    float height = count * HEIGHT + 2 * ABOVE;
    float bottom = pages.take(height);
    float whole = width();
    if (row.isHead()) {
      pages.paper(left, bottom, whole, height);
    }
    float at = rightToLeft ? left + whole : left;
    pages.rule(at - 0.3f, bottom, 0.6f, height);
    for (int i = 0; i < widths.length; i++) {
      at += rightToLeft ? -widths[i] : widths[i];
      pages.rule(at - 0.3f, bottom, 0.6f, height);
      if (i >= row.cells().size()) {
        continue;
      }
      Cell cell = row.cells().get(i);
      float start = (rightToLeft ? at : at - widths[i]) + BESIDE;
      float free = widths[i] - 2 * BESIDE;
      for (int j = from; j < Math.min(from + count, cell.lines().size()); j++) {
        PdfLine line = cell.lines().get(j);
        float rest = free - line.width();
        float x =
            switch (cell.alignment()) {
              case LEFT -> start;
              case RIGHT -> start + rest;
              case CENTER -> start + rest / 2;
            };
        float base = bottom + height - ABOVE - (j - from) * HEIGHT - SIZE * PdfWriter.BASE;
        pages.write(line, x, base);
      }
    }
    pages.rule(left - 0.3f, bottom - 0.3f, whole + 0.6f, 0.6f);
    pages.rule(left - 0.3f, bottom + height - 0.3f, whole + 0.6f, 0.6f);
  }
}
