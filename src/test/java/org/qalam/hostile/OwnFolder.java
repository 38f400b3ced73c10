package org.qalam.hostile;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.qalam.app.EngineCalibrator;
import org.qalam.convert.CheckpointImporter;
import org.qalam.convert.ImportOptions;
import org.qalam.convert.ImportProgress;
import org.qalam.engine.onnx.OnnxModelPreparer;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/** Qalam's own model folder: made, and signed anew after a change, as whoever sends one can do. */
final class OwnFolder {
  private static final ObjectMapper JSON = new ObjectMapper();

  private OwnFolder() {}

  static Map<String, byte[]> make(Path source, Path work) throws Exception {
    ImportOptions options =
        new ImportOptions(
            "tiny", ImportOptions.DEFAULT.weights(), ImportOptions.DEFAULT.activations());
    var _ =
        new CheckpointImporter(work, new EngineCalibrator())
            .importModel(source, options, ImportProgress.NONE, new CancellationToken());
    Path folder = work.resolve("tiny");
    new OnnxModelPreparer().prepare(folder, 1, Progress.NONE, new CancellationToken());
    return Format.files(folder);
  }

  /**
   * Gives the manifest, and the description of the prepared files, the sizes and sums there are.
   */
  static void sign(Map<String, byte[]> files) throws Exception {
    if (sign(files, "manifest.json", "")) {
      ObjectNode prepared = (ObjectNode) JSON.readTree(files.get("prepared/prepared.json"));
      prepared.put("manifest", sha256(files.get("manifest.json")));
      files.put("prepared/prepared.json", JSON.writeValueAsBytes(prepared));
      sign(files, "prepared/prepared.json", "prepared/");
    }
  }

  private static boolean sign(Map<String, byte[]> files, String description, String folder)
      throws Exception {
    ObjectNode json = (ObjectNode) JSON.readTree(files.get(description));
    json.path("files")
        .forEach(file -> {
          byte[] bytes = files.get(folder + file.path("name").asText());
          if (bytes != null && file instanceof ObjectNode entry) {
            entry.put("size", bytes.length).put("sha256", sha256(bytes));
          }
        });
    files.put(description, JSON.writeValueAsBytes(json));
    return files.containsKey("prepared/prepared.json");
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
