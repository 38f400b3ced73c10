package org.qalam.document;

/**
 * A passage of a text.
 *
 * @param start offset of its first UTF-16 unit
 * @param end offset after its last one
 */
public record TextRange(int start, int end) {
  public TextRange {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("expected 0 <= start <= end, found " + start + ".." + end);
    }
  }

  public int length() {
    return end - start;
  }

  public boolean isEmpty() {
    return start == end;
  }

  /** The passage itself. */
  public String of(CharSequence text) {
    return text.subSequence(start, end).toString();
  }
}
