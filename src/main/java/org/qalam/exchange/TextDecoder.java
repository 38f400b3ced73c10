package org.qalam.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Bytes of a text file to characters, in the encoding that they most likely are in. */
final class TextDecoder {
  private static final char BYTE_ORDER_MARK = '\ufeff';

  /** What the decoder gives for bytes that are not UTF-8. */
  private static final char REPLACEMENT = '\ufffd';

  private TextDecoder() {}

  /** The text; bytes that mean nothing in its encoding become U+FFFD. */
  static String decode(byte[] bytes) {
    if (bytes.length >= 2) {
      int mark = ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
      if (mark == 0xfeff || mark == 0xfffe) {
        Charset utf16 = mark == 0xfeff ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
        return new String(bytes, 2, bytes.length - 2, utf16);
      }
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (isUtf8(text, bytes)) {
      return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }
    return looksArabic(bytes)
        ? Windows1256.decode(bytes)
        : new String(bytes, Charset.forName("windows-1252"));
  }

  /** Also where few bytes are broken, as at the end of a file that was cut within a character. */
  private static boolean isUtf8(String decoded, byte[] bytes) {
    long broken = decoded.chars().filter(c -> c == REPLACEMENT).count();
    if (broken == 0) {
      return true;
    }
    ByteBuffer again = StandardCharsets.UTF_8.encode(decoded);
    if (again.equals(ByteBuffer.wrap(bytes))) {
      return true; // the file itself spells U+FFFD
    }
    long beyondAscii = decoded.chars().filter(c -> c >= 0x80).count();
    return broken * 20 < beyondAscii;
  }

  /**
   * In both code pages the bytes from 0x80 on are the letters beyond ASCII. Western words have one
   * now and then among ASCII letters; Arabic words consist of them.
   */
  private static boolean looksArabic(byte[] bytes) {
    int besideEachOther = 0;
    int besideAscii = 0;
    for (int i = 1; i < bytes.length; i++) {
      int before = bytes[i - 1] & 0xff;
      int here = bytes[i] & 0xff;
      if (Windows1256.isArabicLetter(before) && Windows1256.isArabicLetter(here)) {
        besideEachOther++;
      } else if ((isHigh(before) && isAsciiLetter(here))
          || (isAsciiLetter(before) && isHigh(here))) {
        besideAscii++;
      }
    }
    return besideEachOther > besideAscii;
  }

  private static boolean isHigh(int value) {
    return value >= 0xc0;
  }

  private static boolean isAsciiLetter(int value) {
    return (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z');
  }
}
