package org.qalam.convert;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * What the files beside {@code tokenizer.json} say: {@code tokenizer_config.json}, {@code
 * chat_template.jinja}, {@code chat_template.json}.
 *
 * @param chatTemplate Jinja source; empty where there is none
 * @param bosToken spelling of the token that begins a text; may be empty
 * @param eosToken spelling of the token that ends one; may be empty
 */
record HubTexts(String chatTemplate, String bosToken, String eosToken) {
  private static final long MAX_TEMPLATE = 1 << 20;

  static HubTexts read(Path root) throws ImportException, IOException {
    JsonNode config = JsonFile.readIfThere(root.resolve("tokenizer_config.json"));
    return new HubTexts(
        chatTemplate(root, config),
        token(config.path("bos_token")),
        token(config.path("eos_token")));
  }

  /** A file of its own goes before the template in the configuration, as in transformers. */
  private static String chatTemplate(Path root, JsonNode config)
      throws ImportException, IOException {
    Path file = root.resolve("chat_template.jinja");
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      JsonFile.requirePlain(file);
      if (Files.size(file) > MAX_TEMPLATE) {
        throw new ImportException(file.getFileName() + ": it is too large for a chat template");
      }
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
    String template = template(config.path("chat_template"));
    return template.isEmpty()
        ? template(JsonFile.readIfThere(root.resolve("chat_template.json")).path("chat_template"))
        : template;
  }

  /** One template, or the one called default in a list of named ones. */
  private static String template(JsonNode value) {
    if (!value.isArray()) {
      return value.isTextual() ? value.asText() : "";
    }
    for (JsonNode named : value) {
      if (named.path("name").asText().equals("default")) {
        return named.path("template").asText("");
      }
    }
    return "";
  }

  private static String token(JsonNode value) {
    return value.isTextual() ? value.asText() : value.path("content").asText("");
  }
}
