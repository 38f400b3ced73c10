package org.qalam.exchange;

import java.util.List;

/**
 * Letters of one face as they stand beside each other on paper. Lengths are thousandths of the
 * size.
 *
 * @param placed the left one first
 * @param width of all
 */
record PdfGlyphs(PdfFace face, List<Placed> placed, float width) {
  /**
   * A letter in its place.
   *
   * @param code what it is called in the file
   * @param x from the start to the right
   * @param y upwards
   * @param isSeen false for a character that is only there for those that read the file
   */
  record Placed(int code, float x, float y, boolean isSeen) {}
}
