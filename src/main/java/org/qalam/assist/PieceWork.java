package org.qalam.assist;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.qalam.assist.Finding.Check;
import org.qalam.document.TextSummary;
import org.qalam.engine.Engine;
import org.qalam.task.CancellationToken;

/**
 * One request at work: its pieces are put to the model one after the other, and what does not fit
 * its context is cut, told in levels, or read from its end alone, as the action needs it. Its steps
 * run on the engine's thread.
 */
final class PieceWork {
  /**
   * What came of a request.
   *
   * @param whole whether what was not reached is in the text as it was
   * @param prompt what was said about the last piece
   */
  record Answer(
      String text,
      List<Finding> findings,
      boolean stopped,
      boolean whole,
      int attempts,
      String prompt,
      int promptTokens,
      int newTokens,
      double tokensPerSecond,
      double seconds) {}

  /** Pieces of at most so many bytes go to any model without a question. */
  private static final int SHORT = 512;

  /** So many pieces that were answered before are told of at a time. */
  private static final int KNOWN = 32;

  /** Characters of a text that is told of at each token. */
  private static final int OFTEN = 10_000;

  /** Characters that tell how many tokens the rest will have. */
  private static final int ENOUGH = 400;

  private final Exchange exchange;
  private final Recipe recipe;
  private final AssistRequest request;
  private final Consumer<Phase> phases;
  private final CancellationToken cancellation;
  private List<Pieces.Piece> pieces;
  private int all; // pieces that are sent or were answered before

  // Below: one step after the other, never two at once.
  private final StringBuilder done = new StringBuilder();
  private final List<Finding> findings = new ArrayList<>();
  private int most = Integer.MAX_VALUE;
  private int next;
  private int sent;
  private int kept;
  private int finished;
  private int reached; // characters of the passage
  private int toAsk; // characters
  private int asked; // characters
  private boolean isSound = true; // what was finished last
  private boolean whole = true;
  private boolean stopped;

  PieceWork(
      Engine engine,
      Recipe recipe,
      AssistRequest request,
      Speeds speeds,
      Consumer<Phase> phases,
      CancellationToken cancellation) {
    this.exchange = new Exchange(engine, recipe, request, speeds, phases, cancellation);
    this.recipe = recipe;
    this.request = request;
    this.phases = phases;
    this.cancellation = cancellation;
    boolean draft = request.text().isBlank() && !request.action().needsText();
    this.pieces =
        draft ? List.of(new Pieces.Piece("", true)) : Pieces.of(request.text(), recipe.unit());
    this.all = sent(pieces);
    this.toAsk =
        pieces.stream().filter(this::isAsked).mapToInt(piece -> piece.text().length()).sum();
  }

  private boolean isAsked(Pieces.Piece piece) {
    return piece.sent() && !request.answered().containsKey(piece.text());
  }

  CompletableFuture<Answer> run() {
    boolean isShort =
        pieces.stream()
            .filter(this::isAsked)
            .allMatch(piece -> piece.text().getBytes(StandardCharsets.UTF_8).length <= SHORT);
    if (isShort || cancellation.isCancelled()) {
      return step();
    }
    return exchange
        .fitting()
        .thenCompose(this::fit)
        .exceptionallyCompose(failure ->
            isStoppedWhileLoading(failure) ? step() : CompletableFuture.failedFuture(failure));
  }

  /** Loading ends with an exception where it was stopped, but an answer that is stopped is none. */
  private boolean isStoppedWhileLoading(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof CancellationException && cancellation.isCancelled();
  }

  private CompletableFuture<Answer> fit(Fitting fitting) {
    if (recipe.unit() != Recipe.Unit.WHOLE) {
      return cut(fitting).thenCompose(_ -> step());
    }
    String text = request.text().strip();
    return switch (request.action().result()) {
      case INSERT ->
          fitting
              .end(text)
              .thenCompose(end -> {
                if (end.length() < text.length()) {
                  most = fitting.room();
                  findings.add(
                      new Finding(
                          Check.END_READ,
                          TextSummary.countWords(end) + " / " + TextSummary.countWords(text)));
                  use(Pieces.of(end, recipe.unit()));
                }
                return step();
              });
      case PANEL ->
          fitting
              .parts(text)
              .thenCompose(parts ->
                  parts.size() == 1
                      ? step()
                      : new Levels(exchange, fitting, phases).tell(parts).thenApply(this::answer));
      case REPLACE ->
          cut(fitting)
              .thenCompose(_ -> {
                if (all > 1) {
                  findings.add(new Finding(Check.IN_PARTS, String.valueOf(all)));
                }
                return step();
              });
    };
  }

  /** Cuts pieces that are too long. */
  private CompletableFuture<Void> cut(Fitting fitting) {
    List<Pieces.Piece> fitted = new ArrayList<>();
    CompletableFuture<Void> cut = CompletableFuture.completedFuture(null);
    for (Pieces.Piece piece : pieces) {
      cut =
          cut.thenCompose(_ ->
              isAsked(piece)
                  ? fitting
                      .parts(piece.text())
                      .thenAccept(parts -> parts.forEach(part -> Pieces.addTrimmed(fitted, part)))
                  : CompletableFuture.completedFuture(null).thenAccept(_ -> fitted.add(piece)));
    }
    return cut.thenAccept(_ -> use(fitted));
  }

