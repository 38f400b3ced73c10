package org.qalam.assist;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.qalam.engine.Engine;
import org.qalam.engine.FinishReason;
import org.qalam.engine.GenerationListener;
import org.qalam.engine.GenerationParams;
import org.qalam.engine.GenerationRequest;
import org.qalam.engine.GenerationResult;
import org.qalam.engine.Likely;
import org.qalam.task.CancellationToken;
import org.qalam.tokenizer.ChatMessage;

/**
 * What a request and the engine say to each other: each piece is worded, sent without its emphasis,
 * the addresses of its links and the breaks of its lines, its answer cleaned, set as the piece was,
 * and checked, and one that fails is asked for once more. Its steps run on the engine's thread, one
 * after the other.
 */
final class Exchange {
  /** What came of a piece, the better of its answers. */
  record Reply(String text, List<Finding> findings, boolean stopped) {
    boolean isSound() {
      return findings.isEmpty();
    }
  }

  /** Hears of an answer that grows. */
  @FunctionalInterface
  interface Draft {
    /**
     * It grew.
     *
     * @param text cleaned as far as can be known now
     * @param newTokens of all answers so far
     */
    void grew(String text, int newTokens, double tokensPerSecond);
  }

  /** Characters of an answer that is cleaned at each token; a longer one less often. */
  private static final int OFTEN = 500;

  private final Engine engine;
  private final Recipe recipe;
  private final AssistRequest request;
  private final Speeds speeds;
  private final Consumer<Phase> phases;
  private final CancellationToken cancellation;
  private final Prompts prompts;
  private final long start;

  // Below: one step after the other, never two at once.
  private final Agreement agreement = new Agreement();
  private int asked;
  private int attempts = 1;
  private int promptTokens;
  private int newTokens;
  private double writingSeconds;
  private String prompt = "";

  Exchange(
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
  }

  /** Loads the model, where it is not yet, and looks up how much it takes at a time. */
  CompletableFuture<Fitting> fitting() {
    GenerationListener listener =
        new GenerationListener() {
          @Override
          public void loading(double fraction) {
            phases.accept(new Phase.Loading(fraction));
          }
        };
    return engine
        .load(listener, cancellation)
        .thenCompose(_ -> Fitting.of(engine, recipe, prompts));
  }

  /**
   * Asks about a piece, and once more where the answer fails the checks.
   *
   * @param number of the piece; another number gives other random numbers
   * @param most tokens that the answer may have, if the action does not say fewer
   */
  CompletableFuture<Reply> ask(String piece, int number, int most, Draft draft) {
    asked++;
    return attempt(piece, number, most, false, draft)
        .thenCompose(first -> {
          if (first.stopped || first.isSound()) {
            return CompletableFuture.completedFuture(first);
          }
          attempts = 2;
          phases.accept(new Phase.Retrying(first.findings.getFirst()));
          return attempt(piece, number, most, true, draft)
              .thenApply(second -> better(first, second));
        });
  }

  private static Reply better(Reply first, Reply second) {
    boolean keepFirst = second.findings.size() > first.findings.size() && !first.text.isBlank();
    return keepFirst && !second.stopped ? first : second;
  }

  private CompletableFuture<Reply> attempt(
      String piece, int number, int most, boolean again, Draft draft) {
    // In what is written as a whole, emphasis and lines may be just what was asked for.
    boolean isWhole = recipe.unit() == Recipe.Unit.WHOLE;
    HardWrap wrap = isWhole ? HardWrap.none(piece) : HardWrap.of(piece);
    String line = wrap.joined();
    InlineMarkup markup = isWhole ? InlineMarkup.none(line) : InlineMarkup.of(line);
    String words = markup.plain();
    List<ChatMessage> conversation = prompts.of(words, again);
    prompt = Prompts.asText(conversation);
    long seed = request.seed() * 1_000_003 + number * 31L + (again ? 1 : 0);
    GenerationParams params =
        recipe.paramsFor(words, seed).withTemperature(recipe.temperature(request.seed(), again));
    params = params.withMaxNewTokens(Math.min(most, params.maxNewTokens()));
    CancellationToken loop = new CancellationToken(cancellation);
    String opening = prompts.opening(words);
    boolean quoted = opening.endsWith("\"");
    List<String> stops = quoted && line.indexOf('\n') < 0 ? List.of("\n") : List.of();
    Likely likely =
        recipe.keepsWords() && opening.isEmpty()
            ? new Likely(words, agreement.share())
            : Likely.NOTHING;
    Watcher watcher = new Watcher(words, quoted, loop, draft);
    return engine
        .generate(
            new GenerationRequest(conversation, opening, stops, params, likely), watcher, loop)
        .thenApply(result -> {
          boolean looped = loop.isCancelled() && !cancellation.isCancelled();
          return finished(wrap, markup, result, quoted, looped);
        });
  }

  /** What stands before the quotation mark that ends an answer begun with one. */
  private static String unquoted(String text) {
    boolean ended = text.chars().filter(c -> c == '"').count() % 2 == 1;
    return ended ? text.substring(0, text.lastIndexOf('"')) : text;
  }

  private Reply finished(
      HardWrap wrap, InlineMarkup markup, GenerationResult result, boolean quoted, boolean looped) {
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
    String words = quoted ? unquoted(result.text()) : result.text();
    String text = markup.restored(AnswerCleaner.clean(markup.plain(), words));
    if (recipe.action().result() == Action.Result.PANEL) {
      text = beginning(text);
    }
    boolean byWriter = cancellation.isCancelled();
    boolean cutOff =
        result.finishReason() == FinishReason.LENGTH
            || result.finishReason() == FinishReason.CONTEXT_FULL;
    List<Finding> found =
        byWriter ? List.of() : AnswerChecks.check(recipe, wrap.joined(), text, cutOff && !looped);
    return new Reply(wrap.restored(text), found, byWriter);
  }

  /** The answer goes on with the words that it was made to begin with, but stands alone. */
  private static String beginning(String text) {
    return text.isEmpty()
        ? text
        : Character.toString(Character.toTitleCase(text.codePointAt(0)))
            + text.substring(text.offsetByCodePoints(0, 1));
  }

  /** 1, or 2 where an answer failed its checks. */
  int attempts() {
    return attempts;
  }

  /** What was said about the last piece, as text. */
  String prompt() {
    return prompt;
  }

  /** Tokens read, of all pieces and attempts. */
  int promptTokens() {
    return promptTokens;
  }

  /** Tokens written, of all pieces and attempts. */
  int newTokens() {
    return newTokens;
  }

  double tokensPerSecond() {
    return writingSeconds > 0 ? newTokens / writingSeconds : 0;
  }

  /** Since the beginning, without pauses. */
  double seconds() {
    return (now() - start) / 1e9;
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
    private final Draft draft;
    private final StringBuilder text = new StringBuilder();
    private final long began = now();
    private final int before = newTokens;
    private int tokens;
    private long firstPiece;
    private @Nullable String shown;

    Watcher(String piece, boolean quoted, CancellationToken loop, Draft draft) {
      this.draft = draft;
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
      if (asked == 1 || recipe.unit() == Recipe.Unit.WHOLE) {
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
      if (tokens % (1 + text.length() / OFTEN) != 0) {
        return;
      }
      String now =
          AnswerCleaner.cleanSoFar(piece, quoted ? unquoted(text.toString()) : text.toString());
      if (!now.equals(shown)) {
        shown = now;
        double seconds = (now() - Math.max(firstPiece, began)) / 1e9;
        draft.grew(now, before + tokens, seconds > 0.05 ? tokens / seconds : 0);
      }
    }
  }
}
