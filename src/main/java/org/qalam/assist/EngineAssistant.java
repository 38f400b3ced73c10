package org.qalam.assist;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.qalam.engine.ContextOverflowException;
import org.qalam.engine.Engine;
import org.qalam.engine.GenerationListener;
import org.qalam.engine.GenerationParams;
import org.qalam.engine.GenerationRequest;
import org.qalam.engine.Likely;
import org.qalam.engine.ModelLoadException;
import org.qalam.engine.NoModelException;
import org.qalam.task.CancellationToken;
import org.qalam.task.TaskRunner;
import org.qalam.task.Worker;

/** The assistant on an {@link Engine}. */
public final class EngineAssistant implements Assistant {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What is corrected to see how fast a model is; as long as a sentence of a letter. */
  private static final String SAMPLE =
      "Yesterday we was walking to the libary in the old part of the town, and it were closed.";

  private static final int SAMPLE_TOKENS = 16;

  private final Engine engine;
  private final Speeds speeds;
  private final List<Recipe> builtIn = Recipes.load();
  private final Recipe asking = Recipes.ask();
  private final Optional<OwnActions> own;

  /**
   * Cuts texts into pieces and words the prompts, one request after the other; that takes long for
   * a long text. Not the engine's own thread, which may be busy with an answer.
   */
  private final TaskRunner preparation = new Worker("assistant");

  private volatile @Nullable String model;

  /** Ends the measurement under way. */
  private volatile CancellationToken measuring = new CancellationToken();

  /** The program's and the writer's, the free instruction last. */
  private volatile List<Recipe> recipes = builtIn;

  /**
   * Without actions of the writer's own.
   *
   * @param engine works for this assistant; closed by whoever made it
   */
  public EngineAssistant(Engine engine) {
    this(engine, Optional.empty());
  }

  /**
   * @param engine works for this assistant; closed by whoever made it
   * @param own read when {@link #readOwnActions} is called, and not before
   */
  public EngineAssistant(Engine engine, OwnActions own) {
    this(engine, Optional.of(own));
  }

  private EngineAssistant(Engine engine, Optional<OwnActions> own) {
    this.engine = engine;
    this.own = own;
    this.speeds = new Speeds();
  }

  @Override
  public List<Action> actions() {
    return recipes.stream().map(Recipe::action).toList();
  }

  @Override
  public CompletableFuture<List<String>> readOwnActions() {
    return translated(
        preparation.submit(() -> {
          OwnActions.Contents found = own.map(OwnActions::read).orElse(OwnActions.Contents.NONE);
          List<Recipe> all = new ArrayList<>(builtIn);
          all.addAll(builtIn.size() - 1, found.recipes());
          recipes = List.copyOf(all);
          return found.problems();
        }));
  }

  @Override
  public CompletableFuture<Void> use(String id, Path folder) {
    model = id;
    speeds.forget();
    return translated(engine.use(folder));
  }

  @Override
  public Optional<String> model() {
    return Optional.ofNullable(model);
  }

  @Override
  public CompletableFuture<Void> warmUp(Consumer<Phase> phases) {
    return translated(
        engine.load(
            new GenerationListener() {
              @Override
              public void loading(double fraction) {
                phases.accept(new Phase.Loading(fraction));
              }
            },
            new CancellationToken()));
  }

  @Override
  public CompletableFuture<Void> unload() {
    return translated(engine.unload());
  }

  @Override
  public void setSparesBattery(boolean on) {
    engine.setSparesBattery(on);
  }

  @Override
  public void setIdleLimit(Optional<Duration> limit) {
    engine.setIdleLimit(limit);
  }

  @Override
  public void onIdleUnload(Runnable heard) {
    engine.onIdleUnload(heard);
  }

  @Override
  public CompletableFuture<Proposal> propose(
      AssistRequest request, Consumer<Phase> phases, CancellationToken cancellation) {
    String id = model;
    measuring.cancel();
    Engine.Hold action = engine.hold();
    CompletableFuture<Proposal> answer =
        prepared(() -> {
          Recipe recipe = checked(request, id);
          String used = id == null ? "" : id;
          PieceWork work = new PieceWork(engine, recipe, request, speeds, phases, cancellation);
          return work.run().thenApply(found -> proposal(request, recipe, used, found));
        });
    var _ = answer.whenComplete((_, _) -> action.close());
    return answer;
  }

