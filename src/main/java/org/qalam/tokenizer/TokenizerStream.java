package org.qalam.tokenizer;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Turns a stream of token ids into text, whole characters only: the bytes of a character that is
 * not finished yet are held back until it is. Special tokens give no text, and no character goes
 * across one. Bytes that are no UTF-8 become U+FFFD. Belongs to one generation and one thread.
 */
public final class TokenizerStream {
  private final Tokenizer tokenizer;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private byte[] pending = new byte[0]; // at most three, the start of a character

  public TokenizerStream(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** The characters that this token finishes; often none. */
  public String accept(int id) {
    return tokenizer.isSpecial(id) ? flush() : decode(tokenizer.bytes(id), false);
  }

  /** What is still held back, as U+FFFD; after it the stream is as new. */
  public String flush() {
    String rest = decode(new byte[0], true);
    decoder.reset();
    return rest;
  }

  private String decode(byte[] bytes, boolean end) {
    ByteBuffer in = ByteBuffer.allocate(pending.length + bytes.length);
    in.put(pending).put(bytes).flip();
    CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
    decoder.decode(in, out, end);
    pending = new byte[in.remaining()];
    in.get(pending);
    return out.flip().toString();
  }
}
