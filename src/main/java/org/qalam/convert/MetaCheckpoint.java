package org.qalam.convert;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qalam.tokenizer.TiktokenRanks;
import org.qalam.tokenizer.TokenizerException;
import org.qalam.tokenizer.Vocabulary;

/**
 * The model in a folder of Meta's own layout: {@code consolidated.00.pth}, {@code params.json} and
 * {@code tokenizer.model}; in bfloat16, or quantised to four bits by SpinQuant or QLoRA. Layers are
 * then whole numbers with {@code .scales} for groups along a row, QLoRA's with adaptors beside
 * them.
 */
final class MetaCheckpoint {
  private static final String WEIGHTS = "consolidated.00.pth";
  private static final String PARAMS = "params.json";

  /**
   * What Llama 3.1 and later were trained for, Llama 3 and 2, and what Meta's 4-bit ones are for.
   */
  private static final int LONG_CONTEXT = 131_072;

  private static final int SHORT_CONTEXT = 8192;

  /**
   * Widths up to this are Llama 3.2's, whose rotary frequencies are scaled by 32; the larger models
   * of 3.1 and 3.3 have 8. The files do not say.
   */
  private static final int LARGEST_3_2_WIDTH = 3072;

  private static final Pattern LAYER =
      Pattern.compile(
          "layers\\.(\\d{1,4})\\.(.+?)\\.(weight|adaptor\\.A\\.weight|adaptor\\.B\\.weight)");

  private static final Map<String, String> IN_LAYER =
      Map.of(
          "attention.wq", "attn_q",
          "attention.wk", "attn_k",
          "attention.wv", "attn_v",
          "attention.wo", "attn_output",
          "feed_forward.w1", "ffn_gate",
          "feed_forward.w3", "ffn_up",
          "feed_forward.w2", "ffn_down",
          "attention_norm", "attn_norm",
          "ffn_norm", "ffn_norm");

  private static final Map<String, String> OUTSIDE =
      Map.of(
          "tok_embeddings", "token_embd",
          "norm", "output_norm",
          "output", "output");

  private static final Map<String, String> KINDS =
      Map.of("weight", "weight", "adaptor.A.weight", "lora_a", "adaptor.B.weight", "lora_b");

  private static final Pattern OUTER =
      Pattern.compile(
          "(tok_embeddings|norm|output)\\.(weight|adaptor\\.A\\.weight|adaptor\\.B\\.weight)");

  private final Path folder;
  private final String name;

  private MetaCheckpoint(Path folder) {
    this.folder = folder;
    Path whole = folder.toAbsolutePath().normalize();
    Path above = whole.getParent();
    // Hubs keep Meta's own files in a folder of this name below the model's.
    Path named = above != null && whole.endsWith("original") ? above : whole;
    this.name = String.valueOf(named.getFileName());
  }

