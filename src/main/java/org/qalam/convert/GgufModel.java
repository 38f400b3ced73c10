package org.qalam.convert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.qalam.catalog.ModelFolder;
import org.qalam.catalog.ModelManifest;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;
import org.qalam.tokenizer.SplitPattern;
import org.qalam.tokenizer.TokenizerException;
import org.qalam.tokenizer.TokenizerJson;
import org.qalam.tokenizer.Vocabulary;

/** Writes the model in a GGUF file as a model folder. */
final class GgufModel {
  /** Token types of GGUF: control tokens, and tokens that the makers of the model added. */
  private static final int CONTROL = 3;

  private static final int USER_DEFINED = 4;

  /** Spellings of tokens that end an answer, whatever the file names as its one end token. */
  private static final Set<String> END_SPELLINGS =
      Set.of("<|im_end|>", "<|eot_id|>", "<|end_of_text|>", "<|endoftext|>", "<|eom_id|>", "</s>");

  private GgufModel() {}

  static void write(
      GgufFile gguf,
      String id,
      ImportOptions options,
      Path folder,
      Progress progress,
      CancellationToken cancellation)
      throws IOException, ImportException {
    LlamaConfig config = LlamaConfig.of(gguf);
    List<String> tokens = gguf.strings("tokenizer.ggml.tokens");
    writeTokenizer(gguf, config, tokens, folder.resolve(ModelFolder.TOKENIZER_FILE));
    String quantization;
    try (OnnxGraph onnx = new OnnxGraph(folder, id)) {
      LlamaGraph graph = new LlamaGraph(onnx, gguf, config, options, progress, cancellation);
      graph.build();
      onnx.finish();
      quantization = graph.quantization();
    }
    List<ModelManifest.FileEntry> files = new ArrayList<>();
    try (Stream<Path> children = Files.list(folder)) {
      for (Path file : children.sorted().toList()) {
        files.add(
            new ModelManifest.FileEntry(
                String.valueOf(file.getFileName()),
                Files.size(file),
                ModelFolder.sha256(file, Progress.NONE, cancellation)));
      }
    }
    ModelFolder.write(
        folder,
        new ModelManifest(
            ModelManifest.FORMAT,
            id,
            name(gguf.name()),
            "llama",
            gguf.string("general.license").orElse(""),
            gguf.name(),
            quantization,
            config.contextLength(),
            config.vocabularySize(),
            config.layers(),
            config.keyValueHeads(),
            config.headSize(),
            gguf.tensors().values().stream().mapToLong(Tensor::elements).sum(),
            token(gguf, tokens, "tokenizer.ggml.bos_token_id"),
            token(gguf, tokens, "tokenizer.ggml.eos_token_id"),
            stopTokens(gguf, tokens),
            gguf.string("tokenizer.chat_template").orElse(""),
            gguf.strings("general.languages"),
            files));
  }

  private static void writeTokenizer(
      GgufFile gguf, LlamaConfig config, List<String> tokens, Path file)
      throws IOException, ImportException {
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
      Vocabulary vocabulary =
          Vocabulary.of(
              tokens,
              gguf.strings("tokenizer.ggml.merges"),
              special,
              pattern,
              pattern == SplitPattern.LLAMA_3);
      TokenizerJson.write(vocabulary, file);
    } catch (TokenizerException e) {
      throw new ImportException(gguf.name() + ": " + e.getMessage(), e);
    }
  }

  private static List<Integer> stopTokens(GgufFile gguf, List<String> tokens) {
    TreeSet<Integer> stops = new TreeSet<>();
    for (String key : List.of("tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id")) {
      gguf.integer(key)
          .filter(id -> id >= 0 && id < tokens.size())
          .ifPresent(id -> stops.add(id.intValue()));
    }
    for (int id = 0; id < tokens.size(); id++) {
      if (END_SPELLINGS.contains(tokens.get(id))) {
        stops.add(id);
      }
    }
    return List.copyOf(stops);
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
  static String name(String file) {
    String bare =
        file.replaceFirst("(?i)\\.gguf$", "")
            .replaceFirst("(?i)[.-](i?q[0-9][a-z0-9_]*|b?f16|f32)$", "");
    return bare.replaceAll("[-_]+", " ").strip();
  }
}
