package org.qalam.assist;

import java.util.List;
import org.qalam.tokenizer.ChatMessage;

/** What is said to the model about a piece of a request's text. */
final class Prompts {
  private Prompts() {}

  static List<ChatMessage> of(Recipe recipe, AssistRequest request, String piece, boolean firmer) {
    // A short piece may not show its language; the whole text does.
    String language = Languages.of(request.text()).or(() -> Languages.of(piece)).orElse("");
    return recipe.conversation(
        language, Languages.name(language), piece, request.instruction(), firmer);
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
