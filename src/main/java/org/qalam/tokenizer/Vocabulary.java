package org.qalam.tokenizer;

import static org.qalam.tokenizer.TokenizerException.quoted;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a byte-level byte-pair tokenizer knows: its tokens, the merges that make them in order of
 * rank, which tokens are special, and how text is cut first. Immutable; any thread.
 */
public final class Vocabulary {
  /** Eight times as many tokens as Llama 3 has; a file that asks for more is damaged. */
  static final int MAX_TOKENS = 1 << 20;

  /** Two tokens that become one; the rank is its place in the list, lower first. */
  record Merge(String left, String right) {}

  private final List<String>
      tokens; // by id, bytes in GPT-2's spelling; "" where an id has no token
  private final Map<String, Integer> ids;
  private final BitSet special;
  private final BitSet added;
  private final int[] mergeLeft; // by rank: token ids
  private final int[] mergeRight;
  private final int[] mergeResult;
  private final SplitPattern pattern;
  private final boolean ignoreMerges;

  private Vocabulary(
      List<String> tokens,
      List<Merge> merges,
      BitSet special,
      BitSet added,
      SplitPattern pattern,
      boolean ignoreMerges)
      throws TokenizerException {
    if (tokens.size() > MAX_TOKENS) {
      throw new TokenizerException(
          "the vocabulary has "
              + tokens.size()
              + " tokens, more than the "
              + MAX_TOKENS
              + " possible");
    }
    this.tokens = List.copyOf(tokens);
    this.special = special;
    this.added = added;
    this.pattern = pattern;
    this.ignoreMerges = ignoreMerges;
    ids = HashMap.newHashMap(tokens.size());
    for (int id = 0; id < tokens.size(); id++) {
      String token = tokens.get(id);
      Integer earlier = token.isEmpty() ? null : ids.put(token, id);
      if (earlier != null) {
        throw new TokenizerException(
            "the token " + quoted(token) + " has two ids, " + earlier + " and " + id);
      }
    }
    for (int id = added.nextSetBit(0); id >= 0; id = added.nextSetBit(id + 1)) {
      if (id >= tokens.size() || tokens.get(id).isEmpty()) {
        throw new TokenizerException("the special token id " + id + " names no token");
      }
    }
    mergeLeft = new int[merges.size()];
    mergeRight = new int[merges.size()];
    mergeResult = new int[merges.size()];
    for (int rank = 0; rank < merges.size(); rank++) {
      Merge merge = merges.get(rank);
      mergeLeft[rank] = idInMerge(merge.left(), rank);
      mergeRight[rank] = idInMerge(merge.right(), rank);
      mergeResult[rank] = idInMerge(merge.left() + merge.right(), rank);
    }
  }

  private int idInMerge(String token, int rank) throws TokenizerException {
    Integer id = ids.get(token);
    if (id == null || special.get(id) || token.indexOf(' ') >= 0) {
      throw new TokenizerException(
          "merge number " + rank + " needs the token " + quoted(token) + ", which is not there");
    }
    return id;
  }

  /**
   * A vocabulary as GGUF files list it.
   *
   * @param tokens spelling by id, ordinary tokens in GPT-2's spelling of bytes, special ones as
   *     text
   * @param merges two tokens with a space between, in order of rank
   * @param specialIds tokens that are control, not text
   * @param pattern how text is cut first
   * @param ignoreMerges whether a piece that is itself a token is taken whole (Llama 3)
   * @throws TokenizerException when it contradicts itself
   */
  public static Vocabulary of(
      List<String> tokens,
      List<String> merges,
      Set<Integer> specialIds,
      SplitPattern pattern,
      boolean ignoreMerges)
      throws TokenizerException {
    List<Merge> pairs = new ArrayList<>(merges.size());
    for (String merge : merges) {
      pairs.add(merge(merge));
    }
    return of(tokens, pairs, specialIds, specialIds, pattern, ignoreMerges);
  }

  /**
   * As above, with tokens that were added to the vocabulary and yet are text.
   *
   * @param addedIds tokens found in a text before it is cut; holds all special ones
   */
  static Vocabulary of(
      List<String> tokens,
      List<Merge> merges,
      Set<Integer> specialIds,
      Set<Integer> addedIds,
      SplitPattern pattern,
      boolean ignoreMerges)
      throws TokenizerException {
    return new Vocabulary(tokens, merges, bits(specialIds), bits(addedIds), pattern, ignoreMerges);
  }

  /** Reads {@code "a b"}. */
  static Merge merge(String text) throws TokenizerException {
    int space = text.indexOf(' ');
    if (space <= 0 || space == text.length() - 1 || text.indexOf(' ', space + 1) >= 0) {
      throw new TokenizerException(
          "the merge " + quoted(text) + " is not two tokens with a space between");
    }
    return new Merge(text.substring(0, space), text.substring(space + 1));
  }

  private static BitSet bits(Set<Integer> ids) throws TokenizerException {
    BitSet bits = new BitSet();
    for (int id : ids) {
      if (id < 0 || id >= MAX_TOKENS) {
        throw new TokenizerException("the special token id " + id + " names no token");
      }
      bits.set(id);
    }
    return bits;
  }

  /** Number of ids; they are 0 to this less one. */
  public int size() {
    return tokens.size();
  }

  /** The spelling of a token; empty where the id has none. */
  public String token(int id) {
    return tokens.get(id);
  }

  /** The id of a spelling, or -1. */
  int id(String token) {
    return ids.getOrDefault(token, -1);
  }

  /** Whether the token is control, not text. */
  boolean isSpecial(int id) {
    return special.get(id);
  }

  /** Whether the token is found in a text before it is cut; all special ones are such. */
  boolean isAdded(int id) {
    return added.get(id);
  }

  int mergeCount() {
    return mergeLeft.length;
  }

  int mergeLeft(int rank) {
    return mergeLeft[rank];
  }

  int mergeRight(int rank) {
    return mergeRight[rank];
  }

  int mergeResult(int rank) {
    return mergeResult[rank];
  }

  SplitPattern pattern() {
    return pattern;
  }

  boolean ignoresMerges() {
    return ignoreMerges;
  }
}
