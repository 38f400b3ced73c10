package org.qalam.tokenizer;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Random texts that mix what tokenizers stumble over. */
final class Texts {
  private static final List<String> WORDS =
      List.of(
          "the",
          "The",
          "don't",
          "DON'T",
          "we'll",
          "I'Ve",
          "'s",
          "'",
          "''re",
          "naïve",
          "café",
          "_x",
          "القلم",
          "كِتَابٌ",
          "١٢٣",
          "٪",
          "،",
          "日本語",
          "テスト",
          "한국어",
          "हिन्दी",
          "ไทย",
          "Ελλάδα",
          "ſ",
          "'ſ",
          "🙂",
          "👩🏽‍💻",
          "🏳️‍🌈",
          "é",
          "\u0301",
          "ß",
          "İ",
          "ǅ",
          "ʰ",
          "𝒳",
          "𝟘",
          "½",
          "Ⅷ",
          "³",
          "<|im_end|>",
          "<|eot_id|>",
          "<|",
          "|>",
          "1",
          "22",
          "4444",
          "3.14",
          "-",
          "...",
          "!?",
          "#",
          "\u200b",
          "\u200f",
          "\ufeff",
          "\u00ad",
          "\ufffd",
          "\u0001",
          "\u001c",
          "\u007f");

  private static final List<String> BLANKS =
      List.of(
          " ", " ", " ", "  ", "   ", "\t", "\n", "\n\n", "\r\n", "\r", "\u000b", "\f", "\u0085",
          "\u00a0", "\u1680", "\u180e", "\u2003", "\u2028", "\u2029", "\u202f", "\u3000", "");

  private Texts() {}

  /** Texts in which every surrogate has its other half. */
  static Arbitrary<String> valid() {
    Arbitrary<String> anyCharacter =
        Arbitraries.integers()
            .between(1, 0x2FFFF)
            .filter(c -> Character.isDefined(c) && (c < 0xD800 || c > 0xDFFF))
            .map(Character::toString);
    Arbitrary<String> part =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.of(WORDS)),
            Tuple.of(5, Arbitraries.of(BLANKS)),
            Tuple.of(2, Arbitraries.chars().range(' ', '~').map(String::valueOf)),
            Tuple.of(1, anyCharacter));
    return part.list().ofMaxSize(25).map(parts -> String.join("", parts));
  }
}
