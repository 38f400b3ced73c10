package org.qalam.engine.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.qalam.catalog.GraphSignature;
import org.qalam.catalog.ModelManifest;
import org.qalam.engine.ModelLoadException;
import org.qalam.engine.ModelLoadException.Reason;

/**
 * What a run of an exported graph needs to know.
 *
 * @param names of inputs and outputs
 * @param cacheType of keys and values: float32 or float16
 * @param logitsType float32 or float16
 * @param givesLastOnly whether the graph gives the logits of the last position alone
 * @param readsInPieces whether a step may read several tokens after others; some graphs can do that
 *     at the beginning of a text only
 */
record ExportedSignature(
    GraphSignature names,
    OnnxJavaType cacheType,
    OnnxJavaType logitsType,
    boolean givesLastOnly,
    boolean readsInPieces) {
  /**
   * The signature with what a trial has shown.
   *
   * @throws ModelLoadException where the graph cannot continue a text
   */
  ExportedSignature after(ExportedGenerator.Reading reading, String model)
      throws ModelLoadException {
    if (reading == ExportedGenerator.Reading.NOTHING) {
      throw new ModelLoadException(
          Reason.UNSUPPORTED,
          model
              + ": its graph reads a text but cannot go on with it on this machine's processor;"
              + " take one that was exported for the CPU, int4 or fp32");
    }
    return new ExportedSignature(
        names, cacheType, logitsType, givesLastOnly, reading == ExportedGenerator.Reading.PIECES);
  }

  /**
   * Checks that a graph takes and gives what its manifest says, and nothing more that a run would
   * have to give.
   *
   * @throws ModelLoadException with one sentence, where it does not
   */
  static ExportedSignature of(OrtSession session, ModelManifest manifest)
      throws ModelLoadException, OrtException {
    return new Check(session.getInputInfo(), session.getOutputInfo(), manifest).signature();
  }

  /** One comparison. */
  private static final class Check {
    private final Map<String, NodeInfo> inputs;
    private final Map<String, NodeInfo> outputs;
    private final ModelManifest manifest;

    Check(Map<String, NodeInfo> inputs, Map<String, NodeInfo> outputs, ModelManifest manifest) {
      this.inputs = new HashMap<>(inputs);
      this.outputs = outputs;
      this.manifest = manifest;
    }

    ExportedSignature signature() throws ModelLoadException {
      GraphSignature names = manifest.graph();
      whole(names.inputIds(), -1, -1);
      if (!names.attentionMask().isEmpty()) {
        whole(names.attentionMask(), -1, -1);
      }
      if (!names.positionIds().isEmpty()) {
        whole(names.positionIds(), -1, -1);
      }
      if (!names.logitsToKeep().isEmpty()) {
        whole(names.logitsToKeep());
      }
      OnnxJavaType cache = type(inputs.get(GraphSignature.inLayer(names.pastKeys(), 0)));
      for (int layer = 0; layer < manifest.layers(); layer++) {
        cache(inputs, GraphSignature.inLayer(names.pastKeys(), layer), cache);
        cache(inputs, GraphSignature.inLayer(names.pastValues(), layer), cache);
        cache(outputs, GraphSignature.inLayer(names.presentKeys(), layer), cache);
        cache(outputs, GraphSignature.inLayer(names.presentValues(), layer), cache);
        inputs.remove(GraphSignature.inLayer(names.pastKeys(), layer));
        inputs.remove(GraphSignature.inLayer(names.pastValues(), layer));
      }
      OnnxJavaType logits = type(outputs.get(names.logits()));
      require(outputs, names.logits(), logits, -1, -1, manifest.vocabularySize());
      if (!inputs.isEmpty()) {
        throw refused("its graph takes " + inputs.keySet() + ", which Qalam does not give");
      }
      long rows = shape(outputs.get(names.logits()))[1];
      return new ExportedSignature(names, cache, logits, rows == 1, true);
    }

    private void whole(String name, long... shape) throws ModelLoadException {
      require(inputs, name, OnnxJavaType.INT64, shape);
      inputs.remove(name);
    }

    private void cache(Map<String, NodeInfo> nodes, String name, OnnxJavaType type)
        throws ModelLoadException {
      require(nodes, name, type, -1, manifest.keyValueHeads(), -1, manifest.headSize());
    }

    /** The type of floating-point numbers; float32 where it is none, which is then refused. */
    private static OnnxJavaType type(@Nullable NodeInfo node) {
      return node != null
              && node.getInfo() instanceof TensorInfo info
              && info.type == OnnxJavaType.FLOAT16
          ? OnnxJavaType.FLOAT16
          : OnnxJavaType.FLOAT;
    }

    private static long[] shape(@Nullable NodeInfo node) {
      return node != null && node.getInfo() instanceof TensorInfo info
          ? info.getShape()
          : new long[3];
    }

    /** A size of -1, here or in the graph, fits every other. */
    private void require(Map<String, NodeInfo> nodes, String name, OnnxJavaType type, long... shape)
        throws ModelLoadException {
      @Nullable NodeInfo node = nodes.get(name);
      if (node != null && node.getInfo() instanceof TensorInfo info && info.type == type) {
        long[] found = info.getShape();
        // A keep-count may be a scalar or a list of one.
        boolean fits = found.length == shape.length || (shape.length == 0 && found.length == 1);
        for (int i = 0; fits && i < shape.length; i++) {
          fits = found[i] == shape[i] || found[i] == -1 || (shape[i] == -1 && found[i] >= 1);
        }
        if (fits) {
          return;
        }
      }
      throw refused(
          "its graph should have '"
              + name
              + "' ("
              + type
              + " "
              + Arrays.toString(shape)
              + ") but has "
              + (node == null ? nodes.keySet() : node.getInfo()));
    }

    private ModelLoadException refused(String why) {
      return new ModelLoadException(Reason.UNSUPPORTED, manifest.name() + ": " + why);
    }
  }
}
