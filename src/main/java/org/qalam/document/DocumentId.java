package org.qalam.document;

import java.util.UUID;

/** Names a document for ever. */
public record DocumentId(UUID value) {
  public static DocumentId random() {
    return new DocumentId(UUID.randomUUID());
  }

  /**
   * Reads what {@link #toString()} wrote.
   *
   * @throws IllegalArgumentException where it is none
   */
  public static DocumentId parse(String text) {
    return new DocumentId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
