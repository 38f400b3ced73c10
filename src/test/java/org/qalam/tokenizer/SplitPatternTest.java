package org.qalam.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/**
 * Where texts are cut, against Hugging Face's own library: with one token a byte, the number of the
 * word that it gives for each token shows each cut.
 */
class SplitPatternTest {
  private static final Map<SplitPattern, HuggingFaceTokenizer> ORACLES = oracles();

  private static Map<SplitPattern, HuggingFaceTokenizer> oracles() {
    List<String> bytes = new ArrayList<>();
    for (int b = 0; b < 256; b++) {
      bytes.add(String.valueOf(ByteSpelling.charOf(b)));
    }
    Map<SplitPattern, HuggingFaceTokenizer> oracles = new EnumMap<>(SplitPattern.class);
    try {
      Path file = Files.createTempFile("bytes", ".json");
      for (SplitPattern pattern : SplitPattern.values()) {
        TokenizerJson.write(Vocabulary.of(bytes, List.of(), Set.of(), pattern, false), file);
        oracles.put(
            pattern,
            HuggingFaceTokenizer.newInstance(
                file, Map.of("addSpecialTokens", "false", "truncation", "false")));
      }
      Files.delete(file);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return oracles;
  }

  /** The text with a stroke at every cut. */
  private static String expected(SplitPattern pattern, String text) {
    HuggingFaceTokenizer oracle = Objects.requireNonNull(ORACLES.get(pattern));
    Encoding encoding = oracle.encode(text, false, false);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long[] words = encoding.getWordIds();
    assertEquals(bytes.length, words.length);
    ByteArrayOutputStream cut = new ByteArrayOutputStream();
    for (int i = 0; i < bytes.length; i++) {
      if (i > 0 && words[i] != words[i - 1]) {
        cut.write('|');
      }
      cut.write(bytes[i]);
    }
    return cut.toString(StandardCharsets.UTF_8);
  }

  private static String actual(SplitPattern pattern, String text) {
    List<String> pieces = new ArrayList<>();
    for (int from = 0; from < text.length(); ) {
      int to = pattern.pieceEnd(text, from, text.length());
      pieces.add(text.substring(from, to));
      from = to;
    }
    return String.join("|", pieces);
  }

  private static void assertCutAlike(String text) {
    for (SplitPattern pattern : SplitPattern.values()) {
      assertEquals(expected(pattern, text), actual(pattern, text), pattern.name());
    }
  }

  @Property(tries = 2000)
  void textsAreCutWhereTheReferenceCutsThem(@ForAll("texts") String text) {
    assertCutAlike(text);
  }

  @Test
  void everyCharacterOfTheFirstPlanesIsOfTheKindThatTheReferenceSays() {
    StringBuilder several = new StringBuilder();
    for (int c = 0; c < 0x20000; c++) {
      if (isLargeAlphabet(c) && c % 16 != 0) {
        continue;
      }
      if (!Character.isDefined(c) || (c >= 0xD800 && c <= 0xDFFF)) {
        continue; // what Unicode has not given out yet, newer libraries may know
      }
      String s = Character.toString(c);
      several.append("a" + s + "b 1" + s + "1 " + s + s + "! " + s + "\n'" + s + "\n");
      if (several.length() > 1000) {
        assertCutAlike(several.toString());
        several.setLength(0);
      }
    }
    assertCutAlike(several.toString());
  }

  /** Ideographs and syllables by the ten thousand: a sample will do. */
  private static boolean isLargeAlphabet(int c) {
    Character.UnicodeScript script = Character.UnicodeScript.of(c);
    return script == Character.UnicodeScript.HAN
        || script == Character.UnicodeScript.HANGUL
        || script == Character.UnicodeScript.TANGUT
        || Character.getType(c) == Character.PRIVATE_USE;
  }

  @Provide
  Arbitrary<String> texts() {
    return Texts.valid();
  }
}
