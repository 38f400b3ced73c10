package org.qalam.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The shape of a decoder of the Llama family.
 *
 * @param layers transformer blocks
 * @param hiddenSize width of the residual stream
 * @param heads query heads
 * @param keyValueHeads key and value heads; {@code heads} is a multiple
 * @param headSize numbers in a head
 * @param feedForwardSize width of the feed-forward's hidden vector
 * @param vocabularySize token ids
 * @param contextLength positions
 * @param normEpsilon of the root-mean-square norms
 * @param ropeBase base of the rotary frequencies
 * @param ropeFactors divide the rotary frequencies, (headSize / 2); all 1 where nothing is scaled
 */
record LlamaConfig(
    int layers,
    int hiddenSize,
    int heads,
    int keyValueHeads,
    int headSize,
    int feedForwardSize,
    int vocabularySize,
    int contextLength,
    float normEpsilon,
    double ropeBase,
    List<Float> ropeFactors) {

  /** Reads the keys of a GGUF file. */
  static LlamaConfig of(GgufFile gguf) throws ImportException {
    String architecture =
        gguf.string("general.architecture")
            .orElseThrow(
                () -> new ImportException(gguf.name() + ": it does not say what model it holds"));
    if (!architecture.equals("llama")) {
      throw new ImportException(
          gguf.name()
              + ": this is a model of the kind '"
              + architecture
              + "'; Qalam runs models of the Llama family ('llama')");
    }
    if (gguf.integer("llama.expert_count").orElse(0L) > 0) {
      throw new ImportException(
          gguf.name() + ": this is a mixture of experts, which Qalam does not run");
    }
    int heads = gguf.required("llama.attention.head_count");
    int hidden = gguf.required("llama.embedding_length");
    long keyValueHeads = gguf.integer("llama.attention.head_count_kv").orElse((long) heads);
    long headSize =
        gguf.integer("llama.attention.key_length")
            .or(() -> gguf.integer("llama.rope.dimension_count"))
            .orElse((long) hidden / heads);
    if (keyValueHeads < 1 || heads % keyValueHeads != 0) {
      throw new ImportException(
          gguf.name() + ": " + heads + " heads cannot share " + keyValueHeads + " key-value heads");
    }
    if (headSize < 2 || headSize % 2 != 0 || headSize > 1024) {
      throw new ImportException(
          gguf.name() + ": heads of " + headSize + " numbers are not possible");
    }
    if (hidden % BlockQuantizer.BLOCK != 0) {
      throw new ImportException(
          gguf.name() + ": a width of " + hidden + " is not a multiple of " + BlockQuantizer.BLOCK);
    }
    Tensor embedding = gguf.tensors().get("token_embd.weight");
    if (embedding == null || embedding.shape().size() != 2) {
      throw new ImportException(gguf.name() + ": tensor token_embd.weight is missing");
    }
    return new LlamaConfig(
        gguf.required("llama.block_count"),
        hidden,
        heads,
        (int) keyValueHeads,
        (int) headSize,
        gguf.required("llama.feed_forward_length"),
        Math.toIntExact(embedding.shape().getFirst()),
        gguf.required("llama.context_length"),
        gguf.number("llama.attention.layer_norm_rms_epsilon").orElse(1e-5).floatValue(),
        gguf.number("llama.rope.freq_base").orElse(10_000.0),
        ropeFactors(gguf, (int) headSize / 2));
  }

  private static List<Float> ropeFactors(GgufFile gguf, int count) throws ImportException {
    float[] factors = new float[count];
    Arrays.fill(factors, 1);
    String scaling = gguf.string("llama.rope.scaling.type").orElse("none");
    if (scaling.equals("linear")) {
      Arrays.fill(factors, gguf.number("llama.rope.scaling.factor").orElse(1.0).floatValue());
    } else if (!scaling.equals("none")) {
      throw new ImportException(
          gguf.name() + ": its rotary scaling '" + scaling + "' is not one that Qalam knows");
    }
    if (gguf.tensors().containsKey("rope_freqs.weight")) {
      Dequantizer.read(gguf.tensor("rope_freqs.weight", count), 0, factors);
    }
    List<Float> list = new ArrayList<>();
    for (float factor : factors) {
      list.add(factor);
    }
    return List.copyOf(list);
  }

  /** Rows of queries, keys and values together. */
  int queryKeyValueSize() {
    return (heads + 2 * keyValueHeads) * headSize;
  }
}
