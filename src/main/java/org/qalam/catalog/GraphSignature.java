package org.qalam.catalog;

/**
 * How a model's graph is run and what its inputs and outputs are called. Names of the key-value
 * cache hold {@code %d} where the number of the layer goes; an optional input that a graph does not
 * take is empty.
 *
 * @param kind which way of running it
 * @param inputIds (1, tokens), int64
 * @param attentionMask (1, tokens in the cache after the step), int64, all ones; may be empty
 * @param positionIds (1, tokens), int64; may be empty
 * @param logitsToKeep scalar int64: positions at the end whose logits are wanted, 0 for all; may be
 *     empty
 * @param pastKeys (1, heads, tokens, head size) of a layer
 * @param pastValues as {@code pastKeys}
 * @param logits (1, tokens, vocabulary)
 * @param presentKeys (1, heads, tokens, head size) of a layer after the step
 * @param presentValues as {@code presentKeys}
 * @param cacheInPlace whether past and present may be the same buffer, longer than what it holds
 */
public record GraphSignature(
    Kind kind,
    String inputIds,
    String attentionMask,
    String positionIds,
    String logitsToKeep,
    String pastKeys,
    String pastValues,
    String logits,
    String presentKeys,
    String presentValues,
    boolean cacheInPlace) {
  /** The way of running a graph. */
  public enum Kind {
    /** Made by Qalam: lengths as numbers, logits of chosen positions. */
    OWN,
    /** Made by another program's exporter: an attention mask, logits of every position. */
    EXPORTED
  }

  /** The graphs that Qalam makes. */
  public static final GraphSignature OWN =
      new GraphSignature(
          Kind.OWN,
          "input_ids",
          "",
          "",
          "",
          "past_key_values.%d.key",
          "past_key_values.%d.value",
          "logits",
          "present.%d.key",
          "present.%d.value",
          true);

  /** A name of the cache in a layer. */
  public static String inLayer(String name, int layer) {
    return name.replace("%d", Integer.toString(layer));
  }
}
