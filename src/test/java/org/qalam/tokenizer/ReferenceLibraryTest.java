package org.qalam.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Against Hugging Face's own library, by way of DJL. */
class ReferenceLibraryTest {
  private static final BytePairTokenizer LLAMA = Reference.tokenizer(Reference.TINY_LLAMA);
  private static final BytePairTokenizer SMOLLM2 = Reference.tokenizer(Reference.SMOLLM2);
  private static final HuggingFaceTokenizer LLAMA_ORACLE = oracle(Reference.TINY_LLAMA);
  private static final HuggingFaceTokenizer SMOLLM2_ORACLE = oracle(Reference.SMOLLM2);

  private static HuggingFaceTokenizer oracle(String name) {
    try {
      return HuggingFaceTokenizer.newInstance(
          Reference.file(name), Map.of("addSpecialTokens", "false", "truncation", "false"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int[] ids(HuggingFaceTokenizer oracle, String text) {
    return Arrays.stream(oracle.encode(text, false, false).getIds())
        .mapToInt(Math::toIntExact)
        .toArray();
  }

  @Property(tries = 3000)
  void llamasPatternGivesWhatTheReferenceGives(@ForAll("texts") String text) {
    assertArrayEquals(ids(LLAMA_ORACLE, text), LLAMA.encodeWithSpecial(text));
  }

  @Property(tries = 3000)
  void smollmsPatternGivesWhatTheReferenceGives(@ForAll("texts") String text) {
    assertArrayEquals(ids(SMOLLM2_ORACLE, text), SMOLLM2.encodeWithSpecial(text));
  }

  @Property(tries = 1000)
  void decodingGivesTheTextBack(@ForAll("texts") String text) {
    int[] ids = LLAMA.encode(text);
    assertEquals(text, LLAMA.decode(ids));
    assertTrue(Arrays.stream(ids).noneMatch(LLAMA::isSpecial));
    assertEquals(text, LLAMA.decode(LLAMA.encodeWithSpecial(text)));
  }

  @Provide
  Arbitrary<String> texts() {
    return Texts.valid();
  }
}
