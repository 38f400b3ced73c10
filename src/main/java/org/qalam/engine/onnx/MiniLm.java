package org.qalam.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;
import org.qalam.engine.EngineException;
import org.qalam.engine.ModelLoadException;
import org.qalam.engine.ModelLoadException.Reason;
import org.qalam.engine.TextEmbedder;
import org.qalam.tokenizer.TokenizerException;
import org.qalam.tokenizer.WordPieceTokenizer;

/**
 * all-MiniLM-L6-v2 with weights of 8 bits, which comes with the program: English, 384 numbers, the
 * first 256 pieces of a text. A text's vector is the mean of its pieces' (as the model was
 * trained), brought to length 1.
 */
public final class MiniLm implements TextEmbedder {
  private static final String MODEL = "/all-minilm-l6-v2-q.onnx";
  private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";
  private static final int DIMENSIONS = 384;

  /** The model's max_seq_length. */
  private static final int LENGTH = 256;

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final WordPieceTokenizer tokenizer;
  private boolean isClosed;

  private MiniLm(OrtEnvironment environment, OrtSession session, WordPieceTokenizer tokenizer) {
    this.environment = environment;
    this.session = session;
    this.tokenizer = tokenizer;
  }

  /**
   * Loads it: a third of a second, and about 60 MB while it is open.
   *
   * @param threads that work on a text
   */
  public static MiniLm load(int threads) throws ModelLoadException {
    try (InputStream model = resource(MODEL);
        InputStream json = resource(TOKENIZER)) {
      WordPieceTokenizer tokenizer = WordPieceTokenizer.read(json);
      byte[] graph = model.readAllBytes();
      OrtEnvironment environment = OnnxEnvironment.get();
      OrtSession session =
          DeepStack.call(() -> {
            try (OrtSession.SessionOptions options = OnnxModelLoader.options(threads)) {
              return environment.createSession(graph, options);
            }
          });
      return new MiniLm(environment, session, tokenizer);
    } catch (ModelLoadException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new ModelLoadException(
          Reason.FAILED, "The model for search by meaning cannot be loaded: " + e.getMessage(), e);
    }
  }

  private static InputStream resource(String name) throws ModelLoadException {
    InputStream found = MiniLm.class.getResourceAsStream(name);
    if (found == null) {
      throw new ModelLoadException(Reason.MISSING_FILE, "The program came without " + name);
    }
    return found;
  }

  /** The tokenizer that comes with the model. */
  static WordPieceTokenizer tokenizer() throws IOException, TokenizerException, ModelLoadException {
    try (InputStream json = resource(TOKENIZER)) {
      return WordPieceTokenizer.read(json);
    }
  }

  @Override
  public int dimensions() {
    return DIMENSIONS;
  }

  @Override
  public float[] embed(String text) {
    int[] pieces = tokenizer.encode(text, LENGTH);
    long[] ids = Arrays.stream(pieces).asLongStream().toArray();
    long[] ones = new long[ids.length];
    Arrays.fill(ones, 1);
    try (OnnxTensor input = tensor(ids);
        OnnxTensor mask = tensor(ones);
        OnnxTensor types = tensor(new long[ids.length]);
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types))) {
      float[][][] states = (float[][][]) result.get(0).getValue(); // (1, pieces, dimensions)
      return mean(states[0]);
    } catch (OrtException e) {
      throw new EngineException("a text's vector could not be computed: " + e.getMessage(), e);
    }
  }

  private OnnxTensor tensor(long[] values) throws OrtException {
    return OnnxTensor.createTensor(
        environment, LongBuffer.wrap(values), new long[] {1, values.length});
  }

  private static float[] mean(float[][] states) {
    float[] mean = new float[DIMENSIONS];
    for (float[] state : states) {
      for (int i = 0; i < DIMENSIONS; i++) {
        mean[i] += state[i];
      }
    }
    double squares = 0;
    for (float each : mean) {
      squares += each * each;
    }
    float scale = (float) (1 / Math.max(Math.sqrt(squares), 1e-12));
    for (int i = 0; i < DIMENSIONS; i++) {
      mean[i] *= scale;
    }
    return mean;
  }

  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      try {
        session.close();
      } catch (OrtException e) {
        throw new EngineException("a session could not be closed: " + e.getMessage(), e);
      }
    }
  }
}
