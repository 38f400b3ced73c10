package org.qalam.tokenizer;

import java.util.OptionalInt;

/** Turns text into token ids and back. Immutable; any thread. */
public interface Tokenizer {
  /**
   * Encodes text that a person wrote: no part of it ever becomes a special token, whatever it
   * spells, and none is added.
   */
  int[] encode(CharSequence text);

  /** Encodes text in which the spellings of special tokens (such as {@code <|im_end|>}) count. */
  int[] encodeWithSpecial(CharSequence text);

  /** The text of the ids; bytes that are no UTF-8 become U+FFFD, special tokens their spelling. */
  String decode(int[] ids);

  /** The bytes of one token, none for an id without one. The array is the caller's own. */
  byte[] bytes(int id);

  /** Whether the token is a control token, not text. */
  boolean isSpecial(int id);

  /** The id whose spelling is exactly this token, special or not. */
  OptionalInt id(String token);

  /** Number of token ids; ids are 0 to this less one. */
  int vocabularySize();
}
