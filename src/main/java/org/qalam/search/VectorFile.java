package org.qalam.search;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import org.qalam.secret.Seal;

/**
 * Vectors that were computed already, by the SHA-256 of what they are of, so that a start does not
 * begin anew. Each entry carries a checksum; what is damaged is as if it had not been kept, and a
 * file that is none is made anew. Confined to one thread.
 *
 * <p>Vectors tell what a text is about: the file is the owner's alone, and each entry is sealed
 * where the texts are.
 */
final class VectorFile implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(VectorFile.class.getName());
  private static final int HASH = 32;

  private final Path file;
  private final byte[] head; // names the format and the model
  private final int dimensions;
  private final Optional<Seal> seal;
  private final Map<String, NoteVectors.Vector> known = new HashMap<>();
  private final Set<String> used = new HashSet<>();
  private Optional<FileChannel> channel = Optional.empty();

  /**
   * Opens the file or begins it; where neither is possible, nothing is kept.
   *
   * @param model names what computes the vectors; those of another are of no use
   * @param seal what entries are sealed with; what is in the file in the open is removed then
   */
  VectorFile(Path file, String model, int dimensions, Optional<Seal> seal) {
    this.file = file;
    String kind = seal.isPresent() ? "Qalam sealed vectors 1 " : "Qalam vectors 1 ";
    this.head = (kind + model + " " + dimensions + "\n").getBytes(StandardCharsets.UTF_8);
    this.dimensions = dimensions;
    this.seal = seal;
    try {
      open();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "vectors cannot be kept", e);
    }
  }

  private int entryLength() {
    int plain = HASH + Float.BYTES + dimensions + Integer.BYTES;
    return plain + (seal.isPresent() ? Seal.OVERHEAD : 0);
  }

  private void open() throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    if (Files.notExists(file)) {
      begin(file);
    }
    byte[] all = Files.readAllBytes(file);
    boolean isOurs = all.length >= head.length && matches(all);
    if (!isOurs) {
      begin(file);
      all = head;
    }
    int at = head.length;
    for (; at + entryLength() <= all.length; at += entryLength()) {
      byte[] entry = Arrays.copyOfRange(all, at, at + entryLength());
      seal.map(by -> by.open(entry, head))
          .orElse(Optional.of(entry))
          .map(ByteBuffer::wrap)
          .ifPresent(this::read);
    }
    FileChannel opened = FileChannel.open(file, StandardOpenOption.WRITE);
    channel = Optional.of(opened);
    opened.truncate(at); // half an entry, of a program that was ended while it wrote
    opened.position(at);
  }

  private boolean matches(byte[] all) {
    return ByteBuffer.wrap(all, 0, head.length).equals(ByteBuffer.wrap(head));
  }

  private void begin(Path place) throws IOException {
    Files.deleteIfExists(place);
    if (place.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          place,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(place);
    }
    Files.write(place, head);
  }

  private void read(ByteBuffer entry) {
    CRC32C sum = new CRC32C();
    sum.update(entry.duplicate().limit(entry.limit() - Integer.BYTES));
    byte[] hash = new byte[HASH];
    byte[] numbers = new byte[dimensions];
    entry.get(hash);
    float scale = entry.getFloat();
    entry.get(numbers);
    if (entry.getInt() == (int) sum.getValue()) {
      known.put(HexFormat.of().formatHex(hash), new NoteVectors.Vector(numbers, scale));
    }
  }

  private static byte[] hash(String read) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(read.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** What is kept of a text. */
  Optional<NoteVectors.Vector> find(String read) {
    String key = HexFormat.of().formatHex(hash(read));
    used.add(key);
    return Optional.ofNullable(known.get(key));
  }

  /** Keeps a vector; a disk that is full keeps none, and search goes on. */
  void put(String read, NoteVectors.Vector vector) {
    byte[] hash = hash(read);
    String key = HexFormat.of().formatHex(hash);
    used.add(key);
    known.put(key, vector);
    ByteBuffer entry = entry(hash, vector);
    channel.ifPresent(open -> {
      try {
        while (entry.hasRemaining()) {
          int _ = open.write(entry);
        }
      } catch (IOException e) {
        LOG.log(System.Logger.Level.WARNING, "vectors cannot be kept", e);
        close();
      }
    });
  }

  private ByteBuffer entry(byte[] hash, NoteVectors.Vector vector) {
    ByteBuffer entry = ByteBuffer.allocate(HASH + Float.BYTES + dimensions + Integer.BYTES);
    entry.put(hash).putFloat(vector.scale()).put(vector.numbers());
    CRC32C sum = new CRC32C();
    sum.update(entry.duplicate().flip());
    entry.putInt((int) sum.getValue());
    return seal.map(by -> ByteBuffer.wrap(by.seal(entry.array(), head))).orElse(entry.flip());
  }

  /**
   * Forgets what nobody has asked for since the file was opened, where it is more than the rest. To
   * be called when all texts that there are have been asked for.
   */
  void tidy() {
    Map<String, NoteVectors.Vector> wanted = new HashMap<>(known);
    wanted.keySet().retainAll(used);
    if (channel.isEmpty() || known.size() <= 2 * wanted.size()) {
      return;
    }
    Path next = file.resolveSibling(file.getFileName() + ".new");
    try {
      begin(next);
      try (FileChannel out = FileChannel.open(next, StandardOpenOption.APPEND)) {
        for (Map.Entry<String, NoteVectors.Vector> each : wanted.entrySet()) {
          ByteBuffer entry = entry(HexFormat.of().parseHex(each.getKey()), each.getValue());
          while (entry.hasRemaining()) {
            int _ = out.write(entry);
          }
        }
      }
      close();
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
      known.clear();
      open();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "vectors cannot be put in order", e);
    }
  }

  /** How many are kept. */
  int size() {
    return known.size();
  }

  /** Lets go of the file. Closing twice is harmless. */
  @Override
  public void close() {
    channel.ifPresent(open -> {
      try {
        open.close();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.WARNING, "the file of vectors could not be closed", e);
      }
    });
    channel = Optional.empty();
  }
}
