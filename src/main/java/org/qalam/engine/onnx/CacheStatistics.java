package org.qalam.engine.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.qalam.engine.CacheType;
import org.qalam.engine.LanguageModel;
import org.qalam.engine.ModelLoadException;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/** Runs a model over a sample of text to see how large its keys and values get. */
public final class CacheStatistics {
  /** In several languages and scripts, with lists, code and numbers. */
  private static final String SAMPLE = "sample.txt";

  private static final int MOST_TOKENS = 768;

  private CacheStatistics() {}

  /**
   * Loads the model in a folder on the calling thread and lets it read the sample.
   *
   * @param threads threads that one step of the model uses
   * @return the largest absolute value of every channel: layer 0 key, layer 0 value, layer 1 key,
   *     ...; each (heads * head size)
   * @throws ModelLoadException where the model cannot be loaded
   * @throws java.util.concurrent.CancellationException when cancelled
   */
  public static List<float[]> largest(
      Path folder, int threads, Progress progress, CancellationToken cancellation)
      throws ModelLoadException {
    try (LanguageModel model =
        new OnnxModelLoader(CacheType.FLOAT32).load(folder, threads, Progress.NONE, cancellation)) {
      int[] ids = model.tokenizer().encode(sample());
      int most = Math.min(MOST_TOKENS, model.contextLength());
      if (!(model.newGenerator() instanceof OnnxGenerator generator)) {
        throw new ModelLoadException(
            ModelLoadException.Reason.UNSUPPORTED,
            folder + ": a graph of another program has no scales of Qalam's");
      }
      try (generator) {
        float[] _ =
            generator.append(
                Arrays.copyOf(ids, Math.min(ids.length, most)), progress, cancellation);
        return generator.largestCached();
      }
    }
  }

  private static String sample() {
    try (InputStream in = CacheStatistics.class.getResourceAsStream(SAMPLE)) {
      if (in == null) {
        throw new IllegalStateException(SAMPLE + " is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
