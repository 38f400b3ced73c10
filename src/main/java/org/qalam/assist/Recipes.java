package org.qalam.assist;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.qalam.engine.GenerationParams;
import org.qalam.tokenizer.ChatMessage;
import org.qalam.tokenizer.ChatMessage.Role;

/**
 * The actions that come with the program: one Markdown file each in {@code actions/}, named in
 * {@code actions/index}. A file has a front matter of {@code key: value} lines and then for each
 * language a heading {@code # en} with the messages under headings {@code ## system}, {@code ##
 * user}, {@code ## assistant}, and perhaps an {@code ## opening}, one line with which the answer
 * begins.
 */
final class Recipes {
  private Recipes() {}

  /** All recipes in the panel's order. */
  static List<Recipe> load() {
    List<Recipe> recipes = new ArrayList<>();
    for (String id : read("index").lines().toList()) {
      if (!id.isBlank()) {
        recipes.add(parse(id.strip(), read(id.strip() + ".md")));
      }
    }
    return List.copyOf(recipes);
  }

  private static String read(String name) {
    try (InputStream in = Recipes.class.getResourceAsStream("actions/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the program's file actions/" + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Recipe parse(String id, String file) {
    List<String> lines = file.lines().toList();
    int end = lines.subList(1, lines.size()).indexOf("---") + 1;
    if (!lines.getFirst().equals("---") || end == 0) {
      throw new IllegalStateException("actions/" + id + ".md: the front matter is missing");
    }
    FrontMatter matter = new FrontMatter(id, lines.subList(1, end));
    Action action =
        new Action(
            id,
            matter.text("icon"),
            Action.Result.valueOf(matter.text("result").toUpperCase(Locale.ROOT)),
            matter.flag("instruction"),
            !matter.flag("drafts"));
    GenerationParams sampling =
        new GenerationParams(
            16,
            (float) matter.number("temperature"),
            (float) matter.number("top-p"),
            (float) matter.number("min-p"),
            (float) matter.number("repetition-penalty"),
            64,
            0);
    Map<String, List<ChatMessage>> conversations = new LinkedHashMap<>();
    Map<String, String> openings = new LinkedHashMap<>();
    readConversations(lines.subList(end + 1, lines.size()), conversations, openings);
    return new Recipe(
        action,
        Recipe.Unit.valueOf(matter.text("unit").toUpperCase(Locale.ROOT)),
        sampling,
        matter.number("shortest"),
        matter.number("longest"),
        (int) matter.number("room"),
        matter.flag("keeps-words"),
        conversations,
        openings);
  }

  private static final String OPENING = "## opening";

  private static void readConversations(
      List<String> lines,
      Map<String, List<ChatMessage>> conversations,
      Map<String, String> openings) {
    String language = "";
    boolean opening = false;
    List<ChatMessage> messages = new ArrayList<>();
    @Nullable Role role = null;
    StringBuilder content = new StringBuilder();
    for (String line : lines) {
      if (line.startsWith("# ") || line.startsWith("## ")) {
        if (role != null) {
          messages.add(new ChatMessage(role, content.toString().strip()));
        }
        content.setLength(0);
        opening = line.strip().equals(OPENING);
        if (opening) {
          role = null;
        } else if (line.startsWith("# ")) {
          messages = new ArrayList<>();
          language = line.substring(2).strip();
          conversations.put(language, messages);
          role = null;
        } else {
          role = Role.valueOf(line.substring(3).strip().toUpperCase(Locale.ROOT));
        }
      } else if (opening && !line.isBlank()) {
        openings.put(language, line.strip());
      } else {
        content.append(line).append('\n');
      }
    }
    if (role != null) {
      messages.add(new ChatMessage(role, content.toString().strip()));
    }
  }

  /** The {@code key: value} lines at the head of a file. */
  private static final class FrontMatter {
    private final String id;
    private final Map<String, String> values = new LinkedHashMap<>();

    FrontMatter(String id, List<String> lines) {
      this.id = id;
      for (String line : lines) {
        int colon = line.indexOf(':');
        if (colon < 0) {
          throw new IllegalStateException("actions/" + id + ".md: '" + line + "' has no colon");
        }
        values.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
    }

    String text(String key) {
      String value = values.get(key);
      if (value == null) {
        throw new IllegalStateException("actions/" + id + ".md: '" + key + "' is missing");
      }
      return value;
    }

    double number(String key) {
      return Double.parseDouble(text(key));
    }

    boolean flag(String key) {
      return Boolean.parseBoolean(values.getOrDefault(key, "false"));
    }
  }
}
