package org.qalam.app;

import org.qalam.engine.ModelLoadException;
import org.qalam.engine.TextEmbedder;
import org.qalam.engine.onnx.MiniLm;
import org.qalam.search.TextVectors;

/** Lets the engine compute vectors for the search, on the thread that asks. */
public final class MiniLmVectors implements TextVectors {
  /** Names the model in the file of vectors. */
  public static final String NAME = "all-minilm-l6-v2-q";

  private final TextEmbedder embedder;

  private MiniLmVectors(TextEmbedder embedder) {
    this.embedder = embedder;
  }

  /** Loads the model that comes with the program. */
  public static MiniLmVectors load() throws ModelLoadException {
    return new MiniLmVectors(MiniLm.load(1));
  }

  @Override
  public float[] of(String text) {
    return embedder.embed(text);
  }

  @Override
  public void close() {
    embedder.close();
  }
}
