package org.qalam.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * GPT-2's spelling of bytes as visible characters, in which byte-level vocabularies are written:
 * printable Latin-1 bytes stand for themselves, the other 68 are U+0100 and up, in order of the
 * byte.
 */
final class ByteSpelling {
  private static final char[] CHAR_OF_BYTE = new char[256];
  private static final short[] BYTE_OF_CHAR = new short[0x100 + 68];

  static {
    Arrays.fill(BYTE_OF_CHAR, (short) -1);
    int unprintable = 0;
    for (int b = 0; b < 256; b++) {
      boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
      char c = (char) (printable ? b : 0x100 + unprintable++);
      CHAR_OF_BYTE[b] = c;
      BYTE_OF_CHAR[c] = (short) b;
    }
  }

  private ByteSpelling() {}

  /** The character that stands for a byte, 0 to 255. */
  static char charOf(int b) {
    return CHAR_OF_BYTE[b];
  }

  /** The spelling of the first {@code length} bytes. */
  static String spell(byte[] bytes, int length) {
    char[] chars = new char[length];
    for (int i = 0; i < length; i++) {
      chars[i] = CHAR_OF_BYTE[bytes[i] & 0xFF];
    }
    return new String(chars);
  }

  /** The bytes of a spelling; one with other characters than these stands for its own UTF-8. */
  static byte[] bytes(String spelling) {
    byte[] bytes = new byte[spelling.length()];
    for (int i = 0; i < bytes.length; i++) {
      char c = spelling.charAt(i);
      int b = c < BYTE_OF_CHAR.length ? BYTE_OF_CHAR[c] : -1;
      if (b < 0) {
        return spelling.getBytes(StandardCharsets.UTF_8);
      }
      bytes[i] = (byte) b;
    }
    return bytes;
  }
}
