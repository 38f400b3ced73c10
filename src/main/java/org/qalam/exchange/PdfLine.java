package org.qalam.exchange;

import java.util.List;

/**
 * A line as it stands on paper.
 *
 * @param spans the left one first
 * @param width points
 */
record PdfLine(List<Span> spans, float width) {
  /**
   * Letters that look alike.
   *
   * @param x points from the start of the line
   * @param size points
   * @param width points
   * @param isCode as a mark within a paragraph
   * @param link empty for none
   */
  record Span(
      PdfGlyphs glyphs,
      float x,
      float size,
      float width,
      boolean isCode,
      boolean isStruck,
      String link) {}
}
