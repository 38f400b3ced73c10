package org.qalam.assist;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.qalam.assist.Action.Kind;
import org.qalam.assist.Style.Length;
import org.qalam.engine.GenerationParams;
import org.qalam.tokenizer.ChatMessage;
import org.qalam.tokenizer.ChatMessage.Role;

/**
 * Reads an action out of its Markdown file: a front matter, every key of which has a default, and
 * the prompt. Either the prompt is what is said to the model, all of it, or it says more exactly
 * what is said: for each language a heading {@code # en} with the messages under headings {@code ##
 * system}, {@code ## user}, {@code ## assistant}, and perhaps an {@code ## opening}, one line with
 * which the answer begins. The program's own actions and the writer's are read alike.
 */
final class ActionFile {
  /** Where an answer belongs, as files say it. */
  private enum Place {
    REVIEW(Action.Result.REPLACE),
    INSERT(Action.Result.INSERT),
    PANEL(Action.Result.PANEL);

    private final Action.Result result;

    Place(Action.Result result) {
      this.result = result;
    }
  }

  private static final Pattern ICON = Pattern.compile("mdi2[a-z]-[a-z0-9]+(?:-[a-z0-9]+)*");
  private static final String OWN_ICON = "mdi2s-star-outline";
  private static final int LONGEST_NAME = 60;

  /** Characters that an answer may have at most, beside its share of the text. */
  private static final int MOST_ROOM = 100_000;

  private static final Pattern LANGUAGE = Pattern.compile("# ([a-z]{2}(?: draft)?)\\s*");
  private static final Pattern MESSAGE =
      Pattern.compile("## (system|user|assistant|opening)\\s*", Pattern.CASE_INSENSITIVE);
  private static final Pattern MARK = Pattern.compile("\\{\\{\\s*([^{}\\n]{0,40}?)\\s*}}");

  /** What the writer's own prompts are said after, in two languages. */
  private static final Map<String, String> RULES =
      Map.of(
          "en", "You work on texts as you are told. You write what is asked for and nothing else.",
          "ar", "تعمل على النصوص كما يطلب منك. اكتب المطلوب وحده.");

  private final String file;
  private final boolean isOwn;
  private final Map<String, List<ChatMessage>> conversations = new LinkedHashMap<>();
  private final Map<String, String> openings = new LinkedHashMap<>();

  private ActionFile(String file, boolean isOwn) {
    this.file = file;
    this.isOwn = isOwn;
  }

  /**
   * @param id the file's name without its ending
   * @param isOwn whether it is the writer's
   * @throws ActionFileException which names the file, and the key where there is one
   */
  static Recipe read(String id, String text, boolean isOwn) {
    return new ActionFile("actions/" + id + ".md", isOwn).recipe(id, text);
  }

  private Recipe recipe(String id, String text) {
    FrontMatter matter =
        new FrontMatter(file, text.startsWith("\ufeff") ? text.substring(1) : text);
    String name = isOwn ? name(matter, id) : "";
    Kind kind = matter.choice("kind", Kind.REWRITE);
    Style style =
        new Style(
            matter.choice("tone", Style.Tone.AS_IS),
            matter.choice("length", Length.AS_IS),
            matter.choice("summary", Style.Summary.NONE));
    Defaults defaults = Defaults.of(kind, style.length());
    String target = target(matter, kind);
    final boolean drafts = matter.flag("drafts", false);
    readPrompt(matter.body(), style, drafts);
    boolean chooses = target.equals(CHOOSE);
    boolean translates = !target.isEmpty();
    Action action =
        new Action(
            id,
            name,
            icon(matter),
            kind,
            matter.choice("result", defaults.place).result,
            matter.choice("shape", translates ? Action.Shape.OTHER : Action.Shape.SAME),
            new Action.Needs(
                !isOwn && matter.flag("instruction", false),
                !drafts,
                chooses,
                speaksOf("document")),
            matter.text("shortcut").orElse(""));
    boolean keepsWords = matter.flag("keeps-words", kind == Kind.CORRECT);
    Recipe recipe =
        new Recipe(
            action,
            style,
            matter.choice("unit", defaults.unit),
            new GenerationParams(
                16,
                (float) matter.number("temperature", defaults.temperature, 0, 2),
                (float) matter.number("top-p", 0.9, 0.01, 1),
                (float) matter.number("min-p", 0.05, 0, 1),
                (float) matter.number("repetition-penalty", defaults.repetitionPenalty, 1, 2),
                64,
                0),
            matter.number("shortest", defaults.shortest, 0, 100),
            matter.number("longest", defaults.longest, 0, 100),
            (int) matter.number("room", defaults.room, 0, MOST_ROOM),
            keepsWords,
            matter.flag("keeps-sense", !isOwn && !translates),
            matter.number(
                "from-text",
                action.result() == Action.Result.PANEL
                    ? AnswerChecks.LEAST_SUMMARY_PRECISION
                    : AnswerChecks.LEAST_PRECISION,
                0,
                1),
            chooses ? "" : target,
            conversations,
            openings);
    if (recipe.shortest() >= recipe.longest()) {
      throw matter.wrong("shortest", "" + recipe.shortest(), "it has to be less than 'longest'");
    }
    matter.refuseOthers();
    return recipe;
  }

