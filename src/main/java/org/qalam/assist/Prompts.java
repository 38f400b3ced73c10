package org.qalam.assist;

import java.util.List;
import java.util.Optional;
import org.qalam.tokenizer.ChatMessage;

/** What is said to the model about the pieces of a request's text. Belongs to no thread. */
final class Prompts {
  private final Recipe recipe;
  private final AssistRequest request;

  /** Of the whole text, worked out once: a piece may not show it, and there may be thousands. */
  private final Optional<String> language;

  Prompts(Recipe recipe, AssistRequest request) {
    this.recipe = recipe;
    this.request = request;
    this.language = Languages.of(request.text());
  }

  List<ChatMessage> of(String piece, boolean firmer) {
    String spoken = language(piece);
    return recipe.conversation(
        spoken, Languages.name(spoken), piece, request.instruction(), request.document(), firmer);
  }

  /** What the answer begins with. */
  String opening(String piece) {
    return recipe.opening(language(piece), piece);
  }

  private String language(String piece) {
    return language
        .or(() -> Languages.of(piece))
        .or(() -> piece.isBlank() ? Languages.of(request.instruction()) : Optional.empty())
        .orElse("");
  }

  /** The conversation as text, for the record. */
  static String asText(List<ChatMessage> conversation) {
    StringBuilder text = new StringBuilder();
    for (ChatMessage message : conversation) {
      text.append('[')
          .append(message.role().name().toLowerCase(java.util.Locale.ROOT))
          .append("] ")
          .append(message.content())
          .append('\n');
    }
    return text.toString();
  }
}