  @Override
  public CompletableFuture<CitedAnswer> ask(
      Question question, Consumer<Phase> phases, CancellationToken cancellation) {
    return ask(ASK, () -> Evidence.of(checked(question)), phases, cancellation);
  }

  @Override
  public CompletableFuture<CitedAnswer> ask(
      NotesQuestion question, Consumer<Phase> phases, CancellationToken cancellation) {
    return ask(
        ASK_NOTES,
        () -> {
          checkQuestion(question.words());
          return Evidence.of(question);
        },
        phases,
        cancellation);
  }

  private CompletableFuture<CitedAnswer> ask(
      Action action,
      Supplier<Evidence> passages,
      Consumer<Phase> phases,
      CancellationToken cancellation) {
    String id = model;
    measuring.cancel();
    Engine.Hold held = engine.hold();
    CompletableFuture<CitedAnswer> answer =
        prepared(() -> {
          Evidence evidence = passages.get();
          if (evidence.isEmpty()) {
            return CompletableFuture.completedFuture(evidence.none(action, id == null ? "" : id));
          }
          AssistRequest request = evidence.request(action);
          String used = withModel(id);
          PieceWork work =
              new PieceWork(engine, asking, request, speeds, unread(phases), cancellation);
          return work.run()
              .thenApply(found -> evidence.cited(proposal(request, asking, used, found)));
        });
    var _ = answer.whenComplete((_, _) -> held.close());
    return answer;
  }

  /** Words that are not held against the text yet are shown to nobody. */
  private static Consumer<Phase> unread(Consumer<Phase> phases) {
    return phase ->
        phases.accept(
            phase instanceof Phase.Writing writing
                ? new Phase.Writing(
                    "",
                    writing.reached(),
                    writing.newTokens(),
                    writing.expectedTokens(),
                    writing.tokensPerSecond())
                : phase);
  }

  private static void checkQuestion(String words) {
    if (words.isBlank()) {
      throw new AssistException(
          AssistException.Reason.NO_INSTRUCTION, "Say what you want to know.");
    }
  }

  private static Question checked(Question question) {
    checkQuestion(question.words());
    if (question.text().isBlank()) {
      throw new AssistException(
          AssistException.Reason.NO_TEXT, "There is no text here to ask about; write some first.");
    }
    return question;
  }

