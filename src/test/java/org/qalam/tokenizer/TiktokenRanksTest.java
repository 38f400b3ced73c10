package org.qalam.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TiktokenRanksTest {
  private static final Path TINY =
      Path.of("src/test/resources/reference/meta_bf16/tokenizer.model");

  @TempDir Path folder;

  static List<Reference.Case> cases() {
    return Reference.cases("tokenizer_cases.json", "plain");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void encodesLikeTransformersFromTheRanksAlone(Reference.Case expected) throws Exception {
    int[] ids = tiny().encode(expected.text());
    assertEquals(expected.ids(), Arrays.stream(ids).boxed().toList());
  }

  @Test
  void givesTheTokensAndMergesThatTransformersDerives() throws Exception {
    Vocabulary expected = TokenizerJson.read(Reference.file(Reference.TINY_LLAMA));
    Vocabulary found = TiktokenRanks.read(TINY, 512);
    assertEquals(tokens(expected), tokens(found));
    assertEquals(merges(expected), merges(found));
    for (int id = 0; id < found.size(); id++) {
      assertEquals(expected.isSpecial(id), found.isSpecial(id), found.token(id));
    }
    assertEquals(expected.ignoresMerges(), found.ignoresMerges());
    assertEquals(expected.pattern(), found.pattern());
  }

  @Test
  void encodesLikeTiktokenWhateverTheRanks() throws Exception {
    Random random = new Random(11);
    for (int round = 0; round < 60; round++) {
      List<byte[]> tokens = randomTokens(random, 60);
      BytePairTokenizer tokenizer =
          new BytePairTokenizer(TiktokenRanks.read(file(lines(tokens)), tokens.size() + 7));
      for (int text = 0; text < 100; text++) {
        String piece = letters(random, 1 + random.nextInt(60));
        assertEquals(tiktoken(piece, tokens), boxed(tokenizer.encode(piece)), piece);
      }
    }
  }

  @Test
  void tokenThatNoMergeMakesIsFoundWhole() throws Exception {
    List<byte[]> tokens = bytes();
    tokens.add(latin("abc")); // 256: neither ab nor bc is a token
    Vocabulary vocabulary = TiktokenRanks.read(file(lines(tokens)), 300);
    assertEquals(0, vocabulary.mergeCount());
    BytePairTokenizer tokenizer = new BytePairTokenizer(vocabulary);
    assertArrayEquals(new int[] {256}, tokenizer.encode("abc"));
    assertArrayEquals(new int[] {'a', 'b', 'c', 'd'}, tokenizer.encode("abcd"));
  }

  @Test
  void largeModelHasLlamas256SpecialTokens() throws Exception {
    Vocabulary vocabulary = TiktokenRanks.read(TINY, 495 + 256);
    assertEquals(495 + 256, vocabulary.size());
    // offsets as in Llama 3.2's tokenizer.json, where the first is 128000
    Map.of(
            0, "<|begin_of_text|>",
            1, "<|end_of_text|>",
            3, "<|reserved_special_token_1|>",
            4, "<|finetune_right_pad_id|>",
            5, "<|reserved_special_token_2|>",
            6, "<|start_header_id|>",
            9, "<|eot_id|>",
            10, "<|python_tag|>",
            11, "<|reserved_special_token_3|>",
            255, "<|reserved_special_token_247|>")
        .forEach((offset, name) -> assertEquals(name, vocabulary.token(495 + offset)));
    assertTrue(IntStream.range(495, 751).allMatch(vocabulary::isSpecial));
    assertEquals(751, TiktokenRanks.read(TINY, 1000).size());
  }

  @Test
  void smallModelHasAsManyOfTheSevenAsItHasRows() throws Exception {
    assertEquals(495 + 7, TiktokenRanks.read(TINY, 750).size());
    assertEquals(495 + 2, TiktokenRanks.read(TINY, 497).size());
    assertEquals(495, TiktokenRanks.read(TINY, 495).size());
    assertEquals(
        "tokenizer.model: it has 495 tokens, and the model has rows for 494; the two files are of"
            + " different models",
        refusal(TINY, 494));
  }

  @Test
  void readsLinesInAnyOrderWithBlankOnesBetween() throws Exception {
    List<String> lines = new ArrayList<>(Files.readAllLines(TINY));
    java.util.Collections.reverse(lines);
    Path file = file("\n" + String.join("\r\n\n", lines));
    assertEquals(tokens(TiktokenRanks.read(TINY, 512)), tokens(TiktokenRanks.read(file, 512)));
  }

  @Test
  void damagedFilesEndInASentence() throws Exception {
    String whole = Files.readString(TINY);
    refused("line 1 is not a token", "hello world\n" + whole);
    refused("line 1 is not a token", "{\"model\": {}}");
    refused("line 496 is not a token", whole + "YQ==\n");
    refused("line 496 is not a token", whole + "YQ== -1\n");
    refused("line 496 is not a token", whole + "YQ== 99999999999\n");
    refused("line 496 is not a token", whole + "YQ== 9999999\n");
    refused("line 496 is not a token", whole + "Y?== 495\n");
    refused("line 496 has a token of 0 bytes", whole + " 495\n");
    refused("line 496 has a token of 3000 bytes", whole + "AAAA".repeat(1000) + " 495\n");
    refused("line 496 gives a token or a rank", whole + "YWJjZGU= 494\n");
    refused("line 496 gives a token or a rank", whole + "YQ== 495\n");
    refused("there is no token of rank 495", whole + "YWJjZGU= 1000000\n");
    refused("there is no token of rank 7", whole.replaceFirst("(?m)^\\S+ 7\n", ""));
    refused("it has no token for the byte 0", "YQ== 0\n");
    refused("it has no token for the byte 0", "");
    assertTrue(refusal(folder.resolve("nowhere"), 512).contains("cannot be read"));
  }

  @Test
  void sentencePieceModelIsRefusedByName() throws Exception {
    // as Llama 2's begins: piece { piece: "<unk>" score: 0 type: UNKNOWN } piece { piece: "<s>" ...
    byte[] start =
        latin("\n\016\n\005<unk>\025\000\000\000\000\030\002\n\014\n\003<s>\025\0\0\0\0");
    Path file = Files.write(folder.resolve("tokenizer.model"), start);
    assertEquals(
        "tokenizer.model: this is a SentencePiece tokenizer, as Llama 2 has; Qalam reads Llama 3's"
            + " list of tokens",
        refusal(file, 32000));
  }

  @Test
  void mutatedFilesEndInASentenceOrInATokenizer() throws Exception {
    byte[] good = Files.readAllBytes(TINY);
    Random random = new Random(3);
    int refused = 0;
    for (int round = 0; round < 400; round++) {
      byte[] mutant = Arrays.copyOf(good, round % 5 == 0 ? random.nextInt(5000) : good.length);
      for (int change = 0; change <= round % 3; change++) {
        mutant[random.nextInt(Math.max(1, mutant.length))] = (byte) random.nextInt(256);
      }
      try {
        new BytePairTokenizer(
            TiktokenRanks.read(Files.write(folder.resolve("mutant"), mutant), 512));
      } catch (TokenizerException e) {
        refused++;
        assertTrue(String.valueOf(e.getMessage()).startsWith("mutant: "), e.getMessage());
      }
    }
    assertTrue(refused > 200, "only " + refused);
  }

  private void refused(String sentence, String content) throws Exception {
    String refusal = refusal(file(content), 1 << 20);
    assertTrue(refusal.contains(sentence), refusal);
  }

  private static String refusal(Path file, int vocabularySize) {
    return String.valueOf(
        assertThrows(TokenizerException.class, () -> TiktokenRanks.read(file, vocabularySize))
            .getMessage());
  }

  private static BytePairTokenizer tiny() throws TokenizerException {
    return new BytePairTokenizer(TiktokenRanks.read(TINY, 512));
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("some.model"), content, StandardCharsets.ISO_8859_1);
  }

  private static String lines(List<byte[]> tokens) {
    StringBuilder lines = new StringBuilder();
    for (int rank = 0; rank < tokens.size(); rank++) {
      String token = Base64.getEncoder().encodeToString(tokens.get(rank));
      lines.append(token).append(' ').append(rank).append('\n');
    }
    return lines.toString();
  }

  private static List<byte[]> bytes() {
    List<byte[]> bytes = new ArrayList<>();
    for (int b = 0; b < 256; b++) {
      bytes.add(new byte[] {(byte) b});
    }
    return bytes;
  }

  /** All bytes and, in no order that training would give, words of three letters. */
  private static List<byte[]> randomTokens(Random random, int count) {
    List<byte[]> tokens = bytes();
    List<String> seen = new ArrayList<>();
    while (seen.size() < count) {
      String token = letters(random, 2 + random.nextInt(4));
      if (!seen.contains(token)) {
        seen.add(token);
        tokens.add(latin(token));
      }
    }
    return tokens;
  }

  private static String letters(Random random, int length) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < length; i++) {
      letters.append((char) ('a' + random.nextInt(3)));
    }
    return letters.toString();
  }

  /** The procedure of tiktoken's {@code _educational.py}, on one piece. */
  private static List<Integer> tiktoken(String piece, List<byte[]> tokens) {
    Map<String, Integer> ranks = new HashMap<>();
    for (int rank = 0; rank < tokens.size(); rank++) {
      ranks.put(new String(tokens.get(rank), StandardCharsets.ISO_8859_1), rank);
    }
    if (ranks.containsKey(piece)) {
      return List.of(ranks.get(piece));
    }
    List<String> parts = new ArrayList<>(List.of(piece.split("")));
    while (true) {
      int best = -1;
      int bestRank = Integer.MAX_VALUE;
      for (int i = 0; i + 1 < parts.size(); i++) {
        int rank = ranks.getOrDefault(parts.get(i) + parts.get(i + 1), Integer.MAX_VALUE);
        if (rank < bestRank) {
          best = i;
          bestRank = rank;
        }
      }
      if (best < 0) {
        return parts.stream().map(ranks::get).toList();
      }
      parts.set(best, parts.get(best) + parts.remove(best + 1));
    }
  }

  private static List<Integer> boxed(int[] ids) {
    return Arrays.stream(ids).boxed().toList();
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static List<String> tokens(Vocabulary vocabulary) {
    return IntStream.range(0, vocabulary.size()).mapToObj(vocabulary::token).toList();
  }

  private static List<String> merges(Vocabulary vocabulary) {
    return IntStream.range(0, vocabulary.mergeCount())
        .mapToObj(rank ->
            vocabulary.token(vocabulary.mergeLeft(rank))
                + " "
                + vocabulary.token(vocabulary.mergeRight(rank)))
        .toList();
  }
}
