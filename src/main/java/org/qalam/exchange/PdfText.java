package org.qalam.exchange;

import java.text.Bidi;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words of one paragraph, which are broken into lines and ordered within them (Unicode's
 * annexes 9 and 14). A line break of the writer's ends a paragraph of the Bidi algorithm, but for
 * the direction, which is the whole paragraph's. Used by one thread.
 */
final class PdfText {
  /** Code looks larger than words of its size. */
  static final float CODE_SIZE = 0.8f;

  /** Text of one face and level. */
  private record Piece(int start, int end, PdfFace face, int level, Set<Mark> marks, String link) {}

  private final PdfFaces faces;
  private final float size;
  private final boolean rightToLeft;
  private final boolean isCodeBlock;
  private final String text;
  private final Bidi bidi;
  private final List<Piece> pieces = new ArrayList<>();

  private PdfText(
      PdfFaces faces,
      List<Inlines.Run> runs,
      Set<Mark> marks,
      float size,
      Direction direction,
      boolean isCodeBlock) {
    this.faces = faces;
    this.size = size;
    this.isCodeBlock = isCodeBlock;
    rightToLeft = direction.isRightToLeft();
    StringBuilder all = new StringBuilder();
    runs.forEach(run -> all.append(clean(run.text())));
    text = all.toString();
    bidi =
        new Bidi(text, rightToLeft ? Bidi.DIRECTION_RIGHT_TO_LEFT : Bidi.DIRECTION_LEFT_TO_RIGHT);
    if (!text.isEmpty()) {
      int at = 0;
      for (Inlines.Run run : runs) {
        Set<Mark> both = EnumSet.noneOf(Mark.class);
        both.addAll(marks);
        both.addAll(run.marks());
        int end = at + clean(run.text()).length();
        pieces(at, end, both, run.link());
        at = end;
      }
    }
  }

  /** As long as before or shorter; what stands for nothing on paper is a space or gone. */
  private static String clean(String text) {
    return text.replaceAll("[\\u00ad\\ufeff]", "").replaceAll("[\\p{Cc}\\u2028\\u2029]", " ");
  }

  /**
   * The paragraph of runs, in lines.
   *
   * @param marks of all of it
   * @param size points
   * @param width points that a line may take
   */
  static List<PdfLine> lines(
      PdfFaces faces,
      List<Inlines.Run> runs,
      Set<Mark> marks,
      float size,
      Direction direction,
      float width) {
    List<PdfLine> lines = new ArrayList<>();
    for (PdfText part : parts(faces, runs, marks, size, direction)) {
      part.breakInto(lines, width);
    }
    return lines;
  }

  /** One line of a block of code, which is broken where it is too long. */
  static List<PdfLine> code(PdfFaces faces, String line, float size, float width) {
    List<PdfLine> lines = new ArrayList<>();
    new PdfText(
            faces,
            List.of(new Inlines.Run(line, EnumSet.of(Mark.CODE), "")),
            Set.of(),
            size / CODE_SIZE,
            Direction.LEFT_TO_RIGHT,
            true)
        .breakInto(lines, width);
    return lines;
  }

  /** How wide the longest word is (0) and how wide the text would be in one line (1). */
  static float[] widths(
      PdfFaces faces, List<Inlines.Run> runs, Set<Mark> marks, float size, Direction direction) {
    float[] widths = new float[2];
    for (PdfText part : parts(faces, runs, marks, size, direction)) {
      float whole = 0;
      for (int[] word : part.words()) {
        widths[0] = Math.max(widths[0], part.width(word[0], part.trimmed(word[0], word[1])));
        whole += part.width(word[0], word[1]);
      }
      widths[1] = Math.max(widths[1], whole);
    }
    return widths;
  }

