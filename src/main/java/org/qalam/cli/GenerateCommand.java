package org.qalam.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.qalam.engine.Generation;
import org.qalam.engine.GenerationListener;
import org.qalam.engine.GenerationParams;
import org.qalam.engine.GenerationResult;
import org.qalam.engine.LanguageModel;
import org.qalam.task.CancellationToken;
import org.qalam.tokenizer.ChatMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code qalam generate}: what a model writes after a prompt. */
@Command(
    name = "generate",
    description = "Writes what the model answers to a prompt (or, with --raw, how it goes on).")
public final class GenerateCommand implements Callable<Integer> {
  private final Services services;
  private final InputStream in;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before any command runs
  private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "The model.")
  private String id = "";

  @Option(
      names = "--ids",
      split = ",",
      description = "Token ids to go on from, as they are; no token ends the answer.")
  private int @Nullable [] ids;

  @Option(names = "--prompt", description = "The prompt; else it is read from standard input.")
  private @Nullable String prompt;

  @Option(names = "--raw", description = "No chat template: the model goes on with the text.")
  private boolean raw;

  @Option(names = "--max-new-tokens", defaultValue = "256", description = "At most so many tokens.")
  private int maxNewTokens;

  @Option(names = "--temperature", defaultValue = "0", description = "0 takes the likeliest token.")
  private float temperature;

  @Option(
      names = "--top-p",
      defaultValue = "1",
      description = "Share of the likeliest tokens kept.")
  private float topP;

  @Option(names = "--seed", defaultValue = "0", description = "The same seed gives the same text.")
  private long seed;

  @Option(
      names = "--no-lookup",
      description = "One token at a time: no guesses from what stands in the prompt.")
  private boolean noLookup;

  @Option(names = "--threads", defaultValue = "0", description = "Threads; 0 takes the default.")
  private int threads;

  @Mixin private LoadedModel.Cache cache = new LoadedModel.Cache();

  @Option(names = "--json", description = "Answer as JSON.")
  private boolean json;

  /**
   * @param in where a prompt comes from, in UTF-8
   */
  public GenerateCommand(Services services, InputStream in) {
    this.services = services;
    this.in = in;
  }

  @Override
  public Integer call() throws Exception {
    GenerationParams params = new GenerationParams(maxNewTokens, temperature, topP, 0, 1, 64, seed);
    PrintWriter out = spec.commandLine().getOut();
    try (LanguageModel model =
            LoadedModel.load(services, id, LoadedModel.threads(threads), cache.type());
        Generation generation =
            new Generation(model, token -> ids == null && model.isStopToken(token), !noLookup)) {
      GenerationResult result =
          generation.generate(
              promptIds(model), List.of(), params, listener(out), new CancellationToken());
      if (json) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("ids", result.ids());
        answer.put("text", result.text());
        answer.put("stop", result.finishReason().name().toLowerCase(Locale.ROOT));
        answer.put("prompt_tokens_per_second", result.stats().promptTokensPerSecond());
        answer.put("tokens_per_second", result.stats().tokensPerSecond());
        answer.put("accepted_per_step", result.stats().tokensPerStep());
        Json.print(out, answer);
      } else {
        out.println();
        out.flush();
      }
    }
    return 0;
  }

  private int[] promptIds(LanguageModel model) throws Exception {
    if (ids != null) {
      return ids;
    }
    String text = prompt != null ? prompt : TokenizeCommand.readText(in);
    int[] encoded =
        raw
            ? model.tokenizer().encode(text)
            : model.promptEncoder().encode(List.of(ChatMessage.user(text)));
    if (encoded.length == 0) {
      throw new ParameterException(spec.commandLine(), "The prompt is empty.");
    }
    return encoded;
  }

  private GenerationListener listener(PrintWriter out) {
    if (json) {
      return GenerationListener.NONE;
    }
    return new GenerationListener() {
      @Override
      public void writing(String piece) {
        out.print(piece);
        out.flush();
      }
    };
  }
}
