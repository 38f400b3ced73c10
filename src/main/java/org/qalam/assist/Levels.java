package org.qalam.assist;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.qalam.assist.Finding.Check;

/**
 * Tells what a text says that is longer than the model's context: its parts are told one by one,
 * what came of them is joined and told again, until it is one. Each answer is checked against what
 * it was asked about. Its steps run on the engine's thread.
 */
final class Levels {
  /**
   * What came of it.
   *
   * @param text where it was stopped, what came of the parts that were done
   */
  record Told(String text, List<Finding> findings, boolean stopped) {}

  private final Exchange exchange;
  private final Fitting fitting;
  private final Consumer<Phase> phases;

  // Below: one step after the other, never two at once.
  private int asked;
  private int doubtful;

  Levels(Exchange exchange, Fitting fitting, Consumer<Phase> phases) {
    this.exchange = exchange;
    this.fitting = fitting;
    this.phases = phases;
  }

  /**
   * Tells a text.
   *
   * @param parts of the text, more than one
   */
  CompletableFuture<Told> tell(List<String> parts) {
    return new Level(parts, false).next();
  }

  /** The parts of the text, or of what came of the level before. */
  private final class Level {
    private final List<String> parts;
    private final boolean isJoining;
    private final List<String> told = new ArrayList<>();
    private int next;

    Level(List<String> parts, boolean isJoining) {
      this.parts = parts;
      this.isJoining = isJoining;
    }

    CompletableFuture<Told> next() {
      if (next == parts.size()) {
        return join();
      }
      String before = joined();
      String part = parts.get(next);
      next++;
      phases.accept(new Phase.Part(next, parts.size(), isJoining));
      return exchange
          .ask(
              part.strip(),
              ++asked,
              fitting.room(),
              (text, tokens, speed) -> grew(before, text, tokens, speed))
          .thenCompose(reply -> {
            if (reply.stopped()) {
              return CompletableFuture.completedFuture(stopped(reply));
            }
            if (parts.size() == 1) {
              return CompletableFuture.completedFuture(
                  new Told(reply.text(), withDoubts(reply.findings()), false));
            }
            doubtful += reply.isSound() ? 0 : 1;
            if (!reply.text().isBlank()) {
              told.add(reply.text().strip());
            }
            return next();
          });
    }

    /** Progress goes by the parts; their answers say little of the time. */
    private int expectedTokens(int tokens) {
      double done = (next - 0.1) / (parts.size() + (isJoining ? 0 : 1));
      return (int) Math.ceil(tokens / done);
    }

    private void grew(String before, String text, int tokens, double tokensPerSecond) {
      phases.accept(
          new Phase.Writing(
              before.isEmpty() ? text : before + gap() + text,
              Phase.Reached.NOTHING,
              tokens,
              expectedTokens(tokens),
              tokensPerSecond));
    }

    /** One that is not finished is left out, unless there is nothing else. */
    private Told stopped(Exchange.Reply reply) {
      String text = told.isEmpty() ? reply.text() : joined();
      return new Told(
          text, List.of(new Finding(Check.PARTS_DONE, told.size() + " / " + parts.size())), true);
    }

    private CompletableFuture<Told> join() {
      String joined = joined();
      if (joined.isBlank()) {
        return CompletableFuture.completedFuture(
            new Told("", withDoubts(List.of(new Finding(Check.EMPTY, ""))), false));
      }
      return fitting
          .parts(joined)
          .thenCompose(again ->
              again.size() < parts.size()
                  ? new Level(again, true).next()
                  : CompletableFuture.completedFuture(
                      new Told(
                          joined, withDoubts(List.of(new Finding(Check.NOT_JOINED, ""))), false)));
    }

    private String joined() {
      return String.join(gap(), told);
    }

    /** Points stand in a list, sentences each in a paragraph of its own. */
    private String gap() {
      return told.stream().anyMatch(text -> text.indexOf('\n') >= 0) ? "\n" : "\n\n";
    }
  }

  private List<Finding> withDoubts(List<Finding> findings) {
    List<Finding> all = new ArrayList<>(findings);
    if (doubtful > 0) {
      all.add(new Finding(Check.PARTS_DOUBTFUL, doubtful + " / " + (asked - 1)));
    }
    return all;
  }
}