  private String name(FrontMatter matter, String id) {
    Optional<String> given = matter.text("name");
    given
        .filter(name ->
            name.codePointCount(0, name.length()) > LONGEST_NAME
                || name.codePoints().anyMatch(Character::isISOControl))
        .ifPresent(name -> {
          throw matter.wrong("name", name, "it has to be at most 60 characters in one line");
        });
    String spaced = id.replace('-', ' ').replace('_', ' ').strip();
    return given.orElse(
        spaced.isEmpty()
            ? id
            : spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1));
  }

  private String icon(FrontMatter matter) {
    String icon = matter.text("icon").orElse(OWN_ICON);
    if (!ICON.matcher(icon).matches()) {
      throw matter.wrong(
          "icon", icon, "it has to be a Material Design icon's, such as mdi2f-feather");
    }
    return icon;
  }

  private static final String CHOOSE = "choose";

  /** The language's code; "choose" where the writer chooses it; empty where it is the text's. */
  private static String target(FrontMatter matter, Kind kind) {
    String otherwise = kind == Kind.TRANSLATE ? CHOOSE : "text";
    String named = matter.text("language").orElse(otherwise);
    return switch (named.toLowerCase(Locale.ROOT)) {
      case CHOOSE -> CHOOSE;
      case "text" -> "";
      default ->
          Languages.coded(named)
              .orElseThrow(() ->
                  matter.wrong(
                      "language", named, "it has to be text, choose, or a language such as fr"));
    };
  }

  // ---- the prompt ----

  private void readPrompt(List<String> body, Style style, boolean drafts) {
    if (body.stream().anyMatch(line -> MESSAGE.matcher(line).matches())) {
      readMessages(body);
      conversations.forEach(this::checkTurns);
      if (conversations.keySet().stream().allMatch(key -> key.endsWith(Recipe.DRAFT))) {
        throw new ActionFileException(
            file, "there are no messages for a text; write them below a heading such as # en");
      }
    } else {
      String prompt = String.join("\n", body).strip();
      if (prompt.isEmpty()) {
        throw new ActionFileException(file, "the prompt is missing; write it below the keys");
      }
      boolean isComplete = prompt.contains("{{") || drafts;
      String said = isComplete ? prompt : prompt + "\n\n{{selection}}";
      RULES.forEach((language, rules) ->
          conversations.put(
              language,
              List.of(
                  ChatMessage.system((rules + " " + style.rules()).strip()),
                  ChatMessage.user(said))));
    }
    checkMarks();
    if (!drafts && !speaksOf("text") && !speaksOf("selection") && !speaksOf("document")) {
      throw new ActionFileException(file, "no message has {{selection}} in it");
    }
    if (drafts) {
      List.copyOf(conversations.keySet()).stream()
          .filter(language -> !language.endsWith(Recipe.DRAFT))
          .forEach(language ->
              conversations.putIfAbsent(
                  language + Recipe.DRAFT, conversations.getOrDefault(language, List.of())));
    }
  }

  private void readMessages(List<String> lines) {
    String language = "en";
    String role = "";
    StringBuilder content = new StringBuilder();
    for (String line : lines) {
      Matcher languages = LANGUAGE.matcher(line);
      Matcher messages = MESSAGE.matcher(line);
      if (languages.matches() || messages.matches()) {
        add(language, role, content);
        role = messages.matches() ? messages.group(1).toLowerCase(Locale.ROOT) : "";
        language = languages.matches() ? languages.group(1) : language;
      } else {
        content.append(line).append('\n');
      }
    }
    add(language, role, content);
  }

  private void add(String language, String role, StringBuilder content) {
    String text = content.toString().strip();
    content.setLength(0);
    if (role.isEmpty()) {
      if (!text.isEmpty()) {
        throw new ActionFileException(
            file, "'" + FrontMatter.shortened(text) + "' stands below no heading such as ## user");
      }
    } else if (role.equals("opening")) {
      if (text.indexOf('\n') >= 0) {
        throw new ActionFileException(file, "the opening has more than one line");
      }
      openings.put(language, text);
    } else if (text.isEmpty()) {
      throw new ActionFileException(file, "there is nothing below ## " + role);
    } else {
      conversations
          .computeIfAbsent(language, _ -> new ArrayList<>())
          .add(new ChatMessage(Role.valueOf(role.toUpperCase(Locale.ROOT)), text));
    }
  }

  /** Chat templates refuse other orders. */
  private void checkTurns(String language, List<ChatMessage> messages) {
    @Nullable Role before = null;
    for (ChatMessage message : messages) {
      boolean fits =
          switch (message.role()) {
            case SYSTEM -> before == null;
            case USER -> before != Role.USER;
            case ASSISTANT -> before == Role.USER;
          };
      if (!fits) {
        throw new ActionFileException(
            file, "below # " + language + " the messages have to be system, user, assistant, user");
      }
      before = message.role();
    }
    if (before != Role.USER) {
      throw new ActionFileException(file, "below # " + language + " the last has to be ## user");
    }
  }

  private void checkMarks() {
    for (List<ChatMessage> messages : conversations.values()) {
      for (ChatMessage message : messages) {
        MARK.matcher(message.content())
            .results()
            .map(mark -> mark.group(1))
            .filter(mark -> !Recipe.MARKS.contains(mark))
            .findFirst()
            .ifPresent(mark -> {
              throw new ActionFileException(
                  file,
                  "there is no {{"
                      + FrontMatter.shortened(mark)
                      + "}}; there are {{selection}}, {{document}} and {{language}}");
            });
      }
    }
  }

  private boolean speaksOf(String mark) {
    Pattern wanted = Pattern.compile("\\{\\{\\s*" + mark + "\\s*}}");
    return conversations.values().stream()
            .flatMap(List::stream)
            .anyMatch(message -> wanted.matcher(message.content()).find())
        || openings.values().stream().anyMatch(opening -> wanted.matcher(opening).find());
  }

  /** What is taken where a file says nothing. */
  private record Defaults(
      Place place,
      Recipe.Unit unit,
      double temperature,
      double repetitionPenalty,
      double shortest,
      double longest,
      int room) {
    static Defaults of(Kind kind, Length length) {
      Defaults free = new Defaults(Place.REVIEW, Recipe.Unit.WHOLE, 0.4, 1.05, 0, 3, 900);
      return switch (kind) {
        case CORRECT -> new Defaults(Place.REVIEW, Recipe.Unit.SENTENCE, 0, 1, 0.6, 1.5, 20);
        case TRANSLATE -> new Defaults(Place.REVIEW, Recipe.Unit.PARAGRAPH, 0, 1, 0.2, 4, 80);
        case UNDERSTAND, CREATE ->
            new Defaults(Place.PANEL, Recipe.Unit.WHOLE, 0.4, 1.05, 0, 3, 1500);
        case REWRITE, TONE, LENGTH ->
            switch (length) {
              case AS_IS -> free;
              case SHORTER -> new Defaults(Place.REVIEW, Recipe.Unit.WHOLE, 0.4, 1.05, 0, 1.05, 20);
              case LONGER -> new Defaults(Place.REVIEW, Recipe.Unit.WHOLE, 0.4, 1.05, 0.9, 5, 900);
            };
      };
    }
  }
}
