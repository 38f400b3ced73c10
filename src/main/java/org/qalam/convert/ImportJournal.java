package org.qalam.convert;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.qalam.catalog.UnfinishedImports;

/**
 * What an import has done so far, written down beside its data so that it can be gone on with: a
 * line for each piece of the data file, each with its own check sum, the first with what is
 * imported how. Whoever has it open holds the folder. Confined to one thread.
 */
final class ImportJournal implements AutoCloseable {
  private static final String TITLE = "qalam-import";
  private static final int CHECK_DIGITS = 8;

  /** Tensors, end, check sum. */
  private static final Pattern PIECE = Pattern.compile("(\\d{1,9}) (\\d{1,18}) ([0-9a-f]{1,8})");

  /** A model of a thousand layers has some ten thousand lines of less than 100 bytes. */
  private static final long MAX_BYTES = 4 << 20;

  private final FileChannel channel;
  private final List<Piece> pieces = new ArrayList<>();
  private final List<Long> ends = new ArrayList<>(); // of the lines; the first is the title's

  /**
   * Bytes of the data file, which begin where those of the piece before end.
   *
   * @param tensors of the source that it was made of
   * @param end where the next piece begins
   * @param crc CRC-32C of the piece, padding included
   */
  record Piece(int tensors, long end, int crc) {}

  private ImportJournal(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Opens a journal and takes its folder.
   *
   * @param fingerprint of what is imported how; a journal of anything else is begun anew
   * @throws ImportException where somebody else works in the folder
   */
  static ImportJournal open(Path file, String id, String fingerprint)
      throws IOException, ImportException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (UnfinishedImports.tryLock(channel) == null) {
        throw new ImportException(
            id + ": another Qalam is importing this model at the moment; wait until it is done");
      }
      ImportJournal journal = new ImportJournal(channel);
      journal.read(TITLE + " " + fingerprint);
      return journal;
    } catch (ImportException | IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Reads up to the first line that is not whole, and cuts off what follows. */
  private void read(String title) throws IOException {
    byte[] bytes = new byte[(int) Math.min(channel.size(), MAX_BYTES)];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
    int start = 0;
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == '\n') {
        String line = checked(new String(bytes, start, at - start, StandardCharsets.ISO_8859_1));
        if (ends.isEmpty() ? !line.equals(title) : !take(line)) {
          break;
        }
        ends.add(at + 1L);
        start = at + 1;
      }
    }
    if (ends.isEmpty()) {
      channel.truncate(0).position(0);
      write(title);
    } else {
      channel.truncate(ends.getLast()).position(ends.getLast());
    }
  }

  /** What a line says; empty where its check sum is not its own. */
  private static String checked(String line) {
    if (line.length() <= CHECK_DIGITS) {
      return "";
    }
    String said = line.substring(CHECK_DIGITS + 1);
    return line.startsWith(check(said) + " ") ? said : "";
  }

  private boolean take(String line) {
    Matcher fields = PIECE.matcher(line);
    if (!fields.matches()) {
      return false;
    }
    long end = Long.parseLong(fields.group(2));
    if (end <= (pieces.isEmpty() ? 0 : pieces.getLast().end())) {
      return false;
    }
    int crc = Integer.parseUnsignedInt(fields.group(3), 16);
    return pieces.add(new Piece(Integer.parseInt(fields.group(1)), end, crc));
  }

  /** The pieces that are written, in the data file's order. */
  List<Piece> pieces() {
    return List.copyOf(pieces);
  }

  /** Tensors of the source in all pieces. */
  int tensors() {
    return pieces.stream().mapToInt(Piece::tensors).sum();
  }

  /** Forgets all but the first pieces. */
  void keep(int count) throws IOException {
    if (count < pieces.size()) {
      pieces.subList(count, pieces.size()).clear();
      ends.subList(count + 1, ends.size()).clear();
      channel.truncate(ends.getLast()).position(ends.getLast());
    }
  }

  /** Writes a piece down whose bytes are in the data file. */
  void add(Piece piece) throws IOException {
    write(piece.tensors() + " " + piece.end() + " " + Integer.toHexString(piece.crc()));
    pieces.add(piece);
  }

  private void write(String line) throws IOException {
    String checked = check(line) + " " + line + "\n";
    ByteBuffer bytes = ByteBuffer.wrap(checked.getBytes(StandardCharsets.ISO_8859_1));
    while (bytes.hasRemaining()) {
      int _ = channel.write(bytes);
    }
    ends.add(channel.position());
  }

  private static String check(String line) {
    CRC32C crc = new CRC32C();
    crc.update(line.getBytes(StandardCharsets.ISO_8859_1));
    return "%08x".formatted(crc.getValue());
  }

  /** Waits until what is written would survive a loss of power. */
  void force() throws IOException {
    channel.force(false);
  }

  /** Gives the folder free. Closing twice is harmless. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
