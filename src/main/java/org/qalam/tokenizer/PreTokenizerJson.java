package org.qalam.tokenizer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The {@code pre_tokenizer} of a {@code tokenizer.json}: which split pattern it means. */
final class PreTokenizerJson {
  private PreTokenizerJson() {}

  static SplitPattern pattern(JsonNode preTokenizer) throws TokenizerException {
    List<JsonNode> steps = new ArrayList<>();
    if (type(preTokenizer).equals("Sequence")) {
      preTokenizer.path("pretokenizers").forEach(steps::add);
    } else {
      steps.add(preTokenizer);
    }
    for (JsonNode step : steps) {
      requireKnown(step);
    }
    List<String> types = steps.stream().map(PreTokenizerJson::type).toList();
    if (types.equals(List.of("ByteLevel")) && usesRegex(steps.getFirst())) {
      return SplitPattern.GPT_2;
    }
    if (types.equals(List.of("Digits", "ByteLevel")) && usesRegex(steps.getLast())) {
      return SplitPattern.SMOLLM;
    }
    if (types.equals(List.of("Split", "ByteLevel")) && !usesRegex(steps.getLast())) {
      return ofRegex(steps.getFirst().path("pattern").path("Regex").asText());
    }
    throw new TokenizerException(
        "the pre-tokenizer " + String.join(", ", types) + " is not a combination that Qalam knows");
  }

  private static void requireKnown(JsonNode step) throws TokenizerException {
    switch (type(step)) {
      case "ByteLevel" -> {
        if (step.path("add_prefix_space").asBoolean()) {
          throw new TokenizerException(
              "the pre-tokenizer 'ByteLevel' puts a space before the text, which Qalam cannot do");
        }
      }
      case "Digits" -> {
        if (!step.path("individual_digits").asBoolean()) {
          throw new TokenizerException(
              "the pre-tokenizer 'Digits' keeps digits together, which Qalam cannot do");
        }
      }
      case "Split" -> {
        if (!step.path("behavior").asText().equals("Isolated") || step.path("invert").asBoolean()) {
          throw new TokenizerException(
              "the pre-tokenizer 'Split' does not keep every piece, which Qalam cannot do");
        }
      }
      default -> throw TokenizerJson.unknown("pre-tokenizer", type(step));
    }
  }

  private static SplitPattern ofRegex(String regex) throws TokenizerException {
    for (SplitPattern pattern : SplitPattern.values()) {
      if (!regex.isEmpty() && pattern.regex().equals(regex)) {
        return pattern;
      }
    }
    throw TokenizerJson.unknown("split pattern", regex);
  }

  private static String type(JsonNode step) {
    return step.path("type").asText("none");
  }

  private static boolean usesRegex(JsonNode byteLevel) {
    return byteLevel.path("use_regex").asBoolean(true);
  }

  static void write(JsonGenerator json, SplitPattern pattern) throws IOException {
    switch (pattern) {
      case GPT_2 -> writeByteLevel(json, true);
      case SMOLLM -> {
        startSequence(json);
        json.writeStartObject();
        json.writeStringField("type", "Digits");
        json.writeBooleanField("individual_digits", true);
        json.writeEndObject();
        endSequence(json, true);
      }
      case LLAMA_3 -> {
        startSequence(json);
        json.writeStartObject();
        json.writeStringField("type", "Split");
        json.writeObjectFieldStart("pattern");
        json.writeStringField("Regex", pattern.regex());
        json.writeEndObject();
        json.writeStringField("behavior", "Isolated");
        json.writeBooleanField("invert", false);
        json.writeEndObject();
        endSequence(json, false);
      }
    }
  }

  private static void startSequence(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "Sequence");
    json.writeArrayFieldStart("pretokenizers");
  }

  private static void endSequence(JsonGenerator json, boolean useRegex) throws IOException {
    writeByteLevel(json, useRegex);
    json.writeEndArray();
    json.writeEndObject();
  }

  static void writeByteLevel(JsonGenerator json, boolean useRegex) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "ByteLevel");
    json.writeBooleanField("add_prefix_space", false);
    json.writeBooleanField("trim_offsets", true);
    json.writeBooleanField("use_regex", useRegex);
    json.writeEndObject();
  }
}
