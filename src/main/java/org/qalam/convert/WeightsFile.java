package org.qalam.convert;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.qalam.convert.ImportJournal.Piece;
import org.qalam.task.CancellationToken;

/**
 * The file of a graph's weights while it grows. Weights go straight to the disk, so that a model of
 * any size needs little memory; what an interrupted import had stored, as its journal tells, is
 * verified and then not made a second time. Confined to one thread.
 */
final class WeightsFile implements AutoCloseable {
  /** Weights start at multiples of a page, so that they can be mapped where they lie. */
  private static final int PAGE = 4096;

  /** So many bytes a loss of power may cost; waiting for the disk at each tensor costs more. */
  private static final long FORCED = 64L << 20;

  private final FileChannel channel;
  private final ImportJournal journal;
  private final CheckedOutputStream checked;
  private final OutputStream out;
  private final List<Piece> kept;
  private int next; // of the kept pieces
  private long size;
  private long forced;

  /** Where a tensor's bytes lie in the file; two tensors may share them. */
  record Stored(long offset, long length) {}

  /** Writes the rows of a tensor's bytes, one after the other. */
  interface Rows {
    void writeTo(OutputStream out) throws IOException, ImportException;
  }

  /**
   * Bytes that begin at a page of their own.
   *
   * @param length in bytes; {@code rows} must write as many
   */
  record Part(long length, Rows rows) {
    static Part of(float[] numbers) {
      byte[] bytes = OnnxGraph.bytes(numbers);
      return new Part(bytes.length, out -> out.write(bytes));
    }
  }

  /**
   * Opens the file, verifies what the journal says of it, and cuts off what is not sound.
   *
   * @param journal stays the caller's
   */
  static WeightsFile open(Path file, ImportJournal journal, CancellationToken cancellation)
      throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      int sound = sound(channel, journal.pieces(), cancellation);
      journal.keep(sound);
      return new WeightsFile(channel, journal);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private WeightsFile(FileChannel channel, ImportJournal journal) throws IOException {
    this.channel = channel;
    this.journal = journal;
    this.kept = journal.pieces();
    this.checked = new CheckedOutputStream(Channels.newOutputStream(channel), new CRC32C());
    this.out = new BufferedOutputStream(checked, 1 << 20);
    long end = kept.isEmpty() ? 0 : kept.getLast().end();
    channel.truncate(end).position(end);
    this.forced = end;
  }

  /** How many of the first pieces are as they were written. */
  private static int sound(FileChannel channel, List<Piece> pieces, CancellationToken cancellation)
      throws IOException {
    InputStream in = Channels.newInputStream(channel.position(0));
    byte[] buffer = new byte[1 << 20];
    long at = 0;
    for (int piece = 0; piece < pieces.size(); piece++) {
      long end = pieces.get(piece).end();
      if (end > channel.size()) {
        return piece;
      }
      CRC32C crc = new CRC32C();
      while (at < end) {
        cancellation.throwIfCancelled();
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, end - at));
        if (read < 0) {
          return piece;
        }
        crc.update(buffer, 0, read);
        at += read;
      }
      if ((int) crc.getValue() != pieces.get(piece).crc()) {
        return piece;
      }
    }
    return pieces.size();
  }

  /**
   * Stores parts one behind the other, all of them or, where the import ends before, none.
   *
   * @param tensors of the source that they are made of
   * @param parts are not asked for their rows where these bytes are there already
   */
  List<Stored> store(int tensors, Part... parts) throws IOException, ImportException {
    List<Stored> stored = new ArrayList<>();
    long end = size;
    for (Part part : parts) {
      end += padding(end);
      stored.add(new Stored(end, part.length()));
      end += part.length();
    }
    if (!isKept(tensors, end)) {
      write(tensors, parts, end);
    }
    size = end;
    return stored;
  }

  private boolean isKept(int tensors, long end) throws IOException {
    if (next >= kept.size()) {
      return false;
    }
    Piece piece = kept.get(next);
    if (piece.tensors() == tensors && piece.end() == end) {
      next++;
      return true;
    }
    // The journal is another model's after all, from here on.
    journal.keep(next);
    next = kept.size();
    channel.truncate(size).position(size);
    forced = Math.min(forced, size);
    return false;
  }

  private void write(int tensors, Part[] parts, long end) throws IOException, ImportException {
    long at = size;
    checked.getChecksum().reset();
    for (Part part : parts) {
      int padding = padding(at);
      out.write(new byte[padding]);
      part.rows().writeTo(out);
      at += padding + part.length();
    }
    out.flush();
    if (channel.position() != end) {
      throw new IllegalStateException(
          "expected the weights to end at " + end + ", found " + channel.position());
    }
    journal.add(new Piece(tensors, end, (int) checked.getChecksum().getValue()));
    if (end - forced >= FORCED) {
      force();
      forced = end;
    }
  }

  private void force() throws IOException {
    channel.force(false);
    journal.force();
  }

  private static int padding(long at) {
    return (int) (-at & (PAGE - 1));
  }

  /** Closes the file; what is stored by then can be gone on with. Closing twice is harmless. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
