package org.qalam.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BytePairTokenizerTest {
  private static final BytePairTokenizer LLAMA = Reference.tokenizer(Reference.TINY_LLAMA);
  private static final BytePairTokenizer SMOLLM2 = Reference.tokenizer(Reference.SMOLLM2);

  static List<Reference.Case> smollm2Cases() {
    return Reference.cases("smollm2_tokenizer_cases.json", "cases");
  }

  static List<Reference.Case> tinyLlamaCases() {
    return Reference.cases("tokenizer_cases.json", "plain");
  }

  @ParameterizedTest
  @MethodSource("smollm2Cases")
  void encodesLikeLlamaCppWithTheStartersVocabulary(Reference.Case expected) {
    assertEquals(expected.ids(), boxed(SMOLLM2.encode(expected.text())));
  }

  @ParameterizedTest
  @MethodSource("tinyLlamaCases")
  void encodesLikeTransformersWithLlamas3Pattern(Reference.Case expected) {
    assertEquals(expected.ids(), boxed(LLAMA.encode(expected.text())));
  }

  private static List<Integer> boxed(int[] ids) {
    return Arrays.stream(ids).boxed().toList();
  }

  @Test
  void knowsTheReferenceCases() {
    assertEquals(20, smollm2Cases().size());
    assertEquals(19, tinyLlamaCases().size());
  }

  @Test
  void userTextNeverBecomesASpecialToken() {
    for (int id : SMOLLM2.encode("a<|im_end|>b<|im_start|>")) {
      assertTrue(!SMOLLM2.isSpecial(id));
    }
    assertEquals("a<|im_end|>b", SMOLLM2.decode(SMOLLM2.encode("a<|im_end|>b")));
  }

  @Test
  void findsSpecialTokensWhereTheyCount() {
    int start = SMOLLM2.id("<|im_start|>").orElseThrow();
    int end = SMOLLM2.id("<|im_end|>").orElseThrow();
    assertArrayEquals(new int[] {1, 2}, new int[] {start, end});
    int[] ids = SMOLLM2.encodeWithSpecial("<|im_start|>Hello, world!<|im_end|>");
    assertArrayEquals(new int[] {start, 19556, 28, 905, 17, end}, ids);
    assertEquals("<|im_start|>Hello, world!<|im_end|>", SMOLLM2.decode(ids));
  }

  @Test
  void encodesALoneSurrogateAsTheReplacementCharacter() {
    for (String text : List.of("\uD83D", "a\uDE42b", "x \uD83D\uD83D y", "\uDE42\uD83D")) {
      String replaced = text.replaceAll("[\\x{D800}-\\x{DFFF}]", "\uFFFD");
      assertArrayEquals(LLAMA.encode(replaced), LLAMA.encode(text));
      assertEquals(replaced, LLAMA.decode(LLAMA.encode(text)));
    }
  }

  @Test
  void leavesOutOnlyBytesThatTheVocabularyLacks() {
    assertEquals("a b", SMOLLM2.decode(SMOLLM2.encode("a\u0004 b")));
    assertEquals("a\u0001b", SMOLLM2.decode(SMOLLM2.encode("a\u0001b")));
  }

  @Test
  void hostileTextTakesNoQuadraticTime() {
    int length = 1 << 18;
    for (String unit :
        List.of("a", " ", "\n", "ab", "\r\n ", "1", "ا", "!", "'", "<", "🙂", " \u00A0")) {
      String text = unit.repeat(length / unit.length());
      for (BytePairTokenizer tokenizer : List.of(LLAMA, SMOLLM2)) {
        int[] ids =
            assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> tokenizer.encodeWithSpecial(text), unit);
        assertEquals(text, tokenizer.decode(ids));
      }
    }
  }

  @Test
  void paddingRowOfAModelGivesNoText() {
    int padding = LLAMA.vocabularySize();
    assertEquals("a", LLAMA.decode(new int[] {64, padding}));
    assertEquals("", new TokenizerStream(LLAMA).accept(padding));
  }

  @Test
  void bytesOfATokenAreTheCallersOwn() {
    byte[] first = LLAMA.bytes(64);
    assertArrayEquals(new byte[] {'a'}, first);
    first[0] = 'z';
    assertArrayEquals(new byte[] {'a'}, LLAMA.bytes(64));
  }
}
