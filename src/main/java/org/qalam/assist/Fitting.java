package org.qalam.assist;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.qalam.engine.Engine;
import org.qalam.tokenizer.ChatMessage;

/**
 * How much of a request's text the chosen model takes at a time: its context must hold the prompt
 * and the answer. Counts in the model's own tokens, and only where the bytes do not tell already
 * that a piece fits: a token of the models stands for a byte at least. Any thread.
 */
final class Fitting {
  /**
   * Tokens that the answer of an action beside the text may have, at least a sentence for each
   * part.
   */
  private static final int ANSWER = 512;

  /**
   * Tokens that an answer has at least: a text goes in one piece even if no more are left for it.
   */
  private static final int LEAST_ANSWER = 256;

  /** Tokens that the answer in the place of a passage may have beyond the passage's own. */
  private static final int MORE = 32;

  /** Most that is reserved for a text that comes back longer, as a share of it. */
  private static final double LONGER = 1.25;

  /**
   * Parts are made a little smaller than they could be, since some have more tokens than others.
   */
  private static final double SLACK = 0.97;

  /** Parts may be so much longer than their mean, so that they end where paragraphs do. */
  private static final double UNEVEN = 1.1;

  /**
   * Tokens that are asked for at once, whatever the model could hold: beyond that a small machine
   * has neither the memory nor the time.
   */
  private static final int LONGEST = 8192;

  /**
   * Tokens of a part, where a text must be cut: the longer the prompt, the more slowly each of its
   * tokens is read (0099).
   */
  private static final int PART = 2048;

  private final Engine engine;
  private final Action.Result result;
  private final int context;
  private final int frame;
  private final int room;
  private final int most;
  private final int part;

  private Fitting(Engine engine, Recipe recipe, int context, int frame) {
    this.engine = engine;
    this.result = recipe.action().result();
    this.context = context;
    this.frame = frame;
    this.room = Math.min(ANSWER, context / 4);
    int free = Math.max(0, context - frame);
    this.most =
        Math.max(
            1,
            result == Action.Result.REPLACE
                ? (int) ((free - MORE) / (1 + Math.min(recipe.longest(), LONGER)))
                : free - Math.min(room, LEAST_ANSWER));
    this.part = Math.min(Math.min(most, Math.max(1, free - room)), PART);
  }

  /** Looks up the model's context and what the prompt takes of it. Loads the model if need be. */
  static CompletableFuture<Fitting> of(Engine engine, Recipe recipe, Prompts prompts) {
    List<ChatMessage> frame = new ArrayList<>(prompts.of("x", true));
    frame.add(ChatMessage.assistant(prompts.opening("x")));
    return engine
        .contextLength()
        .thenCombine(
            engine.countTokens(frame),
            (context, tokens) -> new Fitting(engine, recipe, Math.min(context, LONGEST), tokens));
  }

  /** Tokens that prompt and answer may have together. */
  int context() {
    return context;
  }

  /** Tokens of the prompt around a piece, and of what the answer begins with. */
  int frame() {
    return frame;
  }

  /** Parts that a text of so many tokens is cut into. */
  int partsOf(int tokens) {
    return tokens <= most ? 1 : (int) Math.ceil(tokens / (part * SLACK));
  }

  /** Tokens that a piece may have. */
  int most() {
    return most;
  }

  /** Tokens of a text that are read where its end is enough. */
  int endOf(int tokens) {
    return tokens <= most ? tokens : part;
  }

  /**
   * Tokens that an answer may have; those in the place of a passage have no other limit than the
   * action's.
   */
  int room() {
    return result == Action.Result.REPLACE ? Integer.MAX_VALUE : room;
  }

  /** The text in parts, one where it fits as it is; joined they are the text. */
  CompletableFuture<List<String>> parts(String text) {
    if (surelyFits(text)) {
      return CompletableFuture.completedFuture(List.of(text));
    }
    return count(text)
        .thenCompose(tokens -> {
          List<String> cut =
              tokens <= most ? List.of(text) : Cuts.parts(text, charactersOf(text, tokens));
          return cut.size() == 1 ? CompletableFuture.completedFuture(cut) : all(cut);
        });
  }

  private CompletableFuture<List<String>> all(List<String> parts) {
    CompletableFuture<List<String>> all = CompletableFuture.completedFuture(new ArrayList<>());
    for (String part : parts) {
      all =
          all.thenCompose(before ->
              parts(part)
                  .thenApply(more -> {
                    before.addAll(more);
                    return before;
                  }));
    }
    return all;
  }

  /** Characters of a part, so that all parts are about as long. */
  private int charactersOf(String text, int tokens) {
    double share = Math.min(UNEVEN / partsOf(tokens), part * SLACK / tokens);
    return Math.max(1, (int) (text.length() * share));
  }

  /** The end of the text, as long as a part; all of it where it fits. */
  CompletableFuture<String> end(String text) {
    if (surelyFits(text)) {
      return CompletableFuture.completedFuture(text);
    }
    return count(text)
        .thenCompose(tokens -> {
          int characters = (int) (text.length() * (part * SLACK / tokens));
          String end = tokens <= most ? text : Cuts.end(text, Math.max(1, characters));
          return end.length() == text.length() ? CompletableFuture.completedFuture(text) : end(end);
        });
  }

  private boolean surelyFits(String text) {
    return text.length() <= most && text.getBytes(StandardCharsets.UTF_8).length <= most;
  }

  /** Tokens of a text; a few too many, as it is counted as a message. */
  private CompletableFuture<Integer> count(String text) {
    return engine.countTokens(List.of(ChatMessage.user(text)));
  }
}
