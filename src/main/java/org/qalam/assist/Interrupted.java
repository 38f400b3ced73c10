package org.qalam.assist;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.qalam.document.TextRange;

/**
 * A request that ended before all its pieces were answered: stopped, failed, or cut off with the
 * program. It can be asked again, and what is answered need not be. Belongs to no thread.
 *
 * @param action its id
 * @param model the model's id; another one's answers would not go together
 * @param text the passage
 * @param answered pieces with their answers, in the order of the passage
 */
public record Interrupted(
    String action,
    String instruction,
    long seed,
    String model,
    String text,
    Map<String, String> answered) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Pieces by which the beginning of a changed passage is looked for. */
  private static final int LANDMARKS = 5;

  /** Characters of the passage's end that are looked for. */
  private static final int END = 200;

  public Interrupted {
    answered = Collections.unmodifiableMap(new LinkedHashMap<>(answered));
  }

  /** Whether it was a request like this one, to this model. */
  public boolean isLike(AssistRequest request, Optional<String> askedModel) {
    return action.equals(request.action().id())
        && instruction.equals(request.instruction())
        && seed == request.seed()
        && askedModel.equals(Optional.of(model));
  }

  /**
   * What need not be asked again: the pieces that were answered, and the answers themselves, which
   * the writer may have taken into the text since.
   */
  public Map<String, String> known() {
    Map<String, String> known = new HashMap<>(answered);
    answered.values().forEach(answer -> known.putIfAbsent(answer, answer));
    return known;
  }

  /** How much of the passage is answered, from 0 to 1. */
  public double share() {
    int done = answered.keySet().stream().mapToInt(String::length).sum();
    return text.isEmpty() ? 0 : Math.min(1, (double) done / text.length());
  }

  /**
   * Where the passage is in a document: as it was, or from where its first pieces are, or their
   * answers, to where it ends. Empty where that cannot be told.
   */
  public Optional<TextRange> placeIn(String document) {
    int exact = only(document, text);
    if (exact >= 0) {
      return Optional.of(new TextRange(exact, exact + text.length()));
    }
    int end = endIn(document);
    if (end < 0) {
      return Optional.empty();
    }
    return answered.entrySet().stream()
        .limit(LANDMARKS)
        .mapToInt(
            entry -> Math.max(only(document, entry.getKey()), only(document, entry.getValue())))
        .filter(first -> first >= 0 && first < end)
        .mapToObj(first -> new TextRange(first, end))
        .findFirst();
  }

  /** Where the passage ends, told by what was not answered; -1 where that is unknown. */
  private int endIn(String document) {
    String lastPiece = "";
    String lastAnswer = "";
    for (Map.Entry<String, String> pair : answered.entrySet()) {
      lastPiece = pair.getKey();
      lastAnswer = pair.getValue();
    }
    String rest = after(after(text, lastPiece), lastAnswer);
    String[] ends =
        rest.isBlank()
            ? new String[] {lastPiece, lastAnswer}
            : new String[] {rest.substring(Math.max(0, rest.length() - END))};
    for (String end : ends) {
      int at = only(document, end);
      if (at >= 0) {
        return at + end.length();
      }
    }
    return -1;
  }

  /** What stands after the last occurrence of a piece; all where there is none. */
  private static String after(String text, String piece) {
    int at = text.lastIndexOf(piece);
    return at < 0 ? text : text.substring(at + piece.length());
  }

  /** Where a text is, if it is there once. */
  private static int only(String document, String text) {
    int first = document.indexOf(text);
    return text.isEmpty() || document.indexOf(text, first + 1) >= 0 ? -1 : first;
  }

  /** As JSON, of about so many characters at most; further answers are left out and asked again. */
  public String asJson(int most) {
    ObjectNode facts = JSON.createObjectNode();
    facts.put("action", action);
    facts.put("instruction", instruction);
    facts.put("seed", seed);
    facts.put("model", model);
    facts.put("text", text);
    ArrayNode pairs = facts.putArray("answered");
    int length = text.length();
    for (Map.Entry<String, String> pair : answered.entrySet()) {
      length += pair.getKey().length() + pair.getValue().length() + 8;
      if (length > most) {
        break;
      }
      pairs.addArray().add(pair.getKey()).add(pair.getValue());
    }
    return facts.toString();
  }

  /** Reads what {@link #asJson} wrote; empty for anything else. */
  public static Optional<Interrupted> parse(String json) {
    try {
      JsonNode facts = JSON.readTree(json);
      if (!facts.path("answered").isArray() || !facts.hasNonNull("action")) {
        return Optional.empty();
      }
      Map<String, String> answered = new LinkedHashMap<>();
      for (JsonNode pair : facts.path("answered")) {
        answered.put(pair.path(0).asText(), pair.path(1).asText());
      }
      return Optional.of(
          new Interrupted(
              facts.path("action").asText(),
              facts.path("instruction").asText(),
              facts.path("seed").asLong(),
              facts.path("model").asText(),
              facts.path("text").asText(),
              answered));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
