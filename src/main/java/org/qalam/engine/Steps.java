package org.qalam.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.qalam.task.CancellationToken;
import org.qalam.task.EngineThread;
import org.qalam.task.Progress;

/** One answer's steps through the model: a token at a time, or with guesses of the next ones. */
@EngineThread
final class Steps {
  /** One token is never interrupted: who generates looks at the caller's token between two. */
  private static final CancellationToken NEVER = new CancellationToken();

  private final Generator generator;
  private final Guesses guesses;
  private final int most;
  private final int contextLength;
  private final int mostEach;
  private int[] guessed = {};
  private int right;
  private int taken;
  private Generator.@Nullable LogitsAfter read;

  /**
   * @param most tokens of the answer
   */
  Steps(Generator generator, Guesses guesses, int most, int contextLength) {
    this.generator = generator;
    this.guesses = guesses;
    this.most = most;
    this.contextLength = contextLength;
    this.mostEach = generator.mostEach();
  }

  /** Steps so far, those of the prompt not counted. */
  int taken() {
    return taken;
  }

  /** Guesses that were, or are to be, read in one step with the prompt's end. */
  int[] beginning(int promptTokens) {
    return mostEach == 1
        ? new int[0]
        : guesses.beginning(Math.min(room(promptTokens, 0), mostEach - 1));
  }

  /**
   * Reads the prompt's end and the guesses after it.
   *
   * @param ids what is new of the prompt
   * @param beginning what {@link #beginning} gave
   * @return logits after the prompt
   */
  float[] begin(int[] ids, int[] beginning, Progress progress, CancellationToken cancellation) {
    guessed = beginning;
    right = 0;
    if (beginning.length == 0) {
      read = null;
      return generator.append(ids, progress, cancellation);
    }
    Generator.LogitsAfter fresh =
        generator.appendEach(joined(ids, beginning), 1 + beginning.length, progress, cancellation);
    read = fresh;
    return fresh.at(0);
  }

  /**
   * The logits after a token of the answer.
   *
   * @param tokens all so far; of {@code count} the last one is new
   * @param written how many are the answer's
   */
  float[] after(int[] tokens, int count, int written) {
    int id = tokens[count - 1];
    guesses.saw(id);
    Generator.LogitsAfter known = read;
    if (known != null && right < guessed.length && guessed[right] == id) {
      right++;
      return known.at(right);
    }
    taken++;
    generator.rewindTo(count - 1); // forgets guesses that were wrong
    guessed =
        mostEach == 1
            ? new int[0]
            : guesses.next(tokens, count, Math.min(room(count, written), mostEach - 1));
    return begin(new int[] {id}, guessed, Progress.NONE, NEVER);
  }

  /** Tokens that may follow. */
  private int room(int count, int written) {
    return Math.min(most - written, contextLength - count);
  }

  private static int[] joined(int[] one, int[] other) {
    int[] all = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, all, one.length, other.length);
    return all;
  }
}
