package org.qalam.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;

/** Tokenizers and cases that other implementations made; see the resources' README. */
final class Reference {
  /** Llama 3's split pattern over a vocabulary of 512. */
  static final String TINY_LLAMA = "tiny-llama.tokenizer.json";

  /** The starter model's tokenizer. */
  static final String SMOLLM2 = "smollm2.tokenizer.json.gz";

  private Reference() {}

  static InputStream open(String name) throws IOException {
    InputStream in =
        Objects.requireNonNull(
            Reference.class.getResourceAsStream("/reference/tokenizer/" + name), name);
    return name.endsWith(".gz") ? new GZIPInputStream(in) : in;
  }

  static byte[] bytes(String name) {
    try (InputStream in = open(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A plain file with the resource's text, in a folder that is left to the system to clean. */
  static Path file(String name) {
    try {
      Path file = Files.createTempFile("tokenizer", ".json");
      file.toFile().deleteOnExit();
      return Files.write(file, bytes(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static BytePairTokenizer tokenizer(String name) {
    try {
      return new BytePairTokenizer(TokenizerJson.read(file(name)));
    } catch (TokenizerException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonNode json(String name) {
    try (InputStream in = open(name)) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A text and its ids. */
  record Case(String text, List<Integer> ids) {
    @Override
    public String toString() {
      return text;
    }
  }

  static List<Case> cases(String name, String list) {
    List<Case> cases = new ArrayList<>();
    for (JsonNode node : json(name).path(list)) {
      cases.add(
          new Case(
              node.path("text").asText(), Arrays.stream(ids(node.path("ids"))).boxed().toList()));
    }
    return cases;
  }

  static int[] ids(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }

  static List<ChatMessage> messages(JsonNode list) {
    List<ChatMessage> messages = new ArrayList<>();
    for (JsonNode node : list) {
      ChatMessage.Role role =
          ChatMessage.Role.valueOf(node.path("role").asText().toUpperCase(Locale.ROOT));
      messages.add(new ChatMessage(role, node.path("content").asText()));
    }
    return messages;
  }
}
