package org.qalam.secret;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The key ring of a data folder, in three places: without it nothing could be read again. Confined
 * to whoever has the folder's lock, except {@link #read}.
 */
public final class KeyFile {
  private static final String NAME = "qalam.keys";

  private final List<Path> places;

  public KeyFile(Path folder) {
    this.places =
        List.of(
            folder.resolve(NAME),
            folder.resolve(NAME + ".copy"),
            folder.resolve("backups").resolve(NAME));
  }

  /**
   * The key ring; empty where there is none.
   *
   * @throws IOException where none of the places has it whole, in a sentence for the writer
   */
  public Optional<KeyRing> read() throws IOException {
    boolean isThere = false;
    for (Path place : places) {
      if (Files.exists(place)) {
        isThere = true;
        Optional<KeyRing> ring = KeyRing.read(Files.readAllBytes(place));
        if (ring.isPresent()) {
          return ring;
        }
      }
    }
    if (isThere) {
      throw new IOException(
          places.getFirst()
              + " is damaged, and so are its copies: without it the notes cannot be unlocked; put"
              + " the file from a copy of this folder in its place.");
    }
    return Optional.empty();
  }

  /**
   * Writes it to all places; when this returns it is on disk. On a disk without room for that all
   * of them stay as they were.
   */
  public void write(KeyRing ring) throws IOException {
    byte[] bytes = ring.bytes();
    for (Path place : places) {
      Path part = part(place);
      Files.createDirectories(place.resolveSibling("."));
      Files.write(part, bytes);
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
    for (Path place : places) {
      Files.move(
          part(place), place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static Path part(Path place) {
    return place.resolveSibling(place.getFileName() + ".part");
  }

  /** Writes what a place lacks or has damaged; one that cannot be written is left. */
  public void complete(KeyRing ring) {
    byte[] bytes = ring.bytes();
    try {
      for (Path place : places) {
        if (!Files.exists(place) || !Arrays.equals(bytes, Files.readAllBytes(place))) {
          write(ring);
          return;
        }
      }
    } catch (IOException e) {
      System.getLogger(KeyFile.class.getName())
          .log(System.Logger.Level.WARNING, "a copy of the keys could not be written", e);
    }
  }

  /** Takes it away from all places. */
  public void delete() throws IOException {
    for (Path place : places) {
      Files.deleteIfExists(place);
    }
  }
}
