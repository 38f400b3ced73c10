package org.qalam.exchange;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.qalam.exchange.ExchangeException.Reason;

/**
 * The parts of an Office document, which is a ZIP archive. Parts are read by their names and never
 * written anywhere; how much they may grow to is limited. Used by one thread.
 */
final class ZipParts implements AutoCloseable {
  /** Largest archive. Pictures make it large; they are not read. */
  static final long LARGEST_FILE = 256L * 1024 * 1024;

  static final int MOST_ENTRIES = 10_000;

  /** Of all parts that are read, inflated. */
  static final long LARGEST_TEXT = 64L * 1024 * 1024;

  /** Inflated to deflated bytes of a part; text of people does not reach 50. */
  static final int LARGEST_RATIO = 400;

  /** Below this size the ratio does not matter. */
  private static final int SMALL = 4 * 1024 * 1024;

  private final Path file;
  private final ZipFile zip;
  private long left = LARGEST_TEXT;

  private ZipParts(Path file, ZipFile zip) {
    this.file = file;
    this.zip = zip;
  }

  static ZipParts open(Path file) throws IOException {
    ZipFile zip = new ZipFile(file.toFile());
    if (zip.size() > MOST_ENTRIES) {
      zip.close();
      throw new ExchangeException(
          Reason.TOO_LARGE,
          file,
          file + " is an archive of more than " + MOST_ENTRIES + " files; it is not opened.",
          null);
    }
    return new ZipParts(file, zip);
  }

  boolean has(String name) {
    return zip.getEntry(name) != null;
  }

  /** A part, which its reader closes; nothing where there is none of that name. */
  Optional<InputStream> part(String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null || entry.isDirectory()) {
      return Optional.empty();
    }
    InputStream in = zip.getInputStream(entry);
    return in == null ? Optional.empty() : Optional.of(new Limited(in, entry.getCompressedSize()));
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  private ExchangeException tooLarge() {
    return new ExchangeException(
        Reason.TOO_LARGE,
        file,
        file
            + " grows to far more than a document may hold when it is unpacked; it is not read any"
            + " further.",
        null);
  }

  /** Ends with an error where more comes than may. */
  private final class Limited extends FilterInputStream {
    private final long deflated;
    private long inflated;

    Limited(InputStream in, long deflated) {
      super(in);
      this.deflated = Math.max(1, deflated);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int count = super.read(bytes, from, length);
      count(Math.max(0, count));
      return count;
    }

    private void count(int bytes) {
      left -= bytes;
      inflated += bytes;
      if (left < 0 || (inflated > SMALL && inflated / deflated > LARGEST_RATIO)) {
        throw tooLarge();
      }
    }
  }
}