  /** Whether a folder looks like one. */
  static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(WEIGHTS)) && Files.exists(folder.resolve(PARAMS));
  }

  /**
   * Opens the model in a folder; the caller closes it.
   *
   * @throws ImportException where it is none that Qalam runs
   */
  static Checkpoint open(Path folder) throws ImportException, IOException {
    MetaCheckpoint opening = new MetaCheckpoint(folder);
    JsonFile.requirePlain(folder.resolve(WEIGHTS));
    TorchFile file = TorchFile.open(folder.resolve(WEIGHTS));
    try {
      return opening.read(file);
    } catch (ImportException | IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private Checkpoint read(TorchFile file) throws ImportException, IOException {
    if (Files.exists(folder.resolve("consolidated.01.pth"))) {
      throw new ImportException(
          name
              + ": its weights are split over several files for several graphics cards; Qalam reads"
              + " models of one file, or the same model's safetensors");
    }
    JsonNode params = JsonFile.read(folder.resolve(PARAMS));
    Map<String, Tensor> tensors = tensors(file);
    LlamaConfig config = config(params, tensors);
    Path tokens = folder.resolve(TiktokenRanks.FILE);
    JsonFile.requirePlain(tokens);
    Vocabulary vocabulary;
    try {
      vocabulary = TiktokenRanks.read(tokens, config.vocabularySize());
    } catch (TokenizerException e) {
      throw new ImportException(name + ": " + e.getMessage(), e);
    }
    return new Checkpoint(
            name,
            config,
            tensors,
            vocabulary,
            new Checkpoint.Facts(
                GgufCheckpoint.title(name),
                "",
                List.of(),
                "<|begin_of_text|>",
                "<|eot_id|>",
                StopTokens.of(vocabulary, List.of()),
                chatTemplate()),
            false,
            List.of(file))
        .checked();
  }

  private Map<String, Tensor> tensors(TorchFile file) throws ImportException {
    Map<String, Tensor> found = new LinkedHashMap<>();
    for (Tensor tensor : file.tensors().values()) {
      String called = tensor.name();
      if (called.endsWith(".scales") || called.equals("rope.freqs")) {
        continue;
      }
      if (called.endsWith(".zeros")) {
        requireZeros(tensor);
        continue;
      }
      found.put(known(called), scaled(tensor, file.tensors()));
    }
    return found;
  }

  /** A tensor of whole numbers gets the scales that lie beside it. */
  private Tensor scaled(Tensor tensor, Map<String, Tensor> all) throws ImportException {
    if (tensor.type() != TensorType.I8) {
      return tensor;
    }
    Tensor scales = all.get(tensor.name().replaceFirst("weight$", "scales"));
    long rows = tensor.shape().getFirst();
    if (scales == null
        || scales.type() == TensorType.I8
        || tensor.shape().size() != 2
        || scales.shape().size() != 2
        || scales.shape().getFirst() != rows
        || scales.columns() < 1
        || tensor.columns() % scales.columns() != 0) {
      throw new ImportException(
          name + ": tensor " + tensor.name() + " has no scales that fit its whole numbers");
    }
    return new Tensor(tensor.name(), TensorType.I8, tensor.shape(), tensor.data(), scales);
  }

  private void requireZeros(Tensor tensor) throws ImportException {
    for (long i = 0; i < tensor.data().byteSize(); i++) {
      if (tensor.data().get(ValueLayout.JAVA_BYTE, i) != 0) {
        throw new ImportException(
            name + ": tensor " + tensor.name() + " has zero points, which Qalam does not read");
      }
    }
  }

  /** The tensor's name in a {@link Checkpoint}; its own where no Llama model has it. */
  private static String known(String tensor) {
    Matcher layer = LAYER.matcher(tensor);
    if (layer.matches() && IN_LAYER.containsKey(layer.group(2))) {
      return "blk."
          + Integer.parseInt(layer.group(1))
          + "."
          + IN_LAYER.get(layer.group(2))
          + "."
          + KINDS.get(layer.group(3));
    }
    Matcher outer = OUTER.matcher(tensor);
    return outer.matches() ? OUTSIDE.get(outer.group(1)) + "." + KINDS.get(outer.group(2)) : tensor;
  }

  private LlamaConfig config(JsonNode params, Map<String, Tensor> tensors) throws ImportException {
    int width = required(params, "dim");
    int heads = required(params, "n_heads");
    int headSize = width / heads;
    LlamaConfig.requireHeadSize(name, headSize);
    boolean scaled = params.path("use_scaled_rope").asBoolean(false);
    double base = params.path("rope_theta").asDouble(10_000);
    double factor =
        params.path("rope_scaling_factor").asDouble(width <= LARGEST_3_2_WIDTH ? 32 : 8);
    if (!(base > 0) || !(factor > 0)) {
      throw new ImportException(name + ": " + PARAMS + " has an impossible rotary base or factor");
    }
    JsonNode quantization = params.path("quantization_args");
    JsonNode adaptors = params.path("lora_args");
    return new LlamaConfig(
            required(params, "n_layers"),
            width,
            heads,
            params.hasNonNull("n_kv_heads") ? required(params, "n_kv_heads") : heads,
            headSize,
            rows(tensors, "blk.0.ffn_gate.weight"),
            rows(tensors, "token_embd.weight"),
            scaled && !quantization.isObject() ? LONG_CONTEXT : SHORT_CONTEXT,
            (float) params.path("norm_eps").asDouble(1e-5),
            new Rotary(
                base,
                scaled
                    ? Rotary.llama3(headSize, base, factor, 1, 4, SHORT_CONTEXT)
                    : Rotary.same(headSize / 2, 1),
                true),
            0,
            quantization.path("spinquant").asBoolean(false),
            (float) adaptors.path("scale").asDouble(0))
        .checked(name);
  }

  private int rows(Map<String, Tensor> tensors, String tensor) throws ImportException {
    Tensor found = tensors.get(tensor);
    if (found == null || found.shape().size() != 2) {
      throw new ImportException(name + ": tensor " + tensor + " is missing");
    }
    return Math.toIntExact(found.shape().getFirst());
  }

  private int required(JsonNode params, String key) throws ImportException {
    JsonNode value = params.path(key);
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() <= 0) {
      throw new ImportException(
          name
              + ": "
              + PARAMS
              + " should have a positive number '"
              + key
              + "' but has "
              + JsonFile.shown(value));
    }
    return value.intValue();
  }

  /** Meta's folders have no template; the conversation's form is that of Llama 3's model card. */
  private static String chatTemplate() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            MetaCheckpoint.class.getResourceAsStream("llama3.jinja"), "llama3.jinja")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
