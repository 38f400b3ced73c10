package org.qalam.assist;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.qalam.assist.Finding.Check;
import org.qalam.engine.Engine;
import org.qalam.engine.FinishReason;
import org.qalam.engine.GenerationListener;
import org.qalam.engine.GenerationRequest;
import org.qalam.engine.GenerationResult;
import org.qalam.engine.Likely;
import org.qalam.task.CancellationToken;
import org.qalam.tokenizer.ChatMessage;

/**
 * One request at work: its pieces are sent to the engine one after the other, each answer is
 * cleaned and checked, and one that fails is asked for once more. Its steps run on the engine's
 * thread.
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

  private final Engine engine;
  private final Recipe recipe;
  private final AssistRequest request;
  private final Speeds speeds;
  private final Consumer<Phase> phases;
  private final CancellationToken cancellation;
  private final Prompts prompts;
  private final List<Pieces.Piece> pieces;
  private final int expectedTokens;
  private final long start;

  // Below: one step after the other, never two at once.
  private final StringBuilder done = new StringBuilder();
  private final List<Finding> findings = new ArrayList<>();
  private final Agreement agreement = new Agreement();
  private int next;
  private int attempts = 1;
  private int sent;
  private int kept;
  private int finished;
  private int reached; // characters of the passage
  private boolean whole = true;
  private int promptTokens;
  private int newTokens;
  private double writingSeconds;
  private String prompt = "";
  private boolean stopped;

  PieceWork(
      Engine engine,
      Recipe recipe,
      AssistRequest request,
      Speeds speeds,
      Consumer<Phase> phases,
      CancellationToken cancellation) {
    this.engine = engine;
    this.recipe = recipe;
    this.request = request;
    this.speeds = speeds;
    this.phases = phases;
    this.cancellation = cancellation;
    this.prompts = new Prompts(recipe, request);
    this.start = now();
    boolean draft = request.text().isBlank() && !request.action().needsText();
    this.pieces =
        draft ? List.of(new Pieces.Piece("", true)) : Pieces.of(request.text(), recipe.unit());
    this.expectedTokens = recipe.expectedTokens(request.text());
  }

  CompletableFuture<Answer> run() {
    while (next < pieces.size() && !pieces.get(next).sent()) {
      done.append(pieces.get(next).text());
      reached += pieces.get(next).text().length();
      next++;
    }
    if (next == pieces.size() || stopped) {
      return CompletableFuture.completedFuture(answer());
    }
    String piece = pieces.get(next).text();
    next++;
    sent++;
    return attempt(piece, false)
        .thenCompose(first -> {
          if (first.stopped || first.isSound()) {
            return CompletableFuture.completedFuture(first);
          }
          attempts = 2;
          phases.accept(new Phase.Retrying(first.findings.getFirst()));
          return attempt(piece, true).thenApply(second -> better(first, second));
        })
        .thenCompose(result -> {
          take(piece, result);
          return run();
        });
  }

  /** One answer to a piece. */
  private record Attempt(String text, List<Finding> findings, boolean stopped) {
    boolean isSound() {
      return findings.isEmpty();
    }
  }

  private static Attempt better(Attempt first, Attempt second) {
    boolean keepFirst = second.findings.size() > first.findings.size() && !first.text.isBlank();
    return keepFirst && !second.stopped ? first : second;
  }

  private CompletableFuture<Attempt> attempt(String piece, boolean again) {
    List<ChatMessage> conversation = prompts.of(piece, again);
    prompt = Prompts.asText(conversation);
    long seed = request.seed() * 1_000_003 + next * 31L + (again ? 1 : 0);
    var params =
        recipe.paramsFor(piece, seed).withTemperature(recipe.temperature(request.seed(), again));
    CancellationToken loop = new CancellationToken(cancellation);
    String opening = prompts.opening(piece);
    boolean quoted = opening.endsWith("\"");
    List<String> stops = quoted && piece.indexOf('\n') < 0 ? List.of("\n") : List.of();
    Likely likely =
        recipe.keepsWords() && opening.isEmpty()
            ? new Likely(piece, agreement.share())
            : Likely.NOTHING;
    Watcher watcher = new Watcher(piece, quoted, loop);
    return engine
        .generate(
            new GenerationRequest(conversation, opening, stops, params, likely), watcher, loop)
        .thenApply(result -> {
          boolean looped = loop.isCancelled() && !cancellation.isCancelled();
          return finished(piece, result, quoted, looped);
        });
  }

  /** What stands before the quotation mark that ends an answer begun with one. */
  private static String unquoted(String text) {
    boolean ended = text.chars().filter(c -> c == '"').count() % 2 == 1;
    return ended ? text.substring(0, text.lastIndexOf('"')) : text;
  }

  private Attempt finished(String piece, GenerationResult result, boolean quoted, boolean looped) {
    var stats = result.stats();
    promptTokens += stats.promptTokens();
    newTokens += stats.newTokens();
    writingSeconds += stats.newTokenSeconds();
    agreement.saw(stats.expected(), stats.asExpected());
    speeds.saw(
        stats.promptTokens() - stats.reusedTokens(),
        stats.promptSeconds(),
        stats.newTokens(),
        stats.newTokenSeconds());
    String text = AnswerCleaner.clean(piece, quoted ? unquoted(result.text()) : result.text());
    boolean byWriter = cancellation.isCancelled();
    boolean cutOff =
        result.finishReason() == FinishReason.LENGTH
            || result.finishReason() == FinishReason.CONTEXT_FULL;
    List<Finding> found =
        byWriter ? List.of() : AnswerChecks.check(recipe, piece, text, cutOff && !looped);
    return new Attempt(text, found, byWriter);
  }

  /** Puts an answer into the result: in corrections a failed one gives way to the writer's own. */
  private void take(String piece, Attempt result) {
    if (result.stopped) {
      stopped = true;
      boolean correction = recipe.keepsWords();
      boolean inPieces = correction || recipe.unit() == Recipe.Unit.PARAGRAPH;
      boolean isKept = correction || (inPieces && (finished > 0 || result.text.isBlank()));
      done.append(isKept ? piece : result.text);
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
    if (recipe.keepsWords() && !result.isSound()) {
      done.append(piece);
      kept++;
      tellReached();
      return;
    }
    done.append(result.text);
    tellReached();
    for (Finding finding : result.findings) {
      if (findings.stream().noneMatch(known -> known.check() == finding.check())) {
        findings.add(finding);
      }
    }
  }

  private Phase.Reached reached() {
    return recipe.keepsWords() ? new Phase.Reached(reached, done.length()) : Phase.Reached.NOTHING;
  }

  private void tellReached() {
    if (recipe.keepsWords()) {
      phases.accept(
          new Phase.Writing(
              done.toString(),
              reached(),
              newTokens,
              Math.max(expectedTokens, newTokens),
              writingSeconds > 0 ? newTokens / writingSeconds : 0));
    }
  }

  private Answer answer() {
    String text = done.toString();
    List<Finding> all = new ArrayList<>(findings);
    if (kept > 0) {
      all.add(new Finding(Check.PARTLY_KEPT, kept + " / " + sent));
    } else if (!stopped
        && recipe.action().result() == Action.Result.REPLACE
        && text.equals(request.text())) {
      all.add(new Finding(Check.UNCHANGED, ""));
    }
    return new Answer(
        text,
        all,
        stopped,
        whole,
        attempts,
        prompt,
        promptTokens,
        newTokens,
        writingSeconds > 0 ? newTokens / writingSeconds : 0,
        (now() - start) / 1e9);
  }

  /** Nanoseconds of a clock that stands still during pauses. */
  private long now() {
    return System.nanoTime() - cancellation.heldNanos();
  }

  /** Follows one generation: tells the phases, and ends it when it goes round in circles. */
  private final class Watcher implements GenerationListener {
    private final String piece;
    private final boolean quoted;
    private final CancellationToken loop;
    private final StringBuilder text = new StringBuilder();
    private final long began = now();
    private final int before = newTokens;
    private int tokens;
    private long firstPiece;
    private @Nullable String shown;

    Watcher(String piece, boolean quoted, CancellationToken loop) {
      this.piece = piece;
      this.quoted = quoted;
      this.loop = loop;
    }

    @Override
    public void loading(double fraction) {
      phases.accept(new Phase.Loading(fraction));
    }

    @Override
    public void reading(int read, int total) {
      if (sent == 1) {
        phases.accept(new Phase.Reading(read, total));
      }
    }

    @Override
    public void writing(String added) {
      text.append(added);
      tokens++;
      if (firstPiece == 0) {
        firstPiece = now();
      }
      if (tokens % 16 == 0 && AnswerChecks.isLoop(text.toString()) && !AnswerChecks.isLoop(piece)) {
        loop.cancel();
      }
      String now =
          AnswerCleaner.cleanSoFar(piece, quoted ? unquoted(text.toString()) : text.toString());
      if (!now.equals(shown)) {
        shown = now;
        double seconds = (now() - Math.max(firstPiece, began)) / 1e9;
        phases.accept(
            new Phase.Writing(
                done + now,
                reached(),
                before + tokens,
                Math.max(expectedTokens, before + tokens),
                seconds > 0.05 ? tokens / seconds : 0));
      }
    }
  }
}
