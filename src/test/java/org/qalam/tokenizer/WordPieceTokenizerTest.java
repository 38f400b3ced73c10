package org.qalam.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Against Hugging Face's own library, by way of DJL, with the vocabulary that Qalam ships. */
class WordPieceTokenizerTest {
  private static final String JSON = "/all-minilm-l6-v2-q-tokenizer.json";
  private static final WordPieceTokenizer TOKENIZER = tokenizer();
  private static final HuggingFaceTokenizer ORACLE = oracle();

  private static InputStream json() {
    return Objects.requireNonNull(WordPieceTokenizerTest.class.getResourceAsStream(JSON), JSON);
  }

  private static WordPieceTokenizer tokenizer() {
    try (InputStream json = json()) {
      return WordPieceTokenizer.read(json);
    } catch (IOException | TokenizerException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HuggingFaceTokenizer oracle() {
    try (InputStream json = json()) {
      return HuggingFaceTokenizer.newInstance(
          json, Map.of("truncation", "false", "padding", "false"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int[] expected(String text) {
    return Arrays.stream(ORACLE.encode(text).getIds()).mapToInt(Math::toIntExact).toArray();
  }

  private static int[] ids(String text) {
    return TOKENIZER.encode(text, Integer.MAX_VALUE);
  }

  @Property(tries = 3000)
  void anyTextGivesWhatTheReferenceGives(@ForAll("texts") String text) {
    assertArrayEquals(expected(text), ids(text));
  }

  @Provide
  Arbitrary<String> texts() {
    return Texts.valid().filter(text -> text.codePoints().allMatch(WordPieceTokenizerTest::isOld));
  }

  /**
   * Blocks without characters that Unicode got after version 8: the reference knows no later one,
   * and takes a mark that is newer for a letter.
   */
  private static boolean isOld(int c) {
    return c < 0x530
        || (c >= 0x620 && c <= 0x6ff)
        || (c >= 0x904 && c <= 0x977)
        || (c >= 0xe01 && c <= 0xe5b)
        || (c >= 0x1e00 && c <= 0x20be)
        || (c >= 0x2100 && c <= 0x23fa)
        || (c >= 0x2460 && c <= 0x2b73)
        || (c >= 0x3000 && c <= 0x30ff)
        || (c >= 0x4e00 && c <= 0x9fcc)
        || (c >= 0xac00 && c <= 0xd7a3)
        || (c >= 0xf900 && c <= 0xfa6d)
        || (c >= 0xfe00 && c <= 0xfe0f)
        || c == 0xfeff
        || c == 0xfffd
        || (c >= 0x1d400 && c <= 0x1d7ff)
        || (c >= 0x1f300 && c <= 0x1f579)
        || (c >= 0x20000 && c <= 0x2a6d6);
  }

  @Test
  void nastyTextsGiveWhatTheReferenceGives() {
    for (String text :
        new String[] {
          "",
          " ",
          "The heating isn't working, e-mail me@home.org!",
          "ÀÉÎÕÜ naïve Ångström straße İstanbul ΣΊΣΥΦΟΣ",
          "كِتَابٌ والكتاب ١٢٣",
          "日本語のテスト 漢字かな交じり文",
          "a".repeat(100) + " " + "b".repeat(101),
          "supercalifragilisticexpialidocious antidisestablishmentarianism",
          "x\u0000y\ufffdz\u200bw\u00adv",
          "€ $ ^ ` | ~ + = < > © ° ½ ²",
          "😀👩🏽‍💻 ok",
          "tab\tnew\nline\r\nno\u00a0break\u3000wide"
        }) {
      assertArrayEquals(expected(text), ids(text), text);
    }
  }

  @Test
  void aTextNeverBecomesASpecialToken() {
    int[] ids = ids("[SEP] [CLS] [PAD] [MASK]");
    assertEquals(1, Arrays.stream(ids).filter(id -> id == 102).count());
    assertEquals(1, Arrays.stream(ids).filter(id -> id == 101).count());
    assertEquals(0, Arrays.stream(ids).filter(id -> id == 0 || id == 103).count());
  }

  @Test
  void whatIsTooLongIsLeftOutAndTheEndStays() {
    int[] all = ids("one two three four five six");
    assertEquals(8, all.length);
    assertArrayEquals(
        new int[] {all[0], all[1], all[2], all[7]},
        TOKENIZER.encode("one two three four five six", 4));
    assertArrayEquals(all, TOKENIZER.encode("one two three four five six", 8));
  }

  @Test
  void anotherKindOfTokenizerIsRefused() {
    for (String json : new String[] {"", "{}", "[", "{\"model\":{\"type\":\"BPE\"}}"}) {
      assertThrows(
          TokenizerException.class,
          () ->
              WordPieceTokenizer.read(
                  new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))),
          json);
    }
  }
}
