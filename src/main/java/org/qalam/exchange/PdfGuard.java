package org.qalam.exchange;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Measures how large the streams of a PDF file become, before anything takes them into memory.
 * Streams are found by their keyword, so that no damaged table of contents hides one.
 */
final class PdfGuard {
  /** Of one stream. A page scanned in colour at 600 dots an inch has 104 MB. */
  static final long LARGEST_STREAM = 160L * 1024 * 1024;

  /** Of all streams together. */
  static final long LARGEST_ALL = 1024L * 1024 * 1024;

  private static final byte[] KEYWORD = {'s', 't', 'r', 'e', 'a', 'm'};

  /** Compressed within compressed. */
  private static final int DEEPEST = 3;

  private long all;

  private PdfGuard() {}

  /** Whether a file stays within the limits. */
  static boolean isFit(byte[] pdf) {
    PdfGuard guard = new PdfGuard();
    for (int at = 0; at < pdf.length - KEYWORD.length; at++) {
      if (pdf[at] == 's' && isKeyword(pdf, at)) {
        int start = at + KEYWORD.length;
        while (start < pdf.length && (pdf[start] == '\r' || pdf[start] == '\n')) {
          start++;
        }
        if (!guard.isFit(pdf, start)) {
          return false;
        }
        at = start - 1;
      }
    }
    return true;
  }

  private static boolean isKeyword(byte[] pdf, int at) {
    for (int i = 1; i < KEYWORD.length; i++) {
      if (pdf[at + i] != KEYWORD[i]) {
        return false;
      }
    }
    return at < 3 || pdf[at - 1] != 'd'; // not of endstream
  }

  /** Counts what a stream inflates to, as far as it does. */
  private boolean isFit(byte[] pdf, int start) {
    try (Layer layer = new Layer(0)) {
      return layer.isFit(pdf, start, pdf.length - start);
    } catch (DataFormatException e) {
      return true; // it ends here, or is no such stream
    }
  }

  /** What is inflated, and what is inflated of that again if it looks compressed too. */
  private final class Layer implements AutoCloseable {
    private final int depth;
    private final Inflater inflater = new Inflater();
    private final byte[] piece = new byte[16 * 1024];
    private long size;
    private @Nullable Layer inner;

    Layer(int depth) {
      this.depth = depth;
    }

    boolean isFit(byte[] bytes, int start, int length) throws DataFormatException {
      inflater.setInput(bytes, start, length);
      while (true) {
        int count = inflater.inflate(piece);
        if (count == 0) {
          return true;
        }
        if (size == 0 && count > 2 && (piece[0] & 0x0f) == 8 && depth + 1 < DEEPEST) {
          inner = new Layer(depth + 1);
        }
        size += count;
        all += count;
        if (size > LARGEST_STREAM || all > LARGEST_ALL || !isFitWithin(count)) {
          return false;
        }
      }
    }

    private boolean isFitWithin(int count) {
      Layer within = inner;
      if (within == null) {
        return true;
      }
      try {
        return within.isFit(piece, 0, count);
      } catch (DataFormatException e) {
        within.close();
        inner = null;
        return true;
      }
    }

    @Override
    public void close() {
      inflater.end();
      if (inner != null) {
        inner.close();
      }
    }
  }
}
