package org.qalam.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.HashSet;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.qalam.catalog.ModelManifest;
import org.qalam.engine.EngineException;
import org.qalam.engine.Generator;
import org.qalam.engine.LanguageModel;
import org.qalam.tokenizer.PromptEncoder;
import org.qalam.tokenizer.Tokenizer;

/** A model in an ONNX Runtime session. */
final class OnnxLanguageModel implements LanguageModel {
  private final ModelManifest manifest;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final Tokenizer tokenizer;
  private final PromptEncoder promptEncoder;
  private final Set<Integer> stopTokens;
  private final ModelShape shape;
  private final @Nullable ExportedSignature exported; // null where Qalam made the graph
  private final boolean hasCompactCache;
  private final Set<Generator> generators = new HashSet<>();
  private boolean closed;

  OnnxLanguageModel(
      ModelManifest manifest,
      OrtEnvironment environment,
      OrtSession session,
      @Nullable ExportedSignature exported,
      boolean hasCompactCache,
      Tokenizer tokenizer,
      PromptEncoder promptEncoder) {
    this.manifest = manifest;
    this.environment = environment;
    this.session = session;
    this.exported = exported;
    this.hasCompactCache = hasCompactCache;
    this.tokenizer = tokenizer;
    this.promptEncoder = promptEncoder;
    this.stopTokens = Set.copyOf(manifest.stopTokens());
    this.shape =
        new ModelShape(
            manifest.layers(),
            manifest.keyValueHeads(),
            manifest.headSize(),
            manifest.vocabularySize());
  }

  @Override
  public String id() {
    return manifest.id();
  }

  @Override
  public int contextLength() {
    return manifest.contextLength();
  }

  @Override
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  @Override
  public PromptEncoder promptEncoder() {
    return promptEncoder;
  }

  @Override
  public boolean isStopToken(int id) {
    return stopTokens.contains(id);
  }

  @Override
  public Generator newGenerator() {
    if (closed) {
      throw new IllegalStateException("the model " + id() + " is closed");
    }
    try {
      Generator generator =
          exported == null
              ? new OnnxGenerator(this, environment)
              : new ExportedGenerator(this, environment, exported);
      generators.add(generator);
      return generator;
    } catch (OrtException e) {
      throw new EngineException("ONNX Runtime failed: " + e.getMessage(), e);
    }
  }

  /** Whether keys and values take one byte a number. */
  boolean hasCompactCache() {
    return hasCompactCache;
  }

  ModelShape shape() {
    return shape;
  }

  OrtSession session() {
    return session;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    generators.forEach(Generator::close);
    generators.clear();
    try {
      session.close();
    } catch (OrtException e) {
      Logger.getLogger(OnnxLanguageModel.class.getName())
          .log(Level.WARNING, "closing the session of " + id() + " failed", e);
    }
  }
}
