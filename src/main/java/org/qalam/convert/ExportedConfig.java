package org.qalam.convert;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qalam.catalog.GraphSignature;

/**
 * What the files beside an exported graph say of it. Sizes are 0 where they say nothing: the graph
 * itself may.
 *
 * @param architecture such as {@code llama}
 * @param contextLength positions
 * @param vocabularySize token ids
 * @param keyValueHeads heads of the key-value cache
 * @param headSize numbers in a head
 * @param bosToken id of the token that begins a text
 * @param stopTokens ids of tokens that end an answer
 * @param names what the graph's inputs and outputs are called
 */
record ExportedConfig(
    String architecture,
    int contextLength,
    int vocabularySize,
    int keyValueHeads,
    int headSize,
    Optional<Integer> bosToken,
    List<Integer> stopTokens,
    GraphSignature names) {
  static final String HUB_FILE = "config.json";
  static final String GENAI_FILE = "genai_config.json";

  /** Names that exporters for hubs give; transformers.js relies on them. */
  private static final GraphSignature HUB_NAMES =
      new GraphSignature(
          GraphSignature.Kind.EXPORTED,
          "input_ids",
          "attention_mask",
          "position_ids",
          "num_logits_to_keep",
          "past_key_values.%d.key",
          "past_key_values.%d.value",
          "logits",
          "present.%d.key",
          "present.%d.value",
          false);

  /** Reads {@code config.json} and {@code generation_config.json} of a folder as hubs have them. */
  static ExportedConfig ofHub(Path root) throws ImportException, IOException {
    JsonNode config = JsonFile.read(root.resolve(HUB_FILE));
    JsonNode generation = JsonFile.readIfThere(root.resolve("generation_config.json"));
    if (config.path("is_encoder_decoder").asBoolean()) {
      throw refused(HUB_FILE, "this is an encoder with a decoder; Qalam runs decoders alone");
    }
    for (String part : List.of("vision_config", "audio_config")) {
      if (config.path(part).isObject()) {
        throw refused(
            HUB_FILE, "this model reads more than text (" + part + "); Qalam runs text models");
      }
    }
    for (String scaling : List.of("rope_scaling", "rope_parameters")) {
      if (config.path(scaling).has("mrope_section")) {
        throw refused(
            HUB_FILE, "its positions are of three kinds (mrope), which Qalam does not run");
      }
    }
    int heads = number(config, "num_attention_heads");
    int hidden = number(config, "hidden_size");
    int keyValueHeads = number(config, "num_key_value_heads");
    int headSize = number(config, "head_dim");
    List<Integer> stops = new ArrayList<>(JsonFile.integers(config.path("eos_token_id")));
    stops.addAll(JsonFile.integers(generation.path("eos_token_id")));
    return new ExportedConfig(
        config.path("model_type").asText(""),
        number(config, "max_position_embeddings"),
        number(config, "vocab_size"),
        keyValueHeads > 0 ? keyValueHeads : heads,
        headSize > 0 || heads == 0 ? headSize : hidden / heads,
        JsonFile.integer(generation.path("bos_token_id"))
            .or(() -> JsonFile.integer(config.path("bos_token_id"))),
        stops,
        HUB_NAMES);
  }

  /** Reads {@code genai_config.json}, as ONNX Runtime GenAI's model builder writes it. */
  static ExportedConfig ofGenAi(Path root) throws ImportException, IOException {
    JsonNode model = JsonFile.read(root.resolve(GENAI_FILE)).path("model");
    for (String part :
        List.of("encoder", "encoder_decoder_init", "vision", "speech", "embedding")) {
      if (model.path(part).isObject()) {
        throw refused(
            GENAI_FILE,
            "this model is made of several graphs ('"
                + part
                + "' beside 'decoder'); Qalam runs"
                + " decoders alone");
      }
    }
    JsonNode decoder = model.path("decoder");
    if (!decoder.isObject()) {
      throw refused(GENAI_FILE, "it names no decoder");
    }
    if (!decoder.path("pipeline").isMissingNode()) {
      throw refused(
          GENAI_FILE, "its decoder is a pipeline of several graphs, which Qalam does not run");
    }
    JsonNode inputs = decoder.path("inputs");
    JsonNode outputs = decoder.path("outputs");
    int heads = number(decoder, "num_attention_heads");
    int keyValueHeads = number(decoder, "num_key_value_heads");
    int headSize = number(decoder, "head_size");
    return new ExportedConfig(
        model.path("type").asText(""),
        number(model, "context_length"),
        number(model, "vocab_size"),
        keyValueHeads > 0 ? keyValueHeads : heads,
        headSize > 0 || heads == 0 ? headSize : number(decoder, "hidden_size") / heads,
        JsonFile.integer(model.path("bos_token_id")),
        JsonFile.integers(model.path("eos_token_id")),
        new GraphSignature(
            GraphSignature.Kind.EXPORTED,
            name(inputs, "input_ids", HUB_NAMES.inputIds()),
            name(inputs, "attention_mask", HUB_NAMES.attentionMask()),
            name(inputs, "position_ids", HUB_NAMES.positionIds()),
            HUB_NAMES.logitsToKeep(),
            pattern(inputs, "past_key_names", HUB_NAMES.pastKeys()),
            pattern(inputs, "past_value_names", HUB_NAMES.pastValues()),
            name(outputs, "logits", HUB_NAMES.logits()),
            pattern(outputs, "present_key_names", HUB_NAMES.presentKeys()),
            pattern(outputs, "present_value_names", HUB_NAMES.presentValues()),
            false));
  }

  private static int number(JsonNode object, String key) {
    return Math.max(0, JsonFile.integer(object.path(key)).orElse(0));
  }

  private static String name(JsonNode names, String key, String otherwise) throws ImportException {
    String name = names.path(key).asText(otherwise);
    if (name.length() > 200) {
      throw refused(GENAI_FILE, "'" + key + "' is too long for a name");
    }
    return name;
  }

  private static String pattern(JsonNode names, String key, String otherwise)
      throws ImportException {
    String pattern = name(names, key, otherwise);
    if (pattern.indexOf('%') != pattern.lastIndexOf('%') || !pattern.contains("%d")) {
      throw refused(
          GENAI_FILE, "'" + key + "' should hold one %d for the layer and is '" + pattern + "'");
    }
    return pattern;
  }

  private static ImportException refused(String file, String why) {
    return new ImportException(file + ": " + why);
  }
}
