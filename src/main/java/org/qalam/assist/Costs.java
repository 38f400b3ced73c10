package org.qalam.assist;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.qalam.assist.Assistant.Estimate;
import org.qalam.engine.Engine;
import org.qalam.tokenizer.ChatMessage;

/** What a request will cost: its tokens counted, its parts and levels reckoned. Any thread. */
final class Costs {
  /** Tokens around a piece that are read with each; what comes before is read once and kept. */
  private static final int AROUND = 8;

  private final Recipe recipe;
  private final Speeds speeds;
  private final Fitting fitting;
  private final int pieces;

  private Costs(Recipe recipe, Speeds speeds, Fitting fitting, int pieces) {
    this.recipe = recipe;
    this.speeds = speeds;
    this.fitting = fitting;
    this.pieces = pieces;
  }

  /** Counts a request's tokens. Loads the model if need be. */
  static CompletableFuture<Estimate> of(
      Engine engine, Recipe recipe, AssistRequest request, Speeds speeds) {
    List<String> pieces =
        Pieces.of(request.text(), recipe.unit()).stream()
            .filter(piece -> piece.sent() && !request.answered().containsKey(piece.text()))
            .map(Pieces.Piece::text)
            .toList();
    String longest =
        pieces.stream().max(Comparator.comparingInt(String::length)).orElse(request.text());
    String all = pieces.size() < 2 ? longest : String.join("\n", pieces);
    CompletableFuture<Integer> longestTokens =
        engine.countTokens(List.of(ChatMessage.user(longest)));
    CompletableFuture<Integer> allTokens =
        pieces.size() < 2 ? longestTokens : engine.countTokens(List.of(ChatMessage.user(all)));
    return Fitting.of(engine, recipe, new Prompts(recipe, request))
        .thenCombine(
            longestTokens.thenCombine(allTokens, Tokens::new),
            (fitting, tokens) ->
                new Costs(recipe, speeds, fitting, Math.max(1, pieces.size())).of(tokens));
  }

  /** Of the longest piece, and of all. */
  private record Tokens(int longest, int all) {}

  private Estimate of(Tokens tokens) {
    return recipe.unit() == Recipe.Unit.WHOLE ? whole(tokens.all) : inPieces(tokens);
  }

  private Estimate whole(int tokens) {
    int frame = fitting.frame();
    if (recipe.action().result() == Action.Result.INSERT) {
      int read = fitting.endOf(tokens);
      int written = Math.min(recipe.expectedTokens(read), fitting.room());
      return estimate(read + frame, written, 1, read + frame, written);
    }
    int parts = fitting.partsOf(tokens);
    int each = tokens / parts;
    int answer = recipe.expectedTokens(each);
    boolean isJoined = parts > 1 && recipe.action().result() == Action.Result.PANEL;
    int answers = isJoined ? (parts + 1) * answer : parts * answer;
    int read = tokens + parts * frame + (isJoined ? frame + parts * answer : 0);
    return estimate(each + frame, answer, parts, read, answers);
  }

  private Estimate inPieces(Tokens tokens) {
    int longest = Math.min(tokens.longest, fitting.most());
    int parts = pieces - 1 + fitting.partsOf(tokens.longest);
    return estimate(
        longest + fitting.frame(),
        recipe.expectedTokens(longest),
        recipe.unit() == Recipe.Unit.SENTENCE ? 1 : parts,
        tokens.all + fitting.frame() + parts * AROUND,
        recipe.expectedTokens(tokens.all));
  }

  private Estimate estimate(int prompt, int answer, int parts, int read, int written) {
    return new Estimate(
        prompt, answer, fitting.context(), parts, speeds.seconds(read, written, pieces));
  }
}
