package org.qalam.tokenizer;

import java.util.List;

/**
 * Renders a conversation with the model's own chat template and encodes it. What the messages
 * contain stays text: a message that spells a special token does not become one. Immutable; any
 * thread.
 */
public interface PromptEncoder {
  /** The rendered conversation, ending where the assistant is to speak. */
  String render(List<ChatMessage> messages);

  /** The token ids of {@link #render(List)}, messages as plain text. */
  int[] encode(List<ChatMessage> messages);
}
