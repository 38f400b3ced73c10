package org.qalam.exchange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An Office document that is being written: the same parts always make the same bytes. */
final class ZipText {
  /**
   * The oldest time but one that a ZIP archive can hold. With the oldest Java writes a field of its
   * own that tells the time again, and an OpenDocument file is known by having none in its first
   * entry (OpenDocument 1.3, part 2, 3.3).
   */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0, 2);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8);

  ZipText add(String name, byte[] part) {
    return add(new ZipEntry(name), part);
  }

  ZipText add(String name, String part) {
    return add(name, part.getBytes(StandardCharsets.UTF_8));
  }

  /** A part that is not deflated, so that other programs find it by its place. */
  ZipText addPlain(String name, String part) {
    byte[] content = part.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(sum.getValue());
    return add(entry, content);
  }

  private ZipText add(ZipEntry entry, byte[] part) {
    try {
      entry.setTimeLocal(TIME);
      zip.putNextEntry(entry);
      zip.write(part);
      zip.closeEntry();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }

  byte[] bytes() {
    try {
      zip.close();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
