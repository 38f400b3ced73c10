package org.qalam.engine.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/**
 * Copies saved weights so that each begins at a page. ONNX Runtime 1.29 writes those below a
 * megabyte one directly behind the other, but its kernels find the parts of their weights by
 * rounding addresses up: read from where another rounding holds, they are nonsense.
 */
final class AlignedWeights {
  private static final int PAGE = 4096;

  /** Key of an initializer's own weights, as kernels like them; a number follows. */
  private static final String PREPACKED = "prepacked";

  private final FileChannel from;
  private final FileChannel to;
  private final Progress progress;
  private final CancellationToken cancellation;

  private AlignedWeights(
      FileChannel from, FileChannel to, Progress progress, CancellationToken cancellation) {
    this.from = from;
    this.to = to;
    this.progress = progress;
    this.cancellation = cancellation;
  }

  /**
   * Rewrites a graph and the one file of its weights, which lies beside it.
   *
   * @param graph whose initializers give offsets and lengths in the file
   * @param source the file as it was saved
   * @param target the file that the initializers name, made here
   * @param progress hears of bytes copied
   */
  static void copy(
      Path graph, Path source, Path target, Progress progress, CancellationToken cancellation)
      throws IOException {
    ModelProto model;
    try (var in = Files.newInputStream(graph)) {
      model = ModelProto.parseFrom(in);
    }
    GraphProto.Builder nodes = model.getGraph().toBuilder();
    try (FileChannel from = FileChannel.open(source);
        FileChannel to =
            FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      AlignedWeights weights = new AlignedWeights(from, to, progress, cancellation);
      for (TensorProto.Builder tensor : nodes.getInitializerBuilderList()) {
        weights.move(tensor);
      }
    }
    try (var out = Files.newOutputStream(graph)) {
      model.toBuilder().setGraph(nodes).build().writeTo(out);
    }
  }

  private void move(TensorProto.Builder tensor) throws IOException {
    StringStringEntryProto.Builder offset = null;
    long length = -1;
    for (StringStringEntryProto.Builder entry : tensor.getExternalDataBuilderList()) {
      if (entry.getKey().equals("offset")) {
        offset = entry;
      } else if (entry.getKey().equals("length")) {
        length = Long.parseLong(entry.getValue());
      }
    }
    if (offset != null && length >= 0) {
      offset.setValue(Long.toString(copy(Long.parseLong(offset.getValue()), length)));
    }
    for (StringStringEntryProto.Builder entry : tensor.getExternalDataBuilderList()) {
      if (entry.getKey().startsWith(PREPACKED)) {
        entry.setValue(moved(entry.getValue()));
      }
    }
  }

  /** Of the form {@code key|offset;length;checksum|offset;length;checksum...}. */
  private String moved(String buffers) throws IOException {
    String[] parts = buffers.split("\\|", -1);
    for (int i = 1; i < parts.length; i++) {
      String[] numbers = parts[i].split(";", 3);
      if (numbers.length == 3) {
        long place = copy(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
        parts[i] = place + ";" + numbers[1] + ";" + numbers[2];
      }
    }
    return String.join("|", parts);
  }

  /** Gives the bytes' new place. */
  private long copy(long offset, long length) throws IOException {
    long place = (to.position() + PAGE - 1) / PAGE * PAGE;
    to.position(place);
    for (long done = 0; done < length; ) {
      cancellation.throwIfCancelled();
      long moved = from.transferTo(offset + done, Math.min(length - done, 64 << 20), to);
      if (moved <= 0) {
        throw new EOFException("the saved weights end before " + (offset + length));
      }
      done += moved;
      progress.report(Math.min(to.position(), from.size()), from.size());
    }
    return place;
  }
}