  private static String withModel(@Nullable String id) {
    if (id == null) {
      throw new AssistException(
          AssistException.Reason.NO_MODEL, "No model is chosen; add one in the settings.");
    }
    return id;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the inner future is composed
  private <T> CompletableFuture<T> prepared(Callable<CompletableFuture<T>> start) {
    return translated(preparation.submit(start).thenCompose(Function.identity()));
  }

  private Recipe checked(AssistRequest request, @Nullable String id) {
    String _ = withModel(id);
    if (request.action().needsText() && request.text().isBlank()) {
      throw new AssistException(
          AssistException.Reason.NO_TEXT, "There is no text here; write or select some first.");
    }
    if (request.action().needsInstruction() && request.instruction().isBlank()) {
      throw new AssistException(
          AssistException.Reason.NO_INSTRUCTION, "Say what is to be done with the text.");
    }
    Recipe recipe = recipe(request.action());
    return request.action().needsLanguage() ? recipe.into(language(request.instruction())) : recipe;
  }

  private static String language(String named) {
    return Languages.coded(named)
        .orElseThrow(() ->
            new AssistException(
                AssistException.Reason.NO_INSTRUCTION,
                named.isBlank()
                    ? "Say into which language the text is to be brought."
                    : "There is no language '" + named + "'; name it in English or by its code."));
  }

  private Recipe recipe(Action action) {
    return recipes.stream()
        .filter(recipe -> recipe.action().id().equals(action.id()))
        .findFirst()
        .orElseThrow(() ->
            new AssistException(
                AssistException.Reason.FAILED,
                "There is no action '" + action.id() + "'; there are: " + names()));
  }

  private String names() {
    return String.join(", ", actions().stream().map(Action::id).toList());
  }

  private static Proposal proposal(
      AssistRequest request, Recipe recipe, String model, PieceWork.Answer answer) {
    return new Proposal(
        request,
        answer.text(),
        answer.findings(),
        answer.stopped(),
        answer.whole(),
        answer.attempts(),
        model,
        answer.prompt(),
        json(
            recipe.sampling().withTemperature(recipe.temperature(request.seed(), false)),
            request.seed()),
        answer.promptTokens(),
        answer.newTokens(),
        answer.tokensPerSecond(),
        answer.seconds());
  }

  private static String json(GenerationParams params, long seed) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("temperature", params.temperature());
    facts.put("top_p", params.topP());
    facts.put("min_p", params.minP());
    facts.put("repetition_penalty", params.repetitionPenalty());
    facts.put("seed", seed);
    try {
      return JSON.writeValueAsString(facts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers can be written as JSON", e);
    }
  }

  @Override
  public Optional<Speed> speed() {
    return speeds.known();
  }

  @Override
  public void expect(Speed speed) {
    speeds.expect(speed);
  }

  @Override
  public CompletableFuture<Void> measureSpeed() {
    if (speeds.known().isPresent() || model == null || engine.isResting()) {
      return CompletableFuture.completedFuture(null);
    }
    CancellationToken cancellation = new CancellationToken();
    measuring = cancellation;
    return prepared(() -> {
      Recipe recipe = builtIn.getFirst();
      GenerationRequest request =
          new GenerationRequest(
              recipe.conversation("en", "", SAMPLE, "", false),
              "",
              List.of(),
              recipe.paramsFor(SAMPLE, 0).withMaxNewTokens(SAMPLE_TOKENS),
              Likely.NOTHING);
      return engine
          .generate(request, new GenerationListener() {}, cancellation)
          .thenAccept(result -> {
            var stats = result.stats();
            speeds.saw(
                stats.promptTokens() - stats.reusedTokens(),
                stats.promptSeconds(),
                stats.newTokens(),
                stats.newTokenSeconds());
          });
    });
  }

  @Override
  public CompletableFuture<Estimate> estimate(AssistRequest request) {
    String id = model;
    return prepared(() -> {
      Recipe recipe = checked(request, id);
      if (engine.isResting()) {
        int expected =
            recipe.expectedTokens(request.text().length() / Recipe.CHARACTERS_A_WRITTEN_TOKEN);
        return CompletableFuture.completedFuture(
            new Estimate(0, expected, Integer.MAX_VALUE, Double.NaN));
      }
      return Costs.of(engine, recipe, request, speeds);
    });
  }

  /** The same, its failures in words for people. */
  private static <T> CompletableFuture<T> translated(CompletableFuture<T> future) {
    CompletableFuture<T> result = new CompletableFuture<>();
    var _ =
        future.whenComplete((value, failure) -> {
          if (failure == null) {
            result.complete(value);
          } else {
            result.completeExceptionally(inWords(failure));
          }
        });
    return result;
  }

  private static AssistException inWords(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return switch (cause) {
      case AssistException already -> already;
      case NoModelException _ ->
          new AssistException(
              AssistException.Reason.NO_MODEL,
              "No model is chosen; add one in the settings.",
              cause);
      case ModelLoadException e ->
          new AssistException(AssistException.Reason.MODEL_UNUSABLE, sentence(e), e);
      case ContextOverflowException e ->
          new AssistException(
              AssistException.Reason.TOO_LONG,
              "The text has "
                  + e.tokens()
                  + " tokens and the model reads at most "
                  + e.contextLength()
                  + "; select a shorter passage.",
              e);
      default ->
          new AssistException(
              AssistException.Reason.FAILED, "The model failed: " + sentence(cause), cause);
    };
  }

  private static String sentence(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
