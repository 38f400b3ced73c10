package org.qalam.tokenizer;

import org.qalam.task.Sentence;

/**
 * A model's chat template failed: it is damaged, asks for something that templates may not have, or
 * refuses the conversation. The message is one sentence for people.
 */
public final class ChatTemplateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ChatTemplateException(String message) {
    super(Sentence.of(message));
  }

  public ChatTemplateException(String message, Throwable cause) {
    super(Sentence.of(message), cause);
  }
}
