package org.qalam.convert;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.qalam.tokenizer.Vocabulary;

/** The tokens that end an answer. */
final class StopTokens {
  /** Spellings of tokens that end an answer, whatever a checkpoint names as its one end token. */
  private static final Set<String> END_SPELLINGS =
      Set.of("<|im_end|>", "<|eot_id|>", "<|end_of_text|>", "<|endoftext|>", "<|eom_id|>", "</s>");

  private StopTokens() {}

  /** Those that the checkpoint names, as far as they are tokens, and those that are spelt so. */
  static List<Integer> of(Vocabulary vocabulary, Collection<? extends Number> named) {
    TreeSet<Integer> stops = new TreeSet<>();
    for (Number id : named) {
      if (id.longValue() >= 0 && id.longValue() < vocabulary.size()) {
        stops.add(id.intValue());
      }
    }
    for (int id = 0; id < vocabulary.size(); id++) {
      if (END_SPELLINGS.contains(vocabulary.token(id))) {
        stops.add(id);
      }
    }
    return List.copyOf(stops);
  }
}
