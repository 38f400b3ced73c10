package org.qalam.tokenizer;

import static org.qalam.tokenizer.TokenizerException.quoted;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes {@code tokenizer.json}, the tokenizer file of Hugging Face's model folders.
 *
 * <p>Qalam reads byte-level BPE with the {@linkplain SplitPattern split patterns} that it knows and
 * refuses everything else by name, since a tokenizer that is nearly right makes a model write
 * nonsense. The post-processor is not read: what begins a prompt is the chat template's business.
 */
public final class TokenizerJson {
  /** Name of the file in a model folder. */
  public static final String FILE = "tokenizer.json";

  private static final int MAX_TOKEN_LENGTH = 4096; // characters; Llama 3.2's longest has 128
  private static final int MAX_MERGES = 2 * Vocabulary.MAX_TOKENS;

  private final ObjectMapper mapper =
      new ObjectMapper(
          JsonFactory.builder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              // Names are tokens, each there once: nothing is won by remembering them.
              .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
              .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(64)
                      .maxNameLength(MAX_TOKEN_LENGTH)
                      .maxStringLength(100_000)
                      .maxDocumentLength(1L << 29)
                      .build())
              .build());

  // what has been read so far
  private final List<String> tokens = new ArrayList<>();
  private final Map<String, String> known = new HashMap<>();
  private final List<Vocabulary.Merge> merges = new ArrayList<>();
  private final Set<Integer> specialIds = new HashSet<>();
  private final Set<Integer> addedIds = new HashSet<>();
  private JsonNode addedTokens = MissingNode.getInstance();
  private JsonNode preTokenizer = MissingNode.getInstance();
  private boolean ignoreMerges;
  private boolean modelSeen;

  private TokenizerJson() {}

  /**
   * Reads a file.
   *
   * @throws TokenizerException when it cannot be read, is damaged, or describes a tokenizer of
   *     another kind; the sentence begins with the file's name
   */
  public static Vocabulary read(Path file) throws TokenizerException {
    try (InputStream in = Files.newInputStream(file)) {
      return new TokenizerJson().vocabulary(in);
    } catch (JsonProcessingException e) {
      throw new TokenizerException(
          file.getFileName() + ": this is not the JSON of a tokenizer" + place(e), e);
    } catch (IOException e) {
      throw new TokenizerException(file.getFileName() + ": the file cannot be read", e);
    } catch (TokenizerException e) {
      throw new TokenizerException(file.getFileName() + ": " + e.getMessage(), e);
    }
  }

  private static String place(JsonProcessingException e) {
    return e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
  }

  private Vocabulary vocabulary(InputStream in) throws IOException, TokenizerException {
    try (JsonParser json = mapper.createParser(in)) {
      expect(json.nextToken(), JsonToken.START_OBJECT, "the file");
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "model" -> readModel(json);
          case "added_tokens" -> addedTokens = mapper.readTree(json);
          case "pre_tokenizer" -> preTokenizer = mapper.readTree(json);
          case "normalizer" -> refuseNormalizer(mapper.readTree(json));
          case "decoder" -> requireByteLevelDecoder(mapper.readTree(json));
          default -> json.skipChildren();
        }
      }
    }
    if (!modelSeen) {
      throw new TokenizerException("there is no 'model' in it");
    }
    if (!addedTokens.isArray() && !addedTokens.isMissingNode() && !addedTokens.isNull()) {
      throw new TokenizerException("'added_tokens' should be a list and is not");
    }
    for (JsonNode token : addedTokens) {
      add(token);
    }
    return Vocabulary.of(
        tokens, merges, specialIds, addedIds, PreTokenizerJson.pattern(preTokenizer), ignoreMerges);
  }

  private void readModel(JsonParser json) throws IOException, TokenizerException {
    expect(json.currentToken(), JsonToken.START_OBJECT, "'model'");
    modelSeen = true;
    boolean vocabSeen = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "type" -> {
          if (!json.getText().equals("BPE")) {
            throw unknown("model", json.getText());
          }
        }
        case "vocab" -> {
          expect(value, JsonToken.START_OBJECT, "'vocab'");
          vocabSeen = true;
          readVocab(json);
        }
        case "merges" -> {
          expect(value, JsonToken.START_ARRAY, "'merges'");
          readMerges(json);
        }
        case "ignore_merges" -> ignoreMerges = value == JsonToken.VALUE_TRUE;
        case "byte_fallback", "dropout", "continuing_subword_prefix", "end_of_word_suffix" -> {
          boolean unset =
              value == JsonToken.VALUE_NULL
                  || value == JsonToken.VALUE_FALSE
                  || json.getText().isEmpty()
                  || (value.isNumeric() && json.getDoubleValue() == 0);
          if (!unset) {
            throw unknown("model's", name);
          }
        }
        default -> json.skipChildren();
      }
    }
    if (!vocabSeen) {
      throw new TokenizerException("its model has no 'vocab'");
    }
  }

  private void readVocab(JsonParser json) throws IOException, TokenizerException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String token = json.currentName();
      expect(json.nextToken(), JsonToken.VALUE_NUMBER_INT, "the id of " + quoted(token));
      put(token, json.getLongValue());
    }
  }

  private void put(String token, long id) throws TokenizerException {
    if (id < 0 || id >= Vocabulary.MAX_TOKENS) {
      throw new TokenizerException("the token " + quoted(token) + " has the impossible id " + id);
    }
    if (token.isEmpty()) {
      throw new TokenizerException("token " + id + " is empty");
    }
    while (tokens.size() <= id) {
      tokens.add("");
    }
    known.put(token, token);
    String earlier = tokens.set((int) id, token);
    if (!earlier.isEmpty() && !earlier.equals(token)) {
      throw new TokenizerException(
          "the tokens " + quoted(earlier) + " and " + quoted(token) + " both have the id " + id);
    }
  }

  private void readMerges(JsonParser json) throws IOException, TokenizerException {
    for (JsonToken value = json.nextToken();
        value != JsonToken.END_ARRAY;
        value = json.nextToken()) {
      if (merges.size() == MAX_MERGES) {
        throw new TokenizerException("it has more than " + MAX_MERGES + " merges");
      }
      if (value == JsonToken.VALUE_STRING) {
        Vocabulary.Merge merge = Vocabulary.merge(json.getText());
        merges.add(new Vocabulary.Merge(known(merge.left()), known(merge.right())));
        continue;
      }
      String merge = "merge number " + merges.size();
      expect(value, JsonToken.START_ARRAY, merge);
      expect(json.nextToken(), JsonToken.VALUE_STRING, merge);
      String left = json.getText();
      expect(json.nextToken(), JsonToken.VALUE_STRING, merge);
      merges.add(new Vocabulary.Merge(known(left), known(json.getText())));
      expect(json.nextToken(), JsonToken.END_ARRAY, merge);
    }
  }

  /** The vocabulary's own copy of a token: hundreds of thousands of merges name the same ones. */
  private String known(String token) {
    return known.getOrDefault(token, token);
  }

  private void add(JsonNode token) throws TokenizerException {
    JsonNode id = token.path("id");
    String content = token.path("content").asText();
    if (!id.isIntegralNumber() || !id.canConvertToInt() || content.isEmpty()) {
      throw new TokenizerException("an entry of 'added_tokens' has no id or no content");
    }
    for (String way : List.of("single_word", "lstrip", "rstrip")) {
      if (token.path(way).asBoolean()) {
        throw new TokenizerException(
            "the added token "
                + quoted(content)
                + " asks for '"
                + way
                + "', which Qalam cannot do");
      }
    }
    put(content, id.intValue());
    addedIds.add(id.intValue());
    if (token.path("special").asBoolean()) {
      specialIds.add(id.intValue());
    }
  }

  private static void refuseNormalizer(JsonNode normalizer) throws TokenizerException {
    if (!normalizer.isNull()) {
      throw unknown("normalizer", normalizer.path("type").asText());
    }
  }

  private static void requireByteLevelDecoder(JsonNode decoder) throws TokenizerException {
    if (!decoder.isNull() && !decoder.path("type").asText().equals("ByteLevel")) {
      throw unknown("decoder", decoder.path("type").asText());
    }
  }

  static TokenizerException unknown(String what, String name) {
    return new TokenizerException(
        "the " + what + " " + quoted(name) + " is not one that Qalam knows");
  }

  private static void expect(@Nullable JsonToken found, JsonToken expected, String where)
      throws TokenizerException {
    if (found != expected) {
      throw new TokenizerException(
          where + " should be " + name(expected) + " and is " + name(found));
    }
  }

  private static String name(@Nullable JsonToken token) {
    return switch (token) {
      case null -> "cut short";
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case END_ARRAY -> "the end of a list";
      case VALUE_STRING -> "a text";
      case VALUE_NUMBER_INT -> "a whole number";
      default -> "something else";
    };
  }

  /**
   * Writes a vocabulary as a file that Hugging Face's library and those like it read. Not atomic:
   * the caller writes into a folder of its own.
   *
   * @throws IOException when the disk refuses
   */
  public static void write(Vocabulary vocabulary, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        JsonGenerator json = new ObjectMapper().createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("version", "1.0");
      for (String unused : List.of("truncation", "padding")) {
        json.writeNullField(unused);
      }
      json.writeArrayFieldStart("added_tokens");
      for (int id = 0; id < vocabulary.size(); id++) {
        if (vocabulary.isAdded(id)) {
          writeAdded(json, vocabulary, id);
        }
      }
      json.writeEndArray();
      json.writeNullField("normalizer");
      json.writeFieldName("pre_tokenizer");
      PreTokenizerJson.write(json, vocabulary.pattern());
      json.writeNullField("post_processor");
      json.writeFieldName("decoder");
      PreTokenizerJson.writeByteLevel(json, true);
      writeModel(json, vocabulary);
      json.writeEndObject();
    }
  }

  private static void writeAdded(JsonGenerator json, Vocabulary vocabulary, int id)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", id);
    json.writeStringField("content", vocabulary.token(id));
    for (String way : List.of("single_word", "lstrip", "rstrip", "normalized")) {
      json.writeBooleanField(way, false);
    }
    json.writeBooleanField("special", vocabulary.isSpecial(id));
    json.writeEndObject();
  }

  private static void writeModel(JsonGenerator json, Vocabulary vocabulary) throws IOException {
    json.writeObjectFieldStart("model");
    json.writeStringField("type", "BPE");
    for (String unused :
        List.of("dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix")) {
      json.writeNullField(unused);
    }
    json.writeBooleanField("fuse_unk", false);
    json.writeBooleanField("byte_fallback", false);
    json.writeBooleanField("ignore_merges", vocabulary.ignoresMerges());
    json.writeObjectFieldStart("vocab");
    for (int id = 0; id < vocabulary.size(); id++) {
      if (!vocabulary.token(id).isEmpty()) {
        json.writeNumberField(vocabulary.token(id), id);
      }
    }
    json.writeEndObject();
    json.writeArrayFieldStart("merges");
    for (int rank = 0; rank < vocabulary.mergeCount(); rank++) {
      json.writeString(
          vocabulary.token(vocabulary.mergeLeft(rank))
              + " "
              + vocabulary.token(vocabulary.mergeRight(rank)));
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
