package org.qalam.convert;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.qalam.catalog.ModelManifest;

/**
 * A SHA-256 over all that decides a model's weights, as far as it can be read in a moment: the
 * program, the options, the configuration, every source file's name, size and time of change, and
 * every tensor's name, type, shape and some pages of its numbers. Two checkpoints of one shape,
 * with times that a copying program has kept or lost, differ in their numbers (0082).
 */
final class SourceFingerprint {
  /** To be counted up when the same source becomes other bytes, or the journal changes. */
  private static final int FORMAT = 2;

  private static final int SAMPLE = 4096;

  private final MessageDigest digest;

  private SourceFingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * The fingerprint in lower-case hexadecimal.
   *
   * @param program version of the importing program
   */
  static String of(Checkpoint checkpoint, ImportOptions options, String program)
      throws IOException {
    SourceFingerprint fingerprint = new SourceFingerprint();
    fingerprint.add(FORMAT + " " + ModelManifest.FORMAT + " " + program);
    fingerprint.add(
        options.weights()
            + " "
            + options.activations()
            + " "
            + options.block()
            + " "
            + options.rounding()
            + " "
            + options.offsets());
    fingerprint.add(checkpoint.config() + " " + checkpoint.keepsFloats());
    for (CheckpointFile file : checkpoint.files()) {
      fingerprint.add(String.valueOf(file.path().getFileName()));
      fingerprint.add(Files.size(file.path()) + " " + Files.getLastModifiedTime(file.path()));
    }
    for (Map.Entry<String, Tensor> tensor : new TreeMap<>(checkpoint.tensors()).entrySet()) {
      fingerprint.add(tensor.getKey());
      fingerprint.add(tensor.getValue());
    }
    return HexFormat.of().formatHex(fingerprint.digest.digest());
  }

  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    digest.update(bytes);
  }

  private void add(Tensor tensor) {
    MemorySegment data = tensor.data();
    add(tensor.name() + " " + tensor.type() + " " + tensor.shape() + " " + data.byteSize());
    long last = Math.max(0, data.byteSize() - SAMPLE);
    for (long offset : new long[] {0, last / 2, last}) {
      long length = Math.min(SAMPLE, data.byteSize() - offset);
      digest.update(data.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE));
    }
    Tensor scales = tensor.scales();
    if (scales != null) {
      add(scales);
    }
  }
}
