package org.qalam.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.qalam.catalog.CatalogException.Reason;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/** A model's folder: its manifest and the files that the manifest names. Any thread. */
public final class ModelFolder {
  public static final String GRAPH_FILE = "model.onnx";
  public static final String TOKENIZER_FILE = "tokenizer.json";

  /** The same model with a key-value cache of bytes; absent where its scales were not measured. */
  public static final String COMPACT_CACHE_GRAPH_FILE = "model.int8-cache.onnx";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(SerializationFeature.INDENT_OUTPUT);
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,100}");
  private static final long MAX_MANIFEST = 4 << 20;

  private ModelFolder() {}

  /**
   * Reads a folder's manifest.
   *
   * @throws CatalogException where there is none that this version understands
   */
  public static ModelManifest manifest(Path folder) throws CatalogException {
    Path file = folder.resolve(ModelManifest.FILE);
    ModelManifest manifest;
    try {
      if (Files.exists(file) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new CatalogException(
            Reason.UNSUPPORTED, file + ": this is a link or a folder; import the model again");
      }
      if (Files.size(file) > MAX_MANIFEST) {
        throw new CatalogException(Reason.UNSUPPORTED, file + ": this is too large for a manifest");
      }
      JsonNode json = JSON.readTree(Files.readAllBytes(file));
      if (json instanceof ObjectNode object && !object.has("graph")) {
        object.set("graph", JSON.valueToTree(GraphSignature.OWN)); // older than exported graphs
      }
      manifest = JSON.treeToValue(json, ModelManifest.class);
      if (manifest == null) { // the JSON word null
        throw new CatalogException(
            Reason.UNSUPPORTED, file + ": this is not a manifest; import the model again");
      }
    } catch (NoSuchFileException e) {
      throw new CatalogException(
          Reason.MISSING, file + ": there is no such file; import the model again", e);
    } catch (JsonProcessingException e) {
      throw new CatalogException(
          Reason.UNSUPPORTED,
          file + ": this is not a manifest that Qalam understands; import the model again",
          e);
    } catch (IOException e) {
      throw new CatalogException(Reason.FAILED, file + ": it cannot be read", e);
    }
    if (manifest.format() != ModelManifest.FORMAT) {
      throw new CatalogException(
          Reason.UNSUPPORTED,
          file
              + ": format "
              + ModelManifest.FORMAT
              + " was expected, format "
              + manifest.format()
              + " was found; import the model again, or update Qalam");
    }
    for (ModelManifest.FileEntry entry : manifest.files()) {
      if (!PLAIN_NAME.matcher(entry.name()).matches()) {
        throw new CatalogException(
            Reason.UNSUPPORTED, file + ": '" + entry.name() + "' is not a plain file name");
      }
    }
    return manifest;
  }

  /** Writes a folder's manifest. */
  public static void write(Path folder, ModelManifest manifest) throws IOException {
    Files.write(folder.resolve(ModelManifest.FILE), JSON.writeValueAsBytes(manifest));
  }

  /**
   * Reads the manifest and every file that it names, comparing sizes and SHA-256.
   *
   * @param progress hears of bytes read
   * @throws CatalogException where a file is missing or changed
   */
  public static ModelManifest verify(Path folder, Progress progress, CancellationToken cancellation)
      throws CatalogException {
    ModelManifest manifest = manifest(folder);
    verifyFiles(folder, manifest.files(), progress, cancellation);
    return manifest;
  }

  /**
   * Reads files of a folder, comparing sizes and SHA-256.
   *
   * @param progress hears of bytes read
   * @throws CatalogException where a file is missing or changed
   */
  public static void verifyFiles(
      Path folder,
      List<ModelManifest.FileEntry> files,
      Progress progress,
      CancellationToken cancellation)
      throws CatalogException {
    long all = files.stream().mapToLong(ModelManifest.FileEntry::size).sum();
    long done = 0;
    for (ModelManifest.FileEntry entry : files) {
      Path file = folder.resolve(entry.name());
      long before = done;
      try {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          throw new CatalogException(
              Reason.MISSING, file + ": the file is missing; import the model again");
        }
        long size = Files.size(file);
        if (size != entry.size()) {
          throw new CatalogException(
              Reason.CHANGED,
              file
                  + ": the file has changed ("
                  + size
                  + " bytes instead of "
                  + entry.size()
                  + "); import the model again");
        }
        String sha256 = sha256(file, (now, _) -> progress.report(before + now, all), cancellation);
        if (!sha256.equals(entry.sha256())) {
          throw new CatalogException(
              Reason.CHANGED,
              file
                  + ": the file has changed (its SHA-256 is not the manifest's); import the model"
                  + " again");
        }
        done += size;
      } catch (IOException e) {
        throw new CatalogException(Reason.FAILED, file + ": it cannot be read", e);
      }
    }
  }

  /** The SHA-256 of a file in lower-case hexadecimal. */
  public static String sha256(Path file, Progress progress, CancellationToken cancellation)
      throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    long size = Files.size(file);
    long done = 0;
    byte[] buffer = new byte[1 << 20];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        cancellation.throwIfCancelled();
        digest.update(buffer, 0, read);
        done += read;
        progress.report(done, size);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
