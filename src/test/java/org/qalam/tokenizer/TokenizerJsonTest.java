package org.qalam.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerJsonTest {
  private static final byte[] TINY = Reference.bytes(Reference.TINY_LLAMA);
  private static final String SAMPLE = "Don't  we'LL 1234567\n\n القلم والكتابة 🙂<|eot_id|>";

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("tokenizer.json"), text);
  }

  private String message(String text) throws IOException {
    Path file = file(text);
    TokenizerException e =
        assertTimeoutPreemptively(
            Duration.ofSeconds(10),
            () -> assertThrows(TokenizerException.class, () -> TokenizerJson.read(file)));
    return String.valueOf(e.getMessage());
  }

  private static String tiny() {
    return new String(TINY, StandardCharsets.UTF_8);
  }

  /** A file with a vocabulary of three and whatever else. */
  private static String small(String model, String rest) {
    return "{\"pre_tokenizer\":{\"type\":\"ByteLevel\",\"add_prefix_space\":false},"
        + rest
        + "\"model\":{\"type\":\"BPE\","
        + model
        + "}}";
  }

  @Test
  void writesWhatTheReferenceLibraryReads() throws Exception {
    for (String name : List.of(Reference.TINY_LLAMA, Reference.SMOLLM2)) {
      Vocabulary vocabulary = TokenizerJson.read(Reference.file(name));
      Path written = folder.resolve("written.json");
      TokenizerJson.write(vocabulary, written);
      int[] expected = new BytePairTokenizer(vocabulary).encodeWithSpecial(SAMPLE);
      try (HuggingFaceTokenizer library =
          HuggingFaceTokenizer.newInstance(written, Map.of("addSpecialTokens", "false"))) {
        long[] ids = library.encode(SAMPLE, false, false).getIds();
        assertArrayEquals(expected, Arrays.stream(ids).mapToInt(Math::toIntExact).toArray());
      }
      Vocabulary again = TokenizerJson.read(written);
      assertEquals(vocabulary.size(), again.size());
      assertArrayEquals(expected, new BytePairTokenizer(again).encodeWithSpecial(SAMPLE));
    }
  }

  @Test
  void readsMergesAsTextAndAsPairs() throws Exception {
    String vocab = "\"vocab\":{\"a\":0,\"b\":1,\"ab\":2},";
    for (String merges : List.of("[\"a b\"]", "[[\"a\",\"b\"]]")) {
      Vocabulary vocabulary = TokenizerJson.read(file(small(vocab + "\"merges\":" + merges, "")));
      assertArrayEquals(new int[] {2, 0}, new BytePairTokenizer(vocabulary).encode("aba"));
    }
  }

  @Test
  void findsAddedTokensThatAreTextInBothKindsOfEncoding() throws Exception {
    String rest =
        "\"added_tokens\":[{\"id\":3,\"content\":\"ba\",\"special\":false},"
            + "{\"id\":4,\"content\":\"bab\",\"special\":true}],";
    Vocabulary vocabulary =
        TokenizerJson.read(
            file(small("\"vocab\":{\"a\":0,\"b\":1,\"ab\":2},\"merges\":[\"a b\"]", rest)));
    BytePairTokenizer tokenizer = new BytePairTokenizer(vocabulary);
    assertArrayEquals(new int[] {0, 3, 1}, tokenizer.encode("abab"));
    assertArrayEquals(new int[] {0, 4}, tokenizer.encodeWithSpecial("abab"));
    assertFalse(tokenizer.isSpecial(3));
  }

  @Test
  void vocabularyFromListsEqualsTheFile() throws Exception {
    JsonNode json = Reference.json(Reference.TINY_LLAMA);
    List<String> tokens = new ArrayList<>(Collections.nCopies(512, ""));
    json.path("model").path("vocab").forEachEntry((token, id) -> tokens.set(id.asInt(), token));
    Set<Integer> special = new HashSet<>();
    for (JsonNode added : json.path("added_tokens")) {
      tokens.set(added.path("id").asInt(), added.path("content").asText());
      special.add(added.path("id").asInt());
    }
    List<String> merges = new ArrayList<>();
    json.path("model")
        .path("merges")
        .forEach(m -> merges.add(m.path(0).asText() + " " + m.path(1).asText()));
    Vocabulary vocabulary =
        Vocabulary.of(tokens, merges, special, SplitPattern.ofGgufName("llama-bpe"), true);
    assertEquals(512, vocabulary.size());
    assertArrayEquals(
        Reference.tokenizer(Reference.TINY_LLAMA).encodeWithSpecial(SAMPLE),
        new BytePairTokenizer(vocabulary).encodeWithSpecial(SAMPLE));
  }

  @Test
  void unknownSplitPatternIsRefusedByName() {
    assertEquals(
        "the split pattern 'tekken' is not one that Qalam knows",
        assertThrows(TokenizerException.class, () -> SplitPattern.ofGgufName("tekken"))
            .getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '`',
      value = {
        "\"type\": \"ByteLevel\" § \"type\": \"Metaspace\" § "
            + "the pre-tokenizer 'Metaspace' is not one that Qalam knows",
        "\"normalizer\": null § \"normalizer\": {\"type\": \"NFC\"} § "
            + "the normalizer 'NFC' is not one that Qalam knows",
        "\"type\": \"BPE\" § \"type\": \"Unigram\" § the model 'Unigram' is not one that Qalam"
            + " knows",
        "\"Isolated\" § \"Removed\" § "
            + "the pre-tokenizer 'Split' does not keep every piece, which Qalam cannot do",
        "{1,3} § {1,2} § the split pattern '(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}…' "
            + "is not one that Qalam knows",
        "\"byte_fallback\": false § \"byte_fallback\": true § "
            + "the model's 'byte_fallback' is not one that Qalam knows",
        "\"id\": 500 § \"id\": 2000000000 § the token '<|eot_id|>' has the impossible id"
            + " 2000000000",
        "\"id\": 500 § \"id\": \"500\" § an entry of 'added_tokens' has no id or no content",
        "\"id\": 500 § \"id\": 501 § "
            + "the tokens '<|eot_id|>' and '<|python_tag|>' both have the id 501",
        "\"<|eot_id|>\" § \"<|eom_id|>\" § the token '<|eom_id|>' has two ids, 499 and 500",
        "\"lstrip\": false § \"lstrip\": true § "
            + "the added token '<|begin_of_text|>' asks for 'lstrip', which Qalam cannot do",
        "\"ignore_merges\" § \"vocab\": [], \"x\" § 'vocab' should be an object and is a list",
        "\"ignore_merges\" § \"merges\": [1], \"x\" § "
            + "merge number 0 should be a list and is a whole number",
        "\"merges\": [ § \"merges\": [\"th is\", § "
            + "merge number 0 needs the token 'this', which is not there",
        "\"ignore_merges\" § \"merges\": [\"this\"], \"x\" § "
            + "the merge 'this' is not two tokens with a space between",
        "\"added_tokens\": [ § \"added_tokens\": 1, \"x\": [ § "
            + "'added_tokens' should be a list and is not",
        "\"model\": § \"modell\": § there is no 'model' in it",
      })
  void refusesWhatItDoesNotKnowInOneSentence(String old, String by, String expected)
      throws IOException {
    String text = tiny();
    assertTrue(text.contains(old), old);
    assertEquals(
        "tokenizer.json: " + expected,
        message(text.replaceFirst(Pattern.quote(old), Matcher.quoteReplacement(by))));
  }

  @Test
  void refusesOtherFilesAndHostileJson() throws IOException {
    assertEquals("tokenizer.json: this is not the JSON of a tokenizer (line 1)", message("GGUF"));
    assertEquals("tokenizer.json: the file should be an object and is cut short", message(""));
    assertEquals("tokenizer.json: the file should be an object and is a list", message("[]"));
    assertTrue(message("{\"model\":" + "[".repeat(1_000_000)).startsWith("tokenizer.json: "));
    assertTrue(message("{\"x\":" + "{\"x\":".repeat(1_000_000)).startsWith("tokenizer.json: "));
    assertTrue(message("{\"normalizer\":" + "[".repeat(1_000_000)).startsWith("tokenizer.json: "));
    assertTrue(message(small("\"vocab\":{\"a\":0,\"a\":1},\"merges\":[]", "")).contains("line 1"));
    assertTrue(message(small("\"vocab\":{\"a\":99999999999999999999}", "")).contains("line 1"));
    assertEquals("tokenizer.json: its model has no 'vocab'", message(small("\"merges\":[]", "")));
    assertEquals(
        "tokenizer.json: the pre-tokenizer 'none' is not one that Qalam knows",
        message("{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[]}}"));
  }

  @Test
  void missingFileIsSaid() {
    Path missing = folder.resolve("no.json");
    assertEquals(
        "no.json: the file cannot be read",
        assertThrows(TokenizerException.class, () -> TokenizerJson.read(missing)).getMessage());
  }

  @Property(tries = 500)
  void damagedFilesAreReadOrRefusedAndNothingElse(
      @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 0, max = 23083) Integer> places,
      @ForAll byte value,
      @ForAll @IntRange(min = 0, max = 2) int kind)
      throws IOException {
    byte[] bytes = TINY.clone();
    for (int place : places) {
      bytes[place] = kind == 0 ? value : bytes[(place * 31 + value + 128) % bytes.length];
    }
    if (kind == 2) {
      bytes = Arrays.copyOf(bytes, places.getFirst());
    }
    Path file = Files.createTempFile("damaged", ".json");
    try {
      Files.write(file, bytes);
      int[] ids = new BytePairTokenizer(TokenizerJson.read(file)).encodeWithSpecial(SAMPLE);
      assertTrue(ids.length <= SAMPLE.getBytes(StandardCharsets.UTF_8).length);
    } catch (TokenizerException e) {
      assertFalse(String.valueOf(e.getMessage()).contains("\n"));
    } finally {
      Files.delete(file);
    }
  }
}
