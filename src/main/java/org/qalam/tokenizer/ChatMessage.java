package org.qalam.tokenizer;

/** One turn of a conversation. */
public record ChatMessage(Role role, String content) {
  /** Who speaks; the names that chat templates know are the lower-case ones. */
  public enum Role {
    SYSTEM,
    USER,
    ASSISTANT
  }

  public static ChatMessage system(String content) {
    return new ChatMessage(Role.SYSTEM, content);
  }

  public static ChatMessage user(String content) {
    return new ChatMessage(Role.USER, content);
  }

  public static ChatMessage assistant(String content) {
    return new ChatMessage(Role.ASSISTANT, content);
  }
}
