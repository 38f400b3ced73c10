package org.qalam.ui.assistant;

import java.util.Optional;
import org.qalam.assist.Finding;
import org.qalam.assist.Phase;

/**
 * How far a request has come, as the panel tells it.
 *
 * @param step what is going on
 * @param done tokens read so far, while reading
 * @param total tokens to read, while reading
 * @param fraction of the whole way, from 0 to 1, never falling back within an attempt
 * @param secondsLeft about; NaN while unknown
 * @param tokensPerSecond while writing, else 0
 * @param text what is written so far
 * @param part which part of a long text is gone into; empty where it is in one piece
 * @param retryBecause why a second attempt is under way
 */
record Work(
    Step step,
    int done,
    int total,
    double fraction,
    double secondsLeft,
    double tokensPerSecond,
    String text,
    Optional<Phase.Part> part,
    Optional<Finding> retryBecause) {
  /** What is going on. */
  enum Step {
    STARTING,
    LOADING,
    READING,
    WRITING
  }

  /** Shares of the bar where loading and reading end; their true shares differ by machine. */
  private static final double LOADED = 0.2;

  private static final double READ = 0.4;

  /** A speed taken from fewer tokens than this jumps about. */
  private static final int STEADY_TOKENS = 6;

  static Work starting() {
    return new Work(Step.STARTING, 0, 0, 0, Double.NaN, 0, "", Optional.empty(), Optional.empty());
  }

  /**
   * The work after one more phase.
   *
   * @param estimatedSeconds for the whole request; NaN while unknown
   */
  Work after(Phase phase, double estimatedSeconds) {
    return switch (phase) {
      case Phase.Loading loading ->
          step(Step.LOADING, 0, 0, LOADED * Math.clamp(loading.fraction(), 0, 1), Double.NaN, 0);
      case Phase.Reading reading -> {
        double share = reading.total() > 0 ? (double) reading.done() / reading.total() : 0;
        if (part.isPresent()) {
          double within =
              Math.max(fraction, (part.get().number() - 1 + READ * share) / steps(part.get()));
          yield step(
              Step.READING,
              reading.done(),
              reading.total(),
              within,
              estimatedSeconds * (1 - within),
              0);
        }
        double start = Math.max(fraction, step == Step.LOADING ? LOADED : 0);
        double reached = start >= READ ? start : Math.max(fraction, share * READ);
        yield step(
            Step.READING,
            reading.done(),
            reading.total(),
            reached,
            estimatedSeconds * (1 - reached),
            0);
      }
      case Phase.Writing writing -> {
        int left = Math.max(0, writing.expectedTokens() - writing.newTokens());
        double share =
            (double) writing.newTokens() / Math.max(writing.newTokens(), writing.expectedTokens());
        boolean steady =
            writing.newTokens() >= STEADY_TOKENS && writing.tokensPerSecond() > 0 && left > 0;
        yield new Work(
            Step.WRITING,
            done,
            total,
            Math.max(fraction, written(writing.newTokens() > 0 ? share : 0)),
            part.isPresent()
                ? estimatedSeconds * (1 - Math.max(fraction, written(share)))
                : steady ? left / writing.tokensPerSecond() : Double.NaN,
            writing.tokensPerSecond(),
            writing.textSoFar(),
            part,
            retryBecause);
      }
      case Phase.Retrying retrying ->
          part.isPresent()
              ? new Work(
                  Step.STARTING,
                  0,
                  0,
                  fraction,
                  secondsLeft,
                  0,
                  text,
                  part,
                  Optional.of(retrying.because()))
              : new Work(
                  Step.STARTING, 0, 0, 0, Double.NaN, 0, "", part, Optional.of(retrying.because()));
      case Phase.Part next ->
          new Work(
              Step.STARTING,
              0,
              0,
              fraction,
              secondsLeft,
              0,
              text,
              Optional.of(next),
              Optional.empty());
      case Phase.Answered _ -> this;
    };
  }

  /** How far writing has come; of a text in parts it is the most of the work. */
  private double written(double share) {
    return part.isPresent() ? 0.99 * share : READ + (0.99 - READ) * share;
  }

  /** Parts are joined in the end, which counts as one more. */
  private static int steps(Phase.Part part) {
    return part.isJoining() ? part.all() : part.all() + 1;
  }

  private Work step(
      Step next, int done, int total, double reached, double secondsLeft, double tokensPerSecond) {
    return new Work(
        next,
        done,
        total,
        Math.max(fraction, reached),
        secondsLeft,
        tokensPerSecond,
        text,
        part,
        retryBecause);
  }
}
