package org.qalam.engine;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import org.qalam.task.EngineThread;

/**
 * Earlier prompts with their keys and values, so that a prompt that begins like any of them is not
 * read again from there, whatever came in between (0084). The one that was used longest ago goes
 * first. Closing frees the memory.
 */
@EngineThread
final class KeptPrefixes implements AutoCloseable {
  /** Reading fewer tokens again costs less than keeping them. */
  static final int FEWEST = 64;

  private final Generator generator;
  private final long limit;

  /** The latest used first. */
  private final Deque<Kept> kept = new ArrayDeque<>();

  private static final class Kept {
    final int[] tokens;
    final Generator.Saved saved;

    Kept(int[] tokens, Generator.Saved saved) {
      this.tokens = tokens;
      this.saved = saved;
    }
  }

  /**
   * @param limit bytes that may be kept
   */
  KeptPrefixes(Generator generator, long limit) {
    this.generator = generator;
    this.limit = limit;
  }

  /** Bytes of native memory that are kept now. */
  long bytes() {
    return kept.stream().mapToLong(each -> each.saved.bytes()).sum();
  }

  /**
   * Makes the cache hold as much as possible of a prompt's beginning, of what it holds itself and
   * of what is kept; keeps what it loses by that.
   *
   * @param held tokens of the cache
   * @param heldCount how many of these are worth keeping, an earlier prompt's; at most as many as
   *     the cache holds
   * @param count how many there are, the answer's among them
   * @return how many of the prompt's tokens the cache holds now, less than all
   */
  int take(int[] held, int heldCount, int count, int[] prompt) {
    // The last token is always read again: its logits begin the answer. With the one before it,
    // for a step of one token is computed in another order than those of more (0067).
    int most = Math.max(0, prompt.length - 2);
    int common = common(held, Math.min(count, generator.tokenCount()), prompt, most);
    Kept best = null;
    int longest = common;
    for (Kept each : kept) {
      int found = common(each.tokens, each.tokens.length, prompt, most);
      if (found > longest) {
        longest = found;
        best = each;
      }
    }
    if (best != null) {
      kept.remove(best);
    }
    keep(held, heldCount, common);
    generator.rewindTo(common);
    if (best != null) {
      generator.restore(best.saved, longest);
      kept.addFirst(best);
    }
    shrink();
    return longest;
  }

  /** Keeps tokens of the cache, unless all but a few of them stay there or are kept already. */
  private void keep(int[] held, int count, int staying) {
    int known = staying;
    for (Kept each : kept) {
      known = Math.max(known, common(each.tokens, each.tokens.length, held, count));
    }
    if (count - known >= FEWEST) {
      Optional<Generator.Saved> saved = generator.save(count, limit);
      saved.ifPresent(found -> kept.addFirst(new Kept(Arrays.copyOf(held, count), found)));
    }
  }

  private void shrink() {
    while (bytes() > limit) {
      kept.removeLast().saved.close();
    }
  }

  /** How many tokens two sequences have in common at the start, of their first so many. */
  private static int common(int[] one, int oneCount, int[] other, int otherCount) {
    int found = Arrays.mismatch(one, 0, oneCount, other, 0, otherCount);
    return found < 0 ? oneCount : found;
  }

  @Override
  public void close() {
    kept.forEach(each -> each.saved.close());
    kept.clear();
  }
}
