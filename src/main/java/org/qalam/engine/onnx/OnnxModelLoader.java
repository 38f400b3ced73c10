package org.qalam.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.logging.Level;
import java.util.logging.Logger;
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
import org.qalam.task.NativeMemory;
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
  private static final Logger LOG = Logger.getLogger(OnnxModelLoader.class.getName());

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
    try {
      ModelManifest manifest = ModelFolder.manifest(folder);
      String graph = CacheChoice.graph(cacheType, manifest);
      Optional<PreparedGraph> prepared =
          PreparedGraph.find(folder, graph, OnnxEnvironment.get().getVersion());
      if (prepared.isPresent()) {
        try {
          return loadPrepared(folder, manifest, prepared.get(), threads, progress, cancellation);
        } catch (CatalogException | ModelLoadException e) {
          LOG.log(Level.WARNING, prepared.get() + " is of no use and removed", e);
          discard(folder);
        }
      }
      ModelFolder.verifyFiles(folder, manifest.files(), progress, cancellation);
      return load(folder, manifest, folder.resolve(graph), threads);
    } catch (CatalogException e) {
      throw failed(e);
    }
  }

  /** The prepared weights are checked while the run-time reads them. */
  private LanguageModel loadPrepared(
      Path folder,
      ModelManifest manifest,
      PreparedGraph prepared,
      int threads,
      Progress progress,
      CancellationToken cancellation)
      throws ModelLoadException, CatalogException {
    prepared.verifyGraph(cancellation);
    ModelFolder.verifyFiles(
        folder,
        manifest.files().stream()
            .filter(file -> file.name().equals(ModelFolder.TOKENIZER_FILE))
            .toList(),
        Progress.NONE,
        cancellation);
    FutureTask<Void> check =
        new FutureTask<>(() -> {
          prepared.verifyWeights(progress, cancellation);
          return null;
        });
    Thread.ofPlatform().daemon().name("model-check").start(check);
    LanguageModel model = load(folder, manifest, prepared.graph(), threads);
    try {
      check.get();
      return model;
    } catch (ExecutionException | InterruptedException e) {
      model.close();
      switch (e.getCause()) {
        case CatalogException damaged -> throw damaged;
        case CancellationException cancelled -> throw cancelled;
        case null, default ->
            throw new ModelLoadException(
                Reason.FAILED, prepared.folder() + ": the files could not be checked", e);
      }
    }
  }

  private static void discard(Path folder) {
    try {
      PreparedGraph.discard(folder);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the prepared files in " + folder + " cannot be removed", e);
    }
  }

  /** What a damaged or missing file means to whoever asked for the model. */
  static ModelLoadException failed(CatalogException e) {
    return new ModelLoadException(
        switch (e.reason()) {
          case MISSING -> Reason.MISSING_FILE;
          case CHANGED -> Reason.CHANGED_FILE;
          case UNSUPPORTED, IN_USE, FAILED -> Reason.UNSUPPORTED;
        },
        String.valueOf(e.getMessage()),
        e);
  }

  /** Loads files that were checked. */
  private LanguageModel load(Path folder, ModelManifest manifest, Path graph, int threads)
      throws ModelLoadException {
    // A vocabulary of 128,000 tokens takes a second to read; the session is made meanwhile.
    FutureTask<Texts> texts = new FutureTask<>(() -> Texts.read(folder, manifest));
    Thread.ofPlatform().daemon().name("tokenizer").start(texts);
    try {
      LanguageModel model = DeepStack.call(() -> open(graph, manifest, texts, threads));
      NativeMemory.giveBack(); // what making the session took and does not need any more
      return model;
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

  /** How a model's texts become tokens. */
  private record Texts(Tokenizer tokenizer, JinjaPromptEncoder promptEncoder) {
    static Texts read(Path folder, ModelManifest manifest) throws ModelLoadException {
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
      return new Texts(tokenizer, promptEncoder);
    }

    static Texts of(FutureTask<Texts> reading) throws Exception {
      try {
        return reading.get();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
    }
  }

  private OnnxLanguageModel open(
      Path graph, ModelManifest manifest, FutureTask<Texts> reading, int threads) throws Exception {
    OrtEnvironment environment = OnnxEnvironment.get();
    boolean isCompact = CacheChoice.isCompact(cacheType, manifest);
    try (OrtSession.SessionOptions options = options(threads)) {
      OrtSession session = environment.createSession(graph.toString(), options);
      try {
        Texts texts = Texts.of(reading);
        ExportedSignature exported = null;
        if (manifest.graph().kind() == GraphSignature.Kind.EXPORTED) {
          exported = ExportedSignature.of(session, manifest);
          OnnxLanguageModel trial =
              new OnnxLanguageModel(
                  manifest,
                  environment,
                  session,
                  exported,
                  false,
                  texts.tokenizer,
                  texts.promptEncoder);
          try (ExportedGenerator generator = new ExportedGenerator(trial, environment, exported)) {
            exported = exported.after(generator.tryReading(), manifest.name());
          }
        } else {
          ModelSignature.check(session, manifest, isCompact);
        }
        return new OnnxLanguageModel(
            manifest,
            environment,
            session,
            exported,
            isCompact,
            texts.tokenizer,
            texts.promptEncoder);
      } catch (Exception e) {
        session.close();
        throw e;
      }
    }
  }

  static OrtSession.SessionOptions options(int threads) throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    // Threads take work in small pieces, so that none waits for the slower one: 3 % when decoding.
    options.addConfigEntry("session.dynamic_block_base", "4");
    // On ARM64 KleidiAI's kernels round a layer's whole input to one scale, others each 32 numbers.
    options.addConfigEntry("mlas.disable_kleidiai", "1");
    options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    return options;
  }
}
