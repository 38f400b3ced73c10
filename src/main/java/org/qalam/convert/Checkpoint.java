package org.qalam.convert;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qalam.tokenizer.Vocabulary;

/**
 * A Llama model in another program's files. Tensors have the names that GGUF gives them, whatever
 * the files call them: {@code token_embd.weight}, {@code blk.0.attn_q.weight}, {@code .bias} where
 * a layer has one, {@code .lora_a} and {@code .lora_b} for adaptors. Confined to one thread;
 * closing it unmaps the files.
 *
 * @param name of the file or folder, for messages
 * @param keepsFloats whether numbers that the files do not quantise are kept in eight bits, not
 *     four
 */
record Checkpoint(
    String name,
    LlamaConfig config,
    Map<String, Tensor> tensors,
    Vocabulary vocabulary,
    Facts facts,
    boolean keepsFloats,
    List<? extends CheckpointFile> files)
    implements AutoCloseable {

  private static final Pattern IN_LAYER =
      Pattern.compile(
          "blk\\.(\\d{1,4})\\.(?:attn_norm\\.weight|ffn_norm\\.weight"
              + "|(?:attn_q|attn_k|attn_v|attn_output|ffn_gate|ffn_up|ffn_down)"
              + "\\.(?:weight|bias|lora_a|lora_b))");

  private static final Set<String> OUTSIDE =
      Set.of(
          "token_embd.weight",
          "output_norm.weight",
          "output.weight",
          "output.lora_a",
          "output.lora_b",
          "rope_freqs.weight");

  /**
   * What else is known of a model.
   *
   * @param title for people
   * @param bosToken spelling; empty where there is none
   * @param eosToken spelling; empty where there is none
   * @param stopTokens ids of tokens that end an answer
   * @param chatTemplate Jinja source; may be empty
   */
  record Facts(
      String title,
      String license,
      List<String> languages,
      String bosToken,
      String eosToken,
      List<Integer> stopTokens,
      String chatTemplate) {}

  boolean has(String tensor) {
    return tensors.containsKey(tensor);
  }

  /** The tensor of this name, which must be there with this shape. */
  Tensor tensor(String tensor, long... shape) throws ImportException {
    Tensor found = tensors.get(tensor);
    if (found == null) {
      throw new ImportException(name + ": tensor " + tensor + " is missing");
    }
    List<Long> expected = new ArrayList<>();
    for (long size : shape) {
      expected.add(size);
    }
    if (!found.shape().equals(expected)) {
      throw new ImportException(
          name
              + ": tensor "
              + found.name()
              + " should be "
              + expected
              + " but is "
              + found.shape());
    }
    return found;
  }

  /** An adaptor's matrix (rank, columns), whose rank it says itself. */
  Tensor adaptor(String tensor) throws ImportException {
    Tensor found = tensors.get(tensor);
    if (found == null || found.shape().size() != 2) {
      throw new ImportException(name + ": adaptor " + tensor + " is missing");
    }
    return found;
  }

  /**
   * This checkpoint, where it holds nothing that a Llama model has no use for: what would be left
   * out would be missed in its answers.
   */
  Checkpoint checked() throws ImportException {
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      Matcher inLayer = IN_LAYER.matcher(entry.getKey());
      boolean known =
          inLayer.matches()
              ? Integer.parseInt(inLayer.group(1)) < config.layers()
              : OUTSIDE.contains(entry.getKey());
      if (!known) {
        throw new ImportException(
            name
                + ": it has a tensor "
                + entry.getValue().name()
                + ", which no Llama model has that Qalam knows");
      }
    }
    return this;
  }

  /** Number of weights. */
  long parameters() {
    return tensors.values().stream().mapToLong(Tensor::elements).sum();
  }

  /** Number of tensors that are matrices; the others are vectors, and small. */
  int matrices() {
    return (int) tensors.values().stream().filter(tensor -> tensor.shape().size() == 2).count();
  }

  /** Bytes of all tensors. */
  long bytes() {
    return tensors.values().stream().mapToLong(Tensor::bytes).sum();
  }

  @Override
  public void close() throws IOException {
    for (CheckpointFile file : files) {
      file.close();
    }
  }
}
