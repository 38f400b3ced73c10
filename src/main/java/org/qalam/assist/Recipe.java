package org.qalam.assist;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.qalam.engine.GenerationParams;
import org.qalam.tokenizer.ChatMessage;

/**
 * How an action is done: what is said to the model and what is expected of its answer.
 *
 * @param style how the answer is to differ from its text
 * @param unit what is sent at a time
 * @param sampling temperature and the like; its number of tokens is set for each piece
 * @param shortest least length of an answer, as a share of the piece's length in characters
 * @param longest greatest length likewise
 * @param room characters that an answer may always have, however short the piece
 * @param keepsWords whether most words of the piece must come back (a correction, not a rewriting)
 * @param keepsSense whether the answer must say what the text says
 * @param fromText share of the answer's words of weight that come from the text at least
 * @param target ISO 639-1 code of the answer's language where it is not the text's; else empty
 * @param conversations what is said, by language ({@code en}, {@code ar}), with {@link #MARKS} in
 *     double braces. Where there is no text, {@code en draft} and the like.
 * @param openings what the answers begin with, by the same keys; none for some
 */
record Recipe(
    Action action,
    Style style,
    Unit unit,
    GenerationParams sampling,
    double shortest,
    double longest,
    int room,
    boolean keepsWords,
    boolean keepsSense,
    double fromText,
    String target,
    Map<String, List<ChatMessage>> conversations,
    Map<String, String> openings) {

  /** What is sent to the model at a time. */
  enum Unit {
    SENTENCE,
    PARAGRAPH,
    WHOLE
  }

  /**
   * What a prompt may speak of: the piece under either name, the writer's words, the whole
   * document, the language of the answer.
   */
  static final Set<String> MARKS =
      Set.of("text", "selection", "instruction", "document", "language");

  /** What a conversation's key ends in that is held where there is no text. */
  static final String DRAFT = " draft";

  private static final Pattern MARK =
      Pattern.compile("\\{\\{\\s*(" + String.join("|", MARKS) + ")\\s*}}");

  Recipe {
    conversations = Map.copyOf(conversations);
    openings = Map.copyOf(openings);
  }

  /** The same for an answer in this language. */
  Recipe into(String language) {
    return new Recipe(
        action,
        style,
        unit,
        sampling,
        shortest,
        longest,
        room,
        keepsWords,
        keepsSense,
        fromText,
        language,
        conversations,
        openings);
  }

  /**
   * The words that the answer begins with as if the model had written them; they keep a small model
   * from answering the text. One that ends in a quotation mark has the answer end in one too.
   */
  String opening(String language, String text) {
    String key = spoken(language, text);
    return filled(
        openings.getOrDefault(key, ""), text, "", "", answerLanguage(language, spokenIn(key)));
  }

  /**
   * Which of the conversations is held about a text: the English one or another, lacking its own.
   */
  private String spoken(String language, String text) {
    String kind = text.isBlank() ? DRAFT : "";
    return Stream.of(language + kind, "en" + kind)
        .filter(conversations::containsKey)
        .findFirst()
        .or(() ->
            conversations.keySet().stream()
                .filter(key -> key.endsWith(DRAFT) == text.isBlank())
                .min(Comparator.naturalOrder()))
        .orElse("en" + kind);
  }

  private static Locale spokenIn(String key) {
    return Locale.of(key.substring(0, 2));
  }

  /** The name of the answer's language, for a prompt in {@code spoken}. */
  private String answerLanguage(String language, Locale spoken) {
    String code = target.isEmpty() ? language : target;
    if (code.isEmpty()) {
      return spoken.getLanguage().equals("ar") ? "لغة النص" : "the text's language";
    }
    return Locale.of(code).getDisplayLanguage(spoken);
  }

  /** In one go: what the writer's words contain is not looked at again. */
  private static String filled(
      String template, String text, String instruction, String document, String language) {
    return MARK.matcher(template)
        .replaceAll(mark ->
            Matcher.quoteReplacement(
                switch (mark.group(1)) {
                  case "instruction" -> instruction.strip();
                  case "document" -> document.strip();
                  case "language" -> language;
                  default -> text;
                }));
  }

  /** The conversation about a piece of text, where the prompt does not speak of the document. */
  List<ChatMessage> conversation(
      String language, String languageName, String text, String instruction, boolean firmer) {
    return conversation(language, languageName, text, instruction, "", firmer);
  }

  /**
   * The conversation about a piece of text.
   *
   * @param language ISO 639-1 code of the piece's language, empty where it is unknown
   * @param document the whole document
   * @param firmer whether a first answer failed: the rules are said once more
   */
  List<ChatMessage> conversation(
      String language,
      String languageName,
      String text,
      String instruction,
      String document,
      boolean firmer) {
    String key = spoken(language, text);
    boolean spoken = key.startsWith(language);
    String answer = answerLanguage(language, spokenIn(key));
    List<ChatMessage> template = conversations.getOrDefault(key, List.of());
    List<ChatMessage> messages = new ArrayList<>();
    for (int i = 0; i < template.size(); i++) {
      ChatMessage message = template.get(i);
      String content = filled(message.content(), text, instruction, document, answer);
      if (i == 0 && !target.isEmpty()) {
        content +=
            key.startsWith("ar")
                ? " اكتب بهذه اللغة: " + answer + "."
                : " Answer in " + answer + ".";
      } else if (i == 0 && !spoken && !languageName.isEmpty()) {
        content += " Answer in " + languageName + ".";
      }
      if (i == 0 && firmer) {
        content +=
            language.equals("ar")
                ? " اكتب النص وحده ولا شيء غيره."
                : " Write the text alone and nothing else.";
      }
      messages.add(new ChatMessage(message.role(), content));
    }
    return messages;
  }

  /** Characters that a token has at least, on the average, in the languages of the models. */
  static final int CHARACTERS_A_TOKEN = 3;

  /** Sampling for the answer to a piece, with room for as many tokens as it may need. */
  GenerationParams paramsFor(String piece, long seed) {
    // Arabic in a small model's vocabulary takes about a token a character.
    double perToken = Languages.isLatin(piece) ? CHARACTERS_A_TOKEN : 1;
    int most = (int) Math.ceil((piece.length() * longest + room) / perToken);
    return sampling.withMaxNewTokens(Math.max(24, most)).withSeed(seed);
  }

  /** Temperature of a second attempt, since greedy choices would give the same once more. */
  private static final float SECOND_ATTEMPT = 0.5f;

  /** Temperature when a writer wants another version; lower ones repeat themselves. */
  private static final float OTHER_VERSION = 0.8f;

  /**
   * Temperature for an answer.
   *
   * @param seed 0 for the best answer, another number for another version
   * @param again whether a first attempt failed
   */
  float temperature(long seed, boolean again) {
    float least = seed != 0 && !keepsWords ? OTHER_VERSION : SECOND_ATTEMPT;
    return seed != 0 || again ? Math.max(sampling.temperature(), least) : sampling.temperature();
  }

  /** Characters of a token, about, before the model is asked. */
  static final int CHARACTERS_A_WRITTEN_TOKEN = 4;

  /** What tells of a text is not much longer for a longer one. */
  private static final int BESIDE = 160;

  /**
   * Tokens that the answer to a text will have, about.
   *
   * @param tokens of the text
   */
  int expectedTokens(int tokens) {
    return switch (action.result()) {
      case REPLACE -> Math.max(12, (int) (tokens * (keepsWords || longest > 1.1 ? 1 : 0.6)));
      case INSERT -> tokens / 4 + 40;
      case PANEL -> Math.min(tokens / 4 + 40, BESIDE);
    };
  }
}
