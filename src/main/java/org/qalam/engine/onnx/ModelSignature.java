package org.qalam.engine.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.qalam.catalog.ModelManifest;
import org.qalam.engine.ModelLoadException;
import org.qalam.engine.ModelLoadException.Reason;

/** Checks when a model is loaded that its graph takes and gives what a run will use. */
final class ModelSignature {
  private ModelSignature() {}

  static void check(OrtSession session, ModelManifest manifest, boolean hasCompactCache)
      throws ModelLoadException, OrtException {
    Map<String, NodeInfo> inputs = session.getInputInfo();
    Map<String, NodeInfo> outputs = session.getOutputInfo();
    String name = manifest.name();
    require(name, inputs, "input_ids", OnnxJavaType.INT64, 1, -1);
    require(name, inputs, "seqlens_k", OnnxJavaType.INT32, 1);
    require(name, inputs, "total_sequence_length", OnnxJavaType.INT32);
    require(name, inputs, "logits_positions", OnnxJavaType.INT64, -1);
    require(name, outputs, "logits", OnnxJavaType.FLOAT, 1, -1, manifest.vocabularySize());
    OnnxJavaType number = hasCompactCache ? OnnxJavaType.INT8 : OnnxJavaType.FLOAT;
    long[] cache = {1, manifest.keyValueHeads(), -1, manifest.headSize()};
    for (int layer = 0; layer < manifest.layers(); layer++) {
      for (String part : new String[] {".key", ".value"}) {
        require(name, inputs, "past_key_values." + layer + part, number, cache);
        require(name, outputs, "present." + layer + part, number, cache);
      }
    }
    int expected = 4 + 2 * manifest.layers();
    if (inputs.size() != expected) {
      throw new ModelLoadException(
          Reason.UNSUPPORTED,
          name + ": its graph should take " + expected + " inputs but takes " + inputs.size());
    }
  }

  private static void require(
      String model, Map<String, NodeInfo> nodes, String name, OnnxJavaType type, long... shape)
      throws ModelLoadException {
    @Nullable NodeInfo node = nodes.get(name);
    if (node != null
        && node.getInfo() instanceof TensorInfo info
        && info.type == type
        && Arrays.equals(info.getShape(), shape)) {
      return;
    }
    throw new ModelLoadException(
        Reason.UNSUPPORTED,
        model
            + ": its graph should have '"
            + name
            + "' ("
            + type
            + " "
            + Arrays.toString(shape)
            + ") but has "
            + (node == null ? nodes.keySet() : node.getInfo()));
  }
}
