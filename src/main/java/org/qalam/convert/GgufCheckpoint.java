package org.qalam.convert;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.qalam.tokenizer.SplitPattern;
import org.qalam.tokenizer.TokenizerException;
import org.qalam.tokenizer.Vocabulary;

/** The model in a GGUF file. */
final class GgufCheckpoint {
  /** Token types of GGUF: control tokens, and tokens that the makers of the model added. */
  private static final int CONTROL = 3;

  private static final int USER_DEFINED = 4;

  /** Kinds of models, and whether their rotary pairs lie side by side. */
  private static final Map<String, Boolean> INTERLEAVED = Map.of("llama", true, "qwen2", false);

  private GgufCheckpoint() {}

  /**
   * Understands a file, which the checkpoint then owns.
   *
   * @throws ImportException where it is no model that Qalam runs; the file stays open
   */
  static Checkpoint read(GgufFile gguf) throws ImportException {
    LlamaConfig config = config(gguf);
    List<String> tokens = gguf.strings("tokenizer.ggml.tokens");
    Vocabulary vocabulary = vocabulary(gguf, config, tokens);
    return new Checkpoint(
        gguf.name(),
        config,
        gguf.tensors(),
        vocabulary,
        new Checkpoint.Facts(
            title(gguf.name()),
            gguf.string("general.license").orElse(""),
            gguf.strings("general.languages"),
            token(gguf, tokens, "tokenizer.ggml.bos_token_id"),
            token(gguf, tokens, "tokenizer.ggml.eos_token_id"),
            stopTokens(gguf, vocabulary),
            gguf.string("tokenizer.chat_template").orElse("")),
        true,
        List.of(gguf));
  }

  private static LlamaConfig config(GgufFile gguf) throws ImportException {
    String kind =
        gguf.string("general.architecture")
            .orElseThrow(
                () -> new ImportException(gguf.name() + ": it does not say what model it holds"));
    Boolean interleaved = INTERLEAVED.get(kind);
    if (interleaved == null) {
      throw new ImportException(
          gguf.name()
              + ": this is a model of the kind '"
              + kind
              + "'; Qalam runs models of the Llama family ('llama', 'qwen2')");
    }
    if (gguf.integer(kind + ".expert_count").orElse(0L) > 0) {
      throw new ImportException(
          gguf.name() + ": this is a mixture of experts, which Qalam does not run");
    }
    int heads = gguf.required(kind + ".attention.head_count");
    int hidden = gguf.required(kind + ".embedding_length");
    int headSize =
        Math.clamp(
            gguf.integer(kind + ".attention.key_length")
                .or(() -> gguf.integer(kind + ".rope.dimension_count"))
                .orElse((long) hidden / heads),
            0,
            Integer.MAX_VALUE);
    LlamaConfig.requireHeadSize(gguf.name(), headSize);
    Tensor embedding = gguf.tensors().get("token_embd.weight");
    if (embedding == null || embedding.shape().size() != 2) {
      throw new ImportException(gguf.name() + ": tensor token_embd.weight is missing");
    }
    double base = gguf.number(kind + ".rope.freq_base").orElse(10_000.0);
    return new LlamaConfig(
            gguf.required(kind + ".block_count"),
            hidden,
            heads,
            Math.clamp(
                gguf.integer(kind + ".attention.head_count_kv").orElse((long) heads),
                0,
                Integer.MAX_VALUE),
            headSize,
            gguf.required(kind + ".feed_forward_length"),
            Math.toIntExact(embedding.shape().getFirst()),
            gguf.required(kind + ".context_length"),
            gguf.number(kind + ".attention.layer_norm_rms_epsilon").orElse(1e-5).floatValue(),
            new Rotary(base, rotaryFactors(gguf, kind, headSize / 2), interleaved),
            Math.clamp(
                gguf.integer(kind + ".attention.sliding_window").orElse(0L), 0, Integer.MAX_VALUE),
            false,
            0)
        .checked(gguf.name());
  }

  private static List<Float> rotaryFactors(GgufFile gguf, String kind, int count)
      throws ImportException {
    String scaling = gguf.string(kind + ".rope.scaling.type").orElse("none");
    if (!Set.of("none", "linear").contains(scaling)) {
      throw new ImportException(
          gguf.name() + ": its rotary scaling '" + scaling + "' is not one that Qalam knows");
    }
    Tensor factors = gguf.tensors().get("rope_freqs.weight");
    if (factors == null) {
      double factor = gguf.number(kind + ".rope.scaling.factor").orElse(1.0);
      return Rotary.same(count, scaling.equals("linear") ? factor : 1);
    }
    if (factors.elements() != count) {
      throw new ImportException(
          gguf.name() + ": tensor rope_freqs.weight should have " + count + " numbers");
    }
    float[] numbers = new float[count];
    Dequantizer.read(factors, 0, numbers);
    List<Float> list = new ArrayList<>();
    for (float number : numbers) {
      list.add(number);
    }
    return list;
  }

  private static Vocabulary vocabulary(GgufFile gguf, LlamaConfig config, List<String> tokens)
      throws ImportException {
    String kind = gguf.string("tokenizer.ggml.model").orElse("missing");
    if (!kind.equals("gpt2")) {
      throw new ImportException(
          gguf.name()
              + ": its tokenizer is of the kind '"
              + kind
              + "'; Qalam reads byte-level BPE ('gpt2')");
    }
    if (tokens.isEmpty() || tokens.size() > config.vocabularySize()) {
      throw new ImportException(
          gguf.name()
              + ": it has "
              + tokens.size()
              + " tokens for "
              + config.vocabularySize()
              + " rows of its embedding");
    }
    List<Number> types = gguf.numbers("tokenizer.ggml.token_type");
    Set<Integer> special = new HashSet<>();
    for (int id = 0; id < Math.min(tokens.size(), types.size()); id++) {
      int type = types.get(id).intValue();
      if (type == CONTROL || type == USER_DEFINED) {
        special.add(id);
      }
    }
    String pre = gguf.string("tokenizer.ggml.pre").orElse("gpt-2");
    try {
      SplitPattern pattern = SplitPattern.ofGgufName(pre);
      return Vocabulary.of(
          tokens,
          gguf.strings("tokenizer.ggml.merges"),
          special,
          pattern,
          pattern == SplitPattern.LLAMA_3);
    } catch (TokenizerException e) {
      throw new ImportException(gguf.name() + ": " + e.getMessage(), e);
    }
  }

  private static List<Integer> stopTokens(GgufFile gguf, Vocabulary vocabulary) {
    return StopTokens.of(
        vocabulary,
        Stream.of("tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id")
            .flatMap(key -> gguf.integer(key).stream())
            .toList());
  }

  /** The spelling of the token whose id stands under {@code key}. */
  private static String token(GgufFile gguf, List<String> tokens, String key) {
    return gguf.integer(key)
        .filter(id -> id >= 0 && id < tokens.size())
        .map(id -> tokens.get(id.intValue()))
        .orElse("");
  }

  /**
   * A name for people, from the file's: {@code SmolLM2-135M-Instruct.Q4_1.gguf} is SmolLM2 135M
   * Instruct. (What files carry as {@code general.name} is often a training run's.)
   */
  static String title(String file) {
    String bare =
        file.replaceFirst("(?i)\\.gguf$", "")
            .replaceFirst("(?i)[.-](i?q[0-9][a-z0-9_]*|b?f16|f32)$", "");
    return bare.replaceAll("[-_]+", " ").strip();
  }
}
