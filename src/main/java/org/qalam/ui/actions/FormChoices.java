package org.qalam.ui.actions;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.qalam.assist.ActionSheet;
import org.qalam.assist.Languages;

/**
 * What the form offers for the keys of an action's file, and what it shows where the file says
 * nothing (docs/actions.md). Belongs to no thread.
 */
final class FormChoices {
  static final List<String> SAMPLING =
      List.of("temperature", "top-p", "min-p", "repetition-penalty");

  private static final String KIND = "kind";

  private static final Map<String, List<String>> VALUES =
      Map.of(
          KIND,
          List.of("rewrite", "correct", "tone", "length", "understand", "create", "translate"),
          "result",
          List.of("review", "insert", "panel"),
          "tone",
          List.of("as-is", "more-formal", "more-casual"),
          "length",
          List.of("as-is", "shorter", "longer"),
          "language",
          Stream.concat(Stream.of("text", "choose"), Languages.offered().stream()).toList());

  private FormChoices() {}

  /** The values of a key that has a few. */
  static List<String> of(String key) {
    return VALUES.getOrDefault(key, List.of());
  }

  /** What counts: what the file says, or the default. */
  static String shown(String key, ActionSheet sheet) {
    String said = sheet.value(key).strip();
    if (said.isEmpty()) {
      return defaultOf(key, sheet);
    }
    return key.equals("language") && !of(key).contains(said)
        ? Languages.coded(said).orElse(said)
        : said;
  }

  /** What counts where the file says nothing. */
  static String defaultOf(String key, ActionSheet sheet) {
    String kind = sheet.value(KIND).isEmpty() ? "rewrite" : sheet.value(KIND);
    boolean isExact = kind.equals("correct") || kind.equals("translate");
    return switch (key) {
      case KIND -> kind;
      case "result" -> kind.equals("understand") || kind.equals("create") ? "panel" : "review";
      case "language" -> kind.equals("translate") ? "choose" : "text";
      case "temperature" -> isExact ? "0" : "0.4";
      case "top-p" -> "0.9";
      case "min-p" -> "0.05";
      case "repetition-penalty" -> isExact ? "1" : "1.05";
      default -> "as-is";
    };
  }
}
