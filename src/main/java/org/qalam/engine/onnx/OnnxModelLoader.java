package org.qalam.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.file.Path;
import org.qalam.catalog.CatalogException;
import org.qalam.catalog.GraphSignature;
import org.qalam.catalog.ModelFolder;
import org.qalam.catalog.ModelManifest;
import org.qalam.engine.CacheType;
import org.qalam.engine.LanguageModel;
import org.qalam.engine.ModelLoadException;
import org.qalam.engine.ModelLoadException.Reason;
import org.qalam.engine.ModelLoader;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;
import org.qalam.tokenizer.BytePairTokenizer;
import org.qalam.tokenizer.JinjaPromptEncoder;
import org.qalam.tokenizer.Tokenizer;
import org.qalam.tokenizer.TokenizerException;
import org.qalam.tokenizer.TokenizerJson;

/**
 * Loads model folders into ONNX Runtime's CPU execution provider. No other provider is ever asked
 * for, so NNAPI and CoreML stay off where a platform's build has them. Every file is checked
 * against the manifest first: a damaged graph could take the whole program down.
 */
public final class OnnxModelLoader implements ModelLoader {
  private final CacheType cacheType;

  /** With the key-value cache that fits this machine. */
  public OnnxModelLoader() {
    this(CacheType.AUTO);
  }

  /**
   * @param cacheType of every model; eight bits only where a model has measured scales
   */
  public OnnxModelLoader(CacheType cacheType) {
    this.cacheType = cacheType;
  }

  @Override
  public LanguageModel load(
      Path folder, int threads, Progress progress, CancellationToken cancellation)
      throws ModelLoadException {
    ModelManifest manifest;
    try {
      manifest = ModelFolder.verify(folder, progress, cancellation);
    } catch (CatalogException e) {
      throw new ModelLoadException(
          switch (e.reason()) {
            case MISSING -> Reason.MISSING_FILE;
            case CHANGED -> Reason.CHANGED_FILE;
            case UNSUPPORTED, IN_USE, FAILED -> Reason.UNSUPPORTED;
          },
          String.valueOf(e.getMessage()),
          e);
    }
    Tokenizer tokenizer;
    JinjaPromptEncoder promptEncoder;
    try {
      tokenizer =
          new BytePairTokenizer(TokenizerJson.read(folder.resolve(ModelFolder.TOKENIZER_FILE)));
      promptEncoder =
          new JinjaPromptEncoder(
              manifest.chatTemplate(), tokenizer, manifest.bosToken(), manifest.eosToken());
    } catch (TokenizerException e) {
      throw new ModelLoadException(Reason.UNSUPPORTED, String.valueOf(e.getMessage()), e);
    }
    if (tokenizer.vocabularySize() > manifest.vocabularySize()) {
      throw new ModelLoadException(
          Reason.UNSUPPORTED,
          folder
              + ": its tokenizer has "
              + tokenizer.vocabularySize()
              + " tokens, its graph "
              + manifest.vocabularySize()
              + "; import the model again");
    }
    try {
      return DeepStack.call(() -> open(folder, manifest, tokenizer, promptEncoder, threads));
    } catch (OrtException e) {
      boolean memory = String.valueOf(e.getMessage()).contains("bad_alloc");
      throw new ModelLoadException(
          memory ? Reason.OUT_OF_MEMORY : Reason.FAILED,
          memory
              ? manifest.name()
                  + " needs more memory than is free; close other programs or take a smaller model"
              : manifest.name() + " could not be loaded: " + e.getMessage(),
          e);
    } catch (ModelLoadException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new ModelLoadException(
          Reason.FAILED, manifest.name() + " could not be loaded: " + e.getMessage(), e);
    }
  }

  private OnnxLanguageModel open(
      Path folder,
      ModelManifest manifest,
      Tokenizer tokenizer,
      JinjaPromptEncoder promptEncoder,
      int threads)
      throws OrtException, ModelLoadException {
    Telemetry.turnOff();
    OrtEnvironment environment =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "qalam");
    environment.setTelemetry(false);
    boolean isCompact = CacheChoice.isCompact(cacheType, manifest);
    String graph = isCompact ? ModelFolder.COMPACT_CACHE_GRAPH_FILE : ModelFolder.GRAPH_FILE;
    try (OrtSession.SessionOptions options = options(threads)) {
      OrtSession session = environment.createSession(folder.resolve(graph).toString(), options);
      try {
        ExportedSignature exported = null;
        if (manifest.graph().kind() == GraphSignature.Kind.EXPORTED) {
          exported = ExportedSignature.of(session, manifest);
          OnnxLanguageModel trial =
              new OnnxLanguageModel(
                  manifest, environment, session, exported, false, tokenizer, promptEncoder);
          try (ExportedGenerator generator = new ExportedGenerator(trial, environment, exported)) {
            exported = exported.after(generator.tryReading(), manifest.name());
          }
        } else {
          ModelSignature.check(session, manifest, isCompact);
        }
        return new OnnxLanguageModel(
            manifest, environment, session, exported, isCompact, tokenizer, promptEncoder);
      } catch (ModelLoadException | RuntimeException | OrtException e) {
        session.close();
        throw e;
      }
    }
  }

  private static OrtSession.SessionOptions options(int threads) throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    // Threads take work in small pieces, so that none waits for the slower one: 3 % when decoding.
    options.addConfigEntry("session.dynamic_block_base", "4");
    options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    return options;
  }
}
