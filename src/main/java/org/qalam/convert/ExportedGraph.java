package org.qalam.convert;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.qalam.catalog.GraphSignature;
import org.qalam.convert.OnnxSummary.Value;

/**
 * An exported graph that Qalam can run.
 *
 * @param signature its inputs and outputs; optional ones that it does not take are empty
 * @param layers transformer blocks
 * @param keyValueHeads heads of the key-value cache in a block
 * @param headSize numbers in a head
 * @param vocabularySize token ids
 */
record ExportedGraph(
    GraphSignature signature, int layers, int keyValueHeads, int headSize, int vocabularySize) {
  private static final int MAX_LAYERS = 1000;

  /** What an input that Qalam does not give tells of the model. */
  private static final Map<String, String> FOREIGN =
      Map.of(
          "use_cache_branch",
          "two graphs merged into one; export it again with a newer optimum",
          "inputs_embeds",
          "one part of a larger pipeline",
          "pixel_values",
          "a model that reads pictures",
          "encoder_hidden_states",
          "the decoder of an encoder-decoder model",
          "encoder_attention_mask",
          "the decoder of an encoder-decoder model");

  /**
   * Finds out how a graph is run.
   *
   * @param name file name that messages begin with
   * @throws ImportException with one sentence, where it takes or gives something else
   */
  static ExportedGraph of(String name, OnnxSummary graph, ExportedConfig config)
      throws ImportException {
    return new Match(name, graph, config).graph();
  }

  /** Compares a graph with what its configuration says. */
  private static final class Match {
    private final String name;
    private final OnnxSummary summary;
    private final ExportedConfig config;
    private final GraphSignature names;
    private final Map<String, Value> inputs = new LinkedHashMap<>();
    private final Map<String, Value> outputs = new LinkedHashMap<>();
    private final Set<String> unused = new TreeSet<>();
    private long heads;
    private long headSize;
    private int cacheType;

    Match(String name, OnnxSummary summary, ExportedConfig config) {
      this.name = name;
      this.summary = summary;
      this.config = config;
      this.names = config.names();
      summary.inputs().forEach(input -> inputs.put(input.name(), input));
      summary.outputs().forEach(output -> outputs.put(output.name(), output));
      unused.addAll(inputs.keySet());
    }

    ExportedGraph graph() throws ImportException {
      String position = optional(names.positionIds());
      String keep = optional(names.logitsToKeep());
      String mask = optional(names.attentionMask());
      refuseForeign();
      require(whole(names.inputIds()), 2, "the token ids");
      if (!position.isEmpty()) {
        if (input(position).shape().size() == 3) {
          throw refused("its positions are of three kinds (mrope), which Qalam does not run");
        }
        require(whole(position), 2, "the positions");
      }
      if (!mask.isEmpty()) {
        require(whole(mask), 2, "the attention mask");
      }
      if (!keep.isEmpty()) {
        require(whole(keep), input(keep).shape().size(), "the number of logits");
      }
      int layers = layers();
      if (!unused.isEmpty()) {
        throw refused("it takes '" + unused.iterator().next() + "', which Qalam does not give");
      }
      long vocabulary = logits();
      return new ExportedGraph(
          new GraphSignature(
              GraphSignature.Kind.EXPORTED,
              names.inputIds(),
              mask,
              position,
              keep,
              names.pastKeys(),
              names.pastValues(),
              names.logits(),
              names.presentKeys(),
              names.presentValues(),
              isInPlace(layers)),
          layers,
          (int) heads,
          (int) headSize,
          (int) vocabulary);
    }

    private void refuseForeign() throws ImportException {
      for (String input : inputs.keySet()) {
        String what = FOREIGN.get(input);
        if (what != null) {
          throw refused("it takes '" + input + "': it is " + what + ", which Qalam does not run");
        }
      }
    }

    private String optional(String input) {
      return inputs.containsKey(input) ? input : "";
    }

    private Value input(String input) throws ImportException {
      @Nullable Value value = inputs.get(input);
      if (value == null) {
        throw refused("it takes no '" + input + "' but " + inputs.keySet());
      }
      unused.remove(input);
      return value;
    }

    private Value whole(String input) throws ImportException {
      Value value = input(input);
      if (value.type() != OnnxSummary.INT64) {
        throw refused("'" + input + "' should be int64 and is of type " + value.type());
      }
      return value;
    }

    private void require(Value value, int rank, String what) throws ImportException {
      if (value.shape().size() != rank) {
        throw refused(what + " should have " + rank + " dimensions and have " + value.shape());
      }
    }

    private int layers() throws ImportException {
      int layers = 0;
      while (layers < MAX_LAYERS
          && inputs.containsKey(GraphSignature.inLayer(names.pastKeys(), layers))) {
        cache(input(GraphSignature.inLayer(names.pastKeys(), layers)));
        cache(input(GraphSignature.inLayer(names.pastValues(), layers)));
        cache(output(GraphSignature.inLayer(names.presentKeys(), layers)));
        cache(output(GraphSignature.inLayer(names.presentValues(), layers)));
        layers++;
      }
      if (layers == 0) {
        throw refused(
            "it takes no '"
                + GraphSignature.inLayer(names.pastKeys(), 0)
                + "': it was exported without a cache; export it with one"
                + " (text-generation-with-past)");
      }
      if (heads <= 0 || headSize <= 0) {
        throw refused("nothing says how large the heads of its cache are");
      }
      return layers;
    }

    private Value output(String output) throws ImportException {
      @Nullable Value value = outputs.get(output);
      if (value == null) {
        throw refused("it gives no '" + output + "'");
      }
      return value;
    }

    /** Every part of the cache must be alike: (1, heads, tokens, head size). */
    private void cache(Value part) throws ImportException {
      if (part.type() != OnnxSummary.FLOAT && part.type() != OnnxSummary.FLOAT16) {
        throw refused(
            "its cache '"
                + part.name()
                + "' holds neither float32 nor float16 numbers but type "
                + part.type()
                + ", which Qalam does not run");
      }
      require(part, 4, "the cache '" + part.name() + "'");
      long itsHeads = size(part.shape().get(1), config.keyValueHeads());
      long itsSize = size(part.shape().get(3), config.headSize());
      if (cacheType == 0) {
        cacheType = part.type();
        heads = itsHeads;
        headSize = itsSize;
      }
      if (part.type() != cacheType || itsHeads != heads || itsSize != headSize) {
        throw refused("the layers of its cache differ from each other, which Qalam does not run");
      }
      if (heads > 1 << 16 || headSize > 1 << 16) {
        throw refused("its cache has an impossible size (" + part.shape() + ")");
      }
    }

    private static long size(long inGraph, long inConfig) {
      return inGraph > 0 ? inGraph : inConfig;
    }

    private long logits() throws ImportException {
      Value logits = output(names.logits());
      require(logits, 3, "the logits");
      if (logits.type() != OnnxSummary.FLOAT && logits.type() != OnnxSummary.FLOAT16) {
        throw refused("its logits are neither float32 nor float16");
      }
      long vocabulary = size(logits.shape().get(2), config.vocabularySize());
      if (vocabulary < 1 || vocabulary > 1 << 24) {
        throw refused("nothing says how many tokens it knows");
      }
      return vocabulary;
    }

    /** Whether every layer is grouped-query attention straight on the graph's own cache. */
    private boolean isInPlace(int layers) {
      for (int layer = 0; layer < layers; layer++) {
        if (!summary
            .attention()
            .contains(
                List.of(
                    GraphSignature.inLayer(names.pastKeys(), layer),
                    GraphSignature.inLayer(names.pastValues(), layer),
                    GraphSignature.inLayer(names.presentKeys(), layer),
                    GraphSignature.inLayer(names.presentValues(), layer)))) {
          return false;
        }
      }
      return true;
    }

    private ImportException refused(String why) {
      return new ImportException(name + ": " + why);
    }
  }
}
