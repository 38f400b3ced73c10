package org.qalam.engine;

import java.util.List;
import org.qalam.tokenizer.ChatMessage;

/**
 * What is to be generated.
 *
 * @param messages the conversation, the last one being the user's
 * @param answerPrefix text that the answer starts with as if the model had written it; usually
 *     empty; not part of the result
 * @param stops the answer ends before the first of these texts; often empty
 * @param likely what the answer will repeat for the most part; usually nothing
 */
public record GenerationRequest(
    List<ChatMessage> messages,
    String answerPrefix,
    List<String> stops,
    GenerationParams params,
    Likely likely) {
  public GenerationRequest {
    messages = List.copyOf(messages);
    stops = List.copyOf(stops);
  }

  public static GenerationRequest of(List<ChatMessage> messages, GenerationParams params) {
    return new GenerationRequest(messages, "", List.of(), params, Likely.NOTHING);
  }
}