  private CompletableFuture<Answer> step() {
    takeKnown();
    if (next == pieces.size() || stopped) {
      return CompletableFuture.completedFuture(answer());
    }
    String piece = pieces.get(next).text();
    next++;
    sent++;
    if (recipe.unit() != Recipe.Unit.SENTENCE && all > 1) {
      phases.accept(new Phase.Part(finished + 1, all, false));
    }
    return exchange
        .ask(piece, next, most, this::grew)
        .thenCompose(reply -> {
          take(piece, reply);
          return step();
        });
  }

  /** What is not sent, and what was answered before, goes into the result as it is. */
  private void takeKnown() {
    isSound = true;
    int known = 0;
    while (next < pieces.size()) {
      Pieces.Piece piece = pieces.get(next);
      if (isAsked(piece)) {
        break;
      }
      String answer = piece.text();
      if (piece.sent()) {
        answer = request.answered().getOrDefault(answer, answer);
        finished++;
        known++;
      }
      done.append(answer);
      reached += piece.text().length();
      next++;
      if (known == KNOWN) {
        known = 0;
        tellReached();
      }
    }
    if (known > 0) {
      tellReached();
    }
  }

  /** Puts an answer into the result: in corrections a failed one gives way to the writer's own. */
  private void take(String piece, Exchange.Reply result) {
    if (result.stopped()) {
      stopped = true;
      boolean correction = recipe.keepsWords();
      boolean inPieces =
          correction
              || recipe.unit() == Recipe.Unit.PARAGRAPH
              || (recipe.action().result() == Action.Result.REPLACE && all > 1);
      boolean isKept = correction || (inPieces && (finished > 0 || result.text().isBlank()));
      done.append(isKept ? piece : result.text());
      whole = isKept;
      // What was not reached stays as it is, so that a stopped correction can be used.
      if (inPieces) {
        for (; next < pieces.size(); next++) {
          done.append(pieces.get(next).text());
        }
      }
      return;
    }
    finished++;
    reached += piece.length();
    asked += piece.length();
    isSound = result.isSound();
    if (recipe.keepsWords() && !result.isSound()) {
      done.append(piece);
      kept++;
      tellReached();
      return;
    }
    done.append(result.text());
    if (result.isSound() && all > 1) {
      phases.accept(new Phase.Answered(piece, result.text()));
    }
    tellReached();
    for (Finding finding : result.findings()) {
      if (findings.stream().noneMatch(known -> known.check() == finding.check())) {
        findings.add(finding);
      }
    }
  }

  /** Whether its parts are of use before the end: each is a change of its own. */
  private boolean grows() {
    boolean isReworded =
        recipe.action().result() == Action.Result.REPLACE
            && recipe.action().shape() == Action.Shape.SAME;
    return recipe.keepsWords() || (isReworded && all > 1);
  }

  private Phase.Reached reached() {
    return grows() ? new Phase.Reached(reached, done.length(), isSound) : Phase.Reached.NOTHING;
  }

  /** A long text is told of less often, since all of it is told each time. */
  private void grew(String text, int newTokens, double tokensPerSecond) {
    if (newTokens % (1 + done.length() / OFTEN) == 0) {
      tell(text, newTokens, tokensPerSecond);
    }
  }

  private void tell(String text, int newTokens, double tokensPerSecond) {
    phases.accept(
        new Phase.Writing(
            done + text, reached(), newTokens, expectedTokens(newTokens), tokensPerSecond));
  }

  private void tellReached() {
    if (grows()) {
      tell("", exchange.newTokens(), exchange.tokensPerSecond());
    }
  }

  /** Tokens of all answers, second attempts too, as those that are there let expect. */
  private int expectedTokens(int newTokens) {
    int rest = (toAsk - asked) / Recipe.CHARACTERS_A_WRITTEN_TOKEN;
    int expected =
        asked >= ENOUGH
            ? (int) ((double) exchange.newTokens() * toAsk / asked)
            : exchange.newTokens() + recipe.expectedTokens(rest);
    return Math.max(expected, newTokens);
  }

  private void use(List<Pieces.Piece> fitted) {
    pieces = fitted;
    all = sent(fitted);
  }

  private static int sent(List<Pieces.Piece> pieces) {
    return (int) pieces.stream().filter(Pieces.Piece::sent).count();
  }

  private Answer answer() {
    String text = done.toString();
    List<Finding> found = new ArrayList<>(findings);
    if (kept > 0) {
      found.add(new Finding(Check.PARTLY_KEPT, kept + " / " + sent));
    } else if (!stopped
        && recipe.action().result() == Action.Result.REPLACE
        && text.equals(request.text())) {
      found.add(new Finding(Check.UNCHANGED, ""));
    }
    return answer(text, found, stopped, whole);
  }

  private Answer answer(Levels.Told told) {
    return answer(told.text(), told.findings(), told.stopped(), !told.stopped());
  }

  private Answer answer(String text, List<Finding> found, boolean isStopped, boolean isWhole) {
    return new Answer(
        text,
        found,
        isStopped,
        isWhole,
        exchange.attempts(),
        exchange.prompt(),
        exchange.promptTokens(),
        exchange.newTokens(),
        exchange.tokensPerSecond(),
        exchange.seconds());
  }
}
