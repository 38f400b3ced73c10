package org.qalam.convert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the small JSON files beside a model. Any thread. */
final class JsonFile {
  private static final long MAX_BYTES = 64L << 20;

  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(64).build())
              .build());

  private JsonFile() {}

  /**
   * Reads the object in a file.
   *
   * @throws ImportException where the file is missing, a link, too large or something else
   */
  static JsonNode read(Path file) throws ImportException, IOException {
    requirePlain(file);
    if (Files.size(file) > MAX_BYTES) {
      throw new ImportException(file.getFileName() + ": it is too large to be what its name says");
    }
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(file));
      if (json != null && json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      throw new ImportException(
          file.getFileName() + ": this is no JSON, or it is damaged; download it again", e);
    }
    throw new ImportException(file.getFileName() + ": it should hold a JSON object and does not");
  }

  /** As above; an empty object where there is no such file. */
  static JsonNode readIfThere(Path file) throws ImportException, IOException {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        ? read(file)
        : JsonNodeFactory.instance.objectNode();
  }

  /** Refuses what is missing, and links: Qalam reads a model's own files and no others. */
  static void requirePlain(Path file) throws ImportException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new ImportException(file + ": there is no such file");
    }
    if (Files.isSymbolicLink(file)) {
      throw new ImportException(
          file
              + ": this is a link; Qalam reads only files that are in the model's folder, so copy"
              + " the files themselves there");
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new ImportException(file + ": this is not a file");
    }
  }

  /** A value in a sentence, only the beginning of a long one. */
  static String shown(JsonNode value) {
    if (value.isNull() || value.isMissingNode()) {
      return "none";
    }
    if (value.isContainerNode()) {
      return value.isArray() ? "a list" : "an object";
    }
    return value.isTextual() ? Quoted.of(value.asText()) : Quoted.cut(value.toString());
  }

  /** A whole number that fits an int. */
  static Optional<Integer> integer(JsonNode value) {
    return value.isIntegralNumber() && value.canConvertToInt()
        ? Optional.of(value.intValue())
        : Optional.empty();
  }

  /** The whole numbers in a list, or the one that stands for a list of one. */
  static List<Integer> integers(JsonNode value) {
    List<Integer> numbers = new ArrayList<>();
    integer(value).ifPresent(numbers::add);
    if (value.isArray()) {
      value.forEach(element -> integer(element).ifPresent(numbers::add));
    }
    return numbers;
  }
}
