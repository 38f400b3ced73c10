package org.qalam.convert;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qalam.tokenizer.TokenizerException;
import org.qalam.tokenizer.TokenizerJson;
import org.qalam.tokenizer.Vocabulary;

/**
 * The model in a folder of Hugging Face's layout: {@code config.json}, {@code tokenizer.json} and
 * {@code model.safetensors}, whole or in the shards that {@code model.safetensors.index.json}
 * names.
 */
final class HuggingFaceCheckpoint {
  private static final String CONFIG = "config.json";
  private static final String WHOLE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";
  private static final Pattern SHARD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*\\.safetensors");
  private static final Pattern LAYER =
      Pattern.compile("model\\.layers\\.(\\d{1,4})\\.(.+)\\.(weight|bias)");

  private static final Map<String, String> IN_LAYER =
      Map.of(
          "self_attn.q_proj", "attn_q",
          "self_attn.k_proj", "attn_k",
          "self_attn.v_proj", "attn_v",
          "self_attn.o_proj", "attn_output",
          "mlp.gate_proj", "ffn_gate",
          "mlp.up_proj", "ffn_up",
          "mlp.down_proj", "ffn_down",
          "input_layernorm", "attn_norm",
          "post_attention_layernorm", "ffn_norm");

  private static final Map<String, String> OUTSIDE =
      Map.of(
          "model.embed_tokens.weight", "token_embd.weight",
          "model.norm.weight", "output_norm.weight",
          "lm_head.weight", "output.weight");

  private final Path folder;
  private final String name;
  private final List<SafetensorsFile> files = new ArrayList<>();

  private HuggingFaceCheckpoint(Path folder) {
    this.folder = folder;
    this.name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
  }

  /** Whether a folder looks like one. */
  static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(CONFIG))
        && (Files.exists(folder.resolve(WHOLE)) || Files.exists(folder.resolve(INDEX)));
  }

  /**
   * Opens the model in a folder; the caller closes it.
   *
   * @throws ImportException where it is none that Qalam runs
   */
  static Checkpoint open(Path folder) throws ImportException, IOException {
    HuggingFaceCheckpoint opening = new HuggingFaceCheckpoint(folder);
    try {
      return opening.read();
    } catch (ImportException | IOException | RuntimeException e) {
      opening.files.forEach(SafetensorsFile::close);
      throw e;
    }
  }

  private Checkpoint read() throws ImportException, IOException {
    JsonNode json = JsonFile.read(folder.resolve(CONFIG));
    HuggingFaceConfig config = new HuggingFaceConfig(name, json);
    LlamaConfig shape = config.read();
    Map<String, Tensor> tensors = tensors();
    if (config.isTied()) {
      tensors.remove("output.weight");
    } else if (!tensors.containsKey("output.weight")) {
      throw new ImportException(name + ": tensor lm_head.weight is missing");
    }
    Vocabulary vocabulary = vocabulary();
    return new Checkpoint(
            name, shape, tensors, vocabulary, facts(json, vocabulary), false, List.copyOf(files))
        .checked();
  }

  private Map<String, Tensor> tensors() throws ImportException, IOException {
    Map<String, Tensor> found = new LinkedHashMap<>();
    for (String shard : shards()) {
      JsonFile.requirePlain(folder.resolve(shard));
      SafetensorsFile file = SafetensorsFile.open(folder.resolve(shard));
      files.add(file);
      for (Tensor tensor : file.tensors().values()) {
        String known = known(tensor.name());
        if (!known.isEmpty() && found.put(known, tensor) != null) {
          throw new ImportException(name + ": tensor " + tensor.name() + " is there twice");
        }
      }
    }
    return found;
  }

  private Set<String> shards() throws ImportException, IOException {
    if (Files.exists(folder.resolve(WHOLE))) {
      return Set.of(WHOLE);
    }
    Set<String> shards = new LinkedHashSet<>();
    for (JsonNode shard : JsonFile.read(folder.resolve(INDEX)).path("weight_map")) {
      if (!SHARD.matcher(shard.asText()).matches()) {
        throw new ImportException(
            name + ": " + INDEX + " names '" + shard.asText() + "', which is no plain file name");
      }
      shards.add(shard.asText());
    }
    for (String shard : shards) {
      if (!Files.isRegularFile(folder.resolve(shard))) {
        throw new ImportException(name + ": the file " + shard + " is missing");
      }
    }
    return shards;
  }

  /** The tensor's name in a {@link Checkpoint}; empty for one that may be left out. */
  private static String known(String tensor) {
    String outside = OUTSIDE.get(tensor);
    if (outside != null) {
      return outside;
    }
    Matcher layer = LAYER.matcher(tensor);
    if (layer.matches()) {
      String inside = IN_LAYER.get(layer.group(2));
      if (inside != null) {
        return "blk." + Integer.parseInt(layer.group(1)) + "." + inside + "." + layer.group(3);
      }
    }
    // The model refuses names that it does not know; these are computed anyway.
    return tensor.endsWith(".rotary_emb.inv_freq") ? "" : tensor;
  }

  private Vocabulary vocabulary() throws ImportException {
    Path file = folder.resolve(TokenizerJson.FILE);
    if (!Files.exists(file)) {
      throw new ImportException(
          name + ": " + TokenizerJson.FILE + " is missing beside the weights");
    }
    JsonFile.requirePlain(file);
    try {
      return TokenizerJson.read(file);
    } catch (TokenizerException e) {
      throw new ImportException(name + ": " + e.getMessage(), e);
    }
  }

  private Checkpoint.Facts facts(JsonNode config, Vocabulary vocabulary)
      throws ImportException, IOException {
    HubTexts texts = HubTexts.read(folder);
    JsonNode generation = JsonFile.readIfThere(folder.resolve("generation_config.json"));
    List<Integer> stops = new ArrayList<>(JsonFile.integers(config.path("eos_token_id")));
    stops.addAll(JsonFile.integers(generation.path("eos_token_id")));
    return new Checkpoint.Facts(
        GgufCheckpoint.title(name),
        "",
        List.of(),
        spelling(texts.bosToken(), config.path("bos_token_id"), vocabulary),
        spelling(texts.eosToken(), config.path("eos_token_id"), vocabulary),
        StopTokens.of(vocabulary, stops),
        texts.chatTemplate());
  }

  /** The spelling that is named, or that of the first id. */
  private static String spelling(String named, JsonNode ids, Vocabulary vocabulary) {
    List<Integer> known = JsonFile.integers(ids);
    boolean usable =
        named.isEmpty()
            && !known.isEmpty()
            && known.getFirst() >= 0
            && known.getFirst() < vocabulary.size();
    return usable ? vocabulary.token(known.getFirst()) : named;
  }
}
