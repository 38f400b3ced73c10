package org.qalam.assist;

import java.util.List;
import java.util.Optional;
import org.qalam.tokenizer.ChatMessage;

/** What is said to the model about a piece of a request's text. */
final class Prompts {
  private Prompts() {}

  static List<ChatMessage> of(Recipe recipe, AssistRequest request, String piece, boolean firmer) {
    String language = language(request, piece);
    return recipe.conversation(
        language, Languages.name(language), piece, request.instruction(), firmer);
  }

  /** What the answer begins with. */
  static String opening(Recipe recipe, AssistRequest request, String piece) {
    return recipe.opening(language(request, piece), piece);
  }

  /** A short piece may not show its language; the whole text does. */
  private static String language(AssistRequest request, String piece) {
    return Languages.of(request.text())
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