  private static List<PdfText> parts(
      PdfFaces faces, List<Inlines.Run> runs, Set<Mark> marks, float size, Direction direction) {
    List<PdfText> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= runs.size(); i++) {
      if (i == runs.size() || runs.get(i).isBreak()) {
        parts.add(new PdfText(faces, runs.subList(from, i), marks, size, direction, false));
        from = i + 1;
      }
    }
    return parts;
  }

  private void pieces(int start, int end, Set<Mark> marks, String link) {
    int at = start;
    int from = start;
    PdfFace face = null;
    int level = 0;
    while (at < end) {
      int c = text.codePointAt(at);
      PdfFace own = face;
      if (own == null || !staysWithTheLast(c)) {
        own = faces.of(c, marks);
        faces.count(c, own);
      }
      int ownLevel = bidi.getLevelAt(at);
      if (face != null && (!own.equals(face) || ownLevel != level)) {
        pieces.add(new Piece(from, at, face, level, marks, link));
        from = at;
      }
      face = own;
      level = ownLevel;
      at += Character.charCount(c);
    }
    if (face != null) {
      pieces.add(new Piece(from, end, face, level, marks, link));
    }
  }

  private static boolean staysWithTheLast(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.FORMAT;
  }

  /** Where lines may be broken: (word) start and end, its spaces with it. */
  private List<int[]> words() {
    List<int[]> words = new ArrayList<>();
    BreakIterator breaks = BreakIterator.getLineInstance(Locale.ROOT);
    breaks.setText(text);
    int start = 0;
    for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
      words.add(new int[] {start, end});
      start = end;
    }
    return words;
  }

  private List<int[]> characters(int from, int to) {
    List<int[]> characters = new ArrayList<>();
    BreakIterator breaks = BreakIterator.getCharacterInstance(Locale.ROOT);
    breaks.setText(text.substring(from, to));
    int start = 0;
    for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
      characters.add(new int[] {from + start, from + end});
      start = end;
    }
    return characters;
  }

  private void breakInto(List<PdfLine> lines, float limit) {
    int start = 0;
    float filled = 0;
    for (int[] word : words()) {
      int end = trimmed(word[0], word[1]);
      float bare = width(word[0], end);
      if (filled + bare > limit && word[0] > start) {
        lines.add(line(start, word[0]));
        start = word[0];
        filled = 0;
      }
      if (bare > limit) {
        for (int[] character : characters(word[0], end)) {
          float one = width(character[0], character[1]);
          if (filled + one > limit && character[0] > start) {
            lines.add(line(start, character[0]));
            start = character[0];
            filled = 0;
          }
          filled += one;
        }
        filled += width(end, word[1]);
      } else {
        filled += bare + width(end, word[1]);
      }
    }
    if (start < text.length() || text.isEmpty()) {
      lines.add(line(start, text.length()));
    }
  }

  private int trimmed(int start, int end) {
    int last = end;
    while (last > start && text.charAt(last - 1) == ' ') {
      last--;
    }
    return last;
  }

  private float width(int start, int end) {
    float width = 0;
    for (int i = pieceAt(start); i < pieces.size() && pieces.get(i).start() < end; i++) {
      Piece piece = pieces.get(i);
      PdfGlyphs glyphs =
          piece
              .face()
              .shape(
                  text,
                  Math.max(start, piece.start()),
                  Math.min(end, piece.end()),
                  piece.level() % 2 == 1,
                  !rightToLeft);
      width += glyphs.width() / 1000 * size(piece);
    }
    return width;
  }

  /** The index of the piece that an offset lies in. */
  private int pieceAt(int offset) {
    int low = 0;
    int high = pieces.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (pieces.get(middle).end() <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private float size(Piece piece) {
    return piece.marks().contains(Mark.CODE) ? size * CODE_SIZE : size;
  }

  private PdfLine line(int start, int whole) {
    int end = isCodeBlock ? whole : trimmed(start, whole);
    List<PdfLine.Span> spans = new ArrayList<>();
    if (start >= end) {
      return new PdfLine(spans, 0);
    }
    Bidi ordering = bidi.createLineBidi(start, end);
    List<Piece> parts = new ArrayList<>();
    for (int i = pieceAt(start); i < pieces.size() && pieces.get(i).start() < end; i++) {
      Piece piece = pieces.get(i);
      int at = Math.max(start, piece.start());
      int last = Math.min(end, piece.end());
      while (at < last) {
        // spaces at a line's end take the paragraph's level, so levels are asked for again
        int level = ordering.getLevelAt(at - start);
        int next = at + 1;
        while (next < last && ordering.getLevelAt(next - start) == level) {
          next++;
        }
        parts.add(new Piece(at, next, piece.face(), level, piece.marks(), piece.link()));
        at = next;
      }
    }
    byte[] levels = new byte[parts.size()];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) parts.get(i).level();
    }
    Piece[] ordered = parts.toArray(Piece[]::new);
    Bidi.reorderVisually(levels, 0, ordered, 0, ordered.length);
    float x = 0;
    for (Piece piece : ordered) {
      PdfGlyphs glyphs =
          piece
              .face()
              .shape(text, piece.start(), piece.end(), piece.level() % 2 == 1, !rightToLeft);
      float width = glyphs.width() / 1000 * size(piece);
      spans.add(
          new PdfLine.Span(
              glyphs,
              x,
              size(piece),
              width,
              !isCodeBlock && piece.marks().contains(Mark.CODE),
              piece.marks().contains(Mark.STRIKE),
              piece.link()));
      x += width;
    }
    return new PdfLine(spans, x);
  }
}
