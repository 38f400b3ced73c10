package org.qalam.assist;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The buttons of the program WritingTools, as its {@code options.json} has them: an object by the
 * buttons' names with {@code prefix} (said before the text), {@code instruction} (the rules),
 * {@code icon}, {@code open_in_window} and {@code hotkey}.
 */
final class WritingToolsOptions {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  private static final int MOST_BYTES = 1024 * 1024;
  private static final int MOST_BUTTONS = 200;

  /** The button that asks for words; Qalam has its own. */
  private static final String FREE = "Custom";

  /** What its prompts have the model say where it cannot; in Qalam that would go into the text. */
  private static final String SENTINEL = "ERROR_TEXT_INCOMPATIBLE_WITH_REQUEST";

  private static final Set<String> KNOWN =
      Set.of("prefix", "instruction", "icon", "open_in_window", "hotkey");

  /** Its icons, by what Qalam has like them. */
  private static final Map<String, String> ICONS =
      Map.of(
          "magnifying-glass", "mdi2m-magnify",
          "rewrite", "mdi2p-pencil-outline",
          "smiley-face", "mdi2e-emoticon-happy-outline",
          "briefcase", "mdi2b-briefcase-outline",
          "concise", "mdi2a-arrow-collapse",
          "summary", "mdi2t-text-short",
          "keypoints", "mdi2f-format-list-bulleted",
          "table", "mdi2t-table");

  private record Button(String name, String text) {}

  private final List<Button> buttons = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();

  private WritingToolsOptions() {}

  /**
   * @param shown the file's name
   * @throws ActionFileException where it is no such file, or has no button that can be taken over
   */
  static WritingToolsOptions read(String shown, Path file) {
    JsonNode root;
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new ActionFileException(shown, "it is larger than 1 MB, so it holds no buttons");
      }
      root = JSON.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new ActionFileException(shown, "it is not valid JSON", e);
    } catch (IOException e) {
      throw new ActionFileException(shown, "it cannot be read", e);
    }
    return read(shown, root);
  }

  private static WritingToolsOptions read(String shown, JsonNode root) {
    if (!root.isObject() || root.size() > MOST_BUTTONS) {
      throw new ActionFileException(shown, "it holds no buttons of WritingTools");
    }
    WritingToolsOptions options = new WritingToolsOptions();
    root.properties().forEach(entry -> options.take(entry.getKey(), entry.getValue()));
    if (options.buttons.isEmpty()) {
      throw new ActionFileException(shown, "it holds no button that can be taken over");
    }
    return options;
  }

  private void take(String key, JsonNode button) {
    if (key.equals(FREE)) {
      remarks.add("“Custom” was left out: say what to do in your own words instead.");
      return;
    }
    String name = oneLine(key);
    String instruction = button.path("instruction").asText("").strip();
    String prefix = button.path("prefix").asText("").strip();
    if (instruction.isEmpty() && prefix.isEmpty()) {
      remarks.add("“" + name + "” was left out: it has no prompt.");
      return;
    }
    String text = file(name, button, instruction, prefix);
    try {
      OwnActions.checkSize(name, text);
      Recipe _ = ActionFile.read(OwnActions.fileName(name), text, true);
    } catch (ActionFileException e) {
      remarks.add("“" + name + "” was left out: " + e.getMessage() + ".");
      return;
    }
    buttons.add(new Button(name, text));
    if (!button.path("hotkey").asText("").isBlank()) {
      remarks.add(
          "The keys of “"
              + name
              + "” ("
              + button.path("hotkey").asText("")
              + ") were left out: they are the whole system's there; 'shortcut' sets keys of Qalam.");
    }
    button
        .fieldNames()
        .forEachRemaining(field -> {
          if (!KNOWN.contains(field)) {
            remarks.add("'" + field + "' of “" + name + "” was left out: Qalam does not know it.");
          }
        });
  }

  private static String oneLine(String name) {
    String plain = name.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    int most = plain.offsetByCodePoints(0, Math.min(60, plain.codePointCount(0, plain.length())));
    return plain.isEmpty() ? "Action" : plain.substring(0, most).strip();
  }

  private static String file(String name, JsonNode button, String instruction, String prefix) {
    String icon = button.path("icon").asText("");
    String known =
        ICONS.getOrDefault(icon.substring(icon.lastIndexOf('/') + 1), "mdi2s-star-outline");
    boolean isRead = button.path("open_in_window").asBoolean(false);
    StringBuilder text = new StringBuilder("---\n");
    text.append("name: ").append(name).append('\n');
    text.append("icon: ").append(known).append('\n');
    text.append("result: ").append(isRead ? "panel" : "review").append('\n');
    text.append("---\n");
    if (!instruction.isEmpty()) {
      text.append("## system\n").append(plain(withoutSentinel(instruction))).append('\n');
    }
    text.append("## user\n");
    if (!prefix.isEmpty()) {
      text.append(plain(prefix)).append("\n\n");
    }
    return text.append("{{selection}}\n").toString();
  }

  /** A line that looks like one of our headings, or braces, mean nothing there. */
  private static String plain(String prompt) {
    return prompt.replace("\\'", "'").replace("{{", "{ {").replaceAll("(?m)^(#{1,2} )", " $1");
  }

  /**
   * Takes the sentence away that asks for the sentinel: "If the text is..., output "ERROR...".".
   */
  private static String withoutSentinel(String instruction) {
    int at = instruction.indexOf(SENTINEL);
    int start = at < 0 ? -1 : instruction.lastIndexOf("If the ", at);
    if (start < 0 || at - start > LONGEST_SENTENCE) {
      return instruction;
    }
    int end = at + SENTINEL.length();
    while (end < instruction.length() && "\"'.".indexOf(instruction.charAt(end)) >= 0) {
      end++;
    }
    String without = (instruction.substring(0, start) + instruction.substring(end)).strip();
    return without.isEmpty() ? instruction : without;
  }

  private static final int LONGEST_SENTENCE = 250;

  /** Writes the actions into the folder. */
  OwnActions.Imported addTo(OwnActions actions) {
    List<String> ids =
        buttons.stream().map(button -> actions.add(button.name(), button.text())).toList();
    actions.orderAlso(ids);
    return new OwnActions.Imported(ids, remarks);
  }
}
