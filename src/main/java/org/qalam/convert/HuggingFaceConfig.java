package org.qalam.convert;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code config.json} of Hugging Face's transformers. */
final class HuggingFaceConfig {
  /** Kinds of models that differ from Llama in nothing but what is read here. */
  private static final Set<String> KINDS = Set.of("llama", "mistral", "qwen2");

  private final String name;
  private final JsonNode json;

  /**
   * @param name of the folder, for messages
   */
  HuggingFaceConfig(String name, JsonNode json) {
    this.name = name;
    this.json = json;
  }

  LlamaConfig read() throws ImportException {
    String kind = json.path("model_type").asText("");
    if (!KINDS.contains(kind)) {
      throw new ImportException(
          name
              + ": this is a model of the kind '"
              + kind
              + "'; Qalam runs models of the Llama family ('llama', 'mistral', 'qwen2')");
    }
    if (json.hasNonNull("quantization_config")) {
      throw new ImportException(
          name
              + ": its weights are quantised by '"
              + json.path("quantization_config").path("quant_method").asText("an unknown method")
              + "', which Qalam does not read; take the model's unquantised or GGUF files");
    }
    String activation = json.path("hidden_act").asText("silu");
    if (!activation.equals("silu")) {
      throw new ImportException(
          name + ": its activation '" + activation + "' is not one that Qalam knows ('silu')");
    }
    Set<String> kinds = new HashSet<>();
    json.path("layer_types").forEach(layer -> kinds.add(layer.asText()));
    if (kinds.size() > 1) {
      throw new ImportException(
          name + ": its layers are of several kinds (" + String.join(", ", kinds) + ")");
    }
    if (json.path("partial_rotary_factor").asDouble(1) != 1) {
      throw new ImportException(name + ": it rotates only parts of its heads; Qalam cannot");
    }
    int hidden = required("hidden_size");
    int heads = required("num_attention_heads");
    int headSize = json.hasNonNull("head_dim") ? required("head_dim") : hidden / heads;
    LlamaConfig.requireHeadSize(name, headSize);
    int context = required("max_position_embeddings");
    return new LlamaConfig(
            required("num_hidden_layers"),
            hidden,
            heads,
            json.hasNonNull("num_key_value_heads") ? required("num_key_value_heads") : heads,
            headSize,
            required("intermediate_size"),
            required("vocab_size"),
            context,
            (float) json.path("rms_norm_eps").asDouble(1e-6),
            rotary(headSize, context),
            slidingWindow(),
            false,
            0)
        .checked(name);
  }

  /** Whether the head is the embedding. */
  boolean isTied() {
    return json.path("tie_word_embeddings").asBoolean(false);
  }

  private Rotary rotary(int headSize, int context) throws ImportException {
    JsonNode own = json.path("rope_parameters");
    JsonNode scaling = own.isObject() ? own : json.path("rope_scaling");
    double base = json.path("rope_theta").asDouble(scaling.path("rope_theta").asDouble(10_000));
    String type = scaling.path("rope_type").asText(scaling.path("type").asText("default"));
    double factor = scaling.path("factor").asDouble(1);
    if (!(base > 0) || !(factor > 0)) {
      throw new ImportException(
          name + ": a rotary base of " + base + " with the factor " + factor + " is not possible");
    }
    List<Float> factors =
        switch (type) {
          case "default" -> Rotary.same(headSize / 2, 1);
          case "linear" -> Rotary.same(headSize / 2, factor);
          case "llama3" ->
              Rotary.llama3(
                  headSize,
                  base,
                  factor,
                  scaling.path("low_freq_factor").asDouble(1),
                  scaling.path("high_freq_factor").asDouble(4),
                  scaling.path("original_max_position_embeddings").asDouble(context));
          default ->
              throw new ImportException(
                  name + ": its rotary scaling '" + type + "' is not one that Qalam knows");
        };
    return new Rotary(base, factors, false);
  }

  private int slidingWindow() throws ImportException {
    if (!json.hasNonNull("sliding_window") || !json.path("use_sliding_window").asBoolean(true)) {
      return 0;
    }
    if (json.path("use_sliding_window").asBoolean(false)) {
      throw new ImportException(
          name + ": only some of its layers see a sliding window, which Qalam cannot do");
    }
    return required("sliding_window");
  }

  /** A positive whole number that the model cannot be understood without. */
  private int required(String key) throws ImportException {
    JsonNode value = json.path(key);
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() <= 0) {
      throw new ImportException(
          name
              + ": config.json should have a positive number '"
              + key
              + "' but has "
              + JsonFile.shown(value));
    }
    return value.intValue();
  }
}
