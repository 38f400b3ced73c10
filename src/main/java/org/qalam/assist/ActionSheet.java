package org.qalam.assist;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An action's file while somebody edits it: keys can be set and the prompt replaced, and whatever
 * else stands there stays as it is. It need not be usable yet; {@link #problems} tells what is in
 * the way. Immutable; belongs to no thread.
 */
public final class ActionSheet {
  /** Stands for the prompt among the keys of {@link Problem}. */
  public static final String PROMPT = "prompt";

  /** They are right or wrong only together. */
  private static final Set<String> BOUNDS = Set.of("shortest", "longest");

  private static final String FENCE = "---";

  private final List<String> head;
  private final String body;

  private ActionSheet(List<String> head, String body) {
    this.head = List.copyOf(head);
    this.body = body;
  }

  /** Why the file could not be used. */
  public record Problem(String key, String words) {}

  /**
   * Takes a file apart.
   *
   * @return empty where the front matter has no end, so that nobody knows where the prompt begins
   */
  public static Optional<ActionSheet> of(String text) {
    List<String> lines = (text.startsWith("\ufeff") ? text.substring(1) : text).lines().toList();
    int first = 0;
    while (first < lines.size() && lines.get(first).isBlank()) {
      first++;
    }
    if (first == lines.size() || !lines.get(first).strip().equals(FENCE)) {
      return Optional.of(new ActionSheet(List.of(), String.join("\n", lines)));
    }
    for (int at = first + 1; at < lines.size(); at++) {
      if (lines.get(at).strip().equals(FENCE)) {
        return Optional.of(
            new ActionSheet(
                lines.subList(first + 1, at),
                String.join("\n", lines.subList(at + 1, lines.size()))));
      }
    }
    return Optional.empty();
  }

  /** One of the program's actions as the beginning of one of the writer's own. */
  public static ActionSheet ofBuiltIn(Action action, String name) {
    String text = Recipes.text(action.id());
    // Words of the writer's own are asked for by the program's own actions alone.
    ActionSheet sheet = of(text).orElseThrow().with("instruction", "").with("name", name);
    // What a file of the program's means by saying nothing, a writer's has to say.
    return Recipes.parse(action.id(), text).keepsSense()
        ? sheet.with("keeps-sense", "true")
        : sheet;
  }

  /** What stands behind a key; empty where it is missing or says nothing. */
  public String value(String key) {
    return head.stream()
        .filter(line -> key.equals(key(line)))
        .map(line -> FrontMatter.unquoted(line.substring(line.indexOf(':') + 1).strip()))
        .findFirst()
        .orElse("");
  }

  private static String key(String line) {
    int colon = line.indexOf(':');
    return colon < 0 || line.strip().startsWith("#") ? "" : line.substring(0, colon).strip();
  }

  /**
   * The same with this behind a key, in its old place or a new one; without the key for nothing.
   */
  public ActionSheet with(String key, String value) {
    List<String> lines = new ArrayList<>(head);
    lines.removeIf(line -> value.isBlank() && key.equals(key(line)));
    if (!value.isBlank()) {
      String line = key + ": " + quoted(value.strip());
      int at = 0;
      while (at < lines.size() && !key.equals(key(lines.get(at)))) {
        at++;
      }
      if (at < lines.size()) {
        lines.set(at, line);
      } else {
        lines.add(key.equals("name") ? 0 : lines.size(), line);
      }
    }
    return new ActionSheet(lines, body);
  }

  /** What would be read without its quotation marks gets others around it. */
  private static String quoted(String value) {
    String plain = value.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
    return FrontMatter.unquoted(plain).equals(plain) ? plain : "\"" + plain + "\"";
  }

  /** What is below the keys. */
  public String prompt() {
    return body.strip();
  }

  /** The same with another prompt. */
  public ActionSheet withPrompt(String prompt) {
    return new ActionSheet(head, prompt);
  }

  /** The file. */
  public String text() {
    boolean needsFences = !head.isEmpty() || body.strip().startsWith(FENCE);
    StringBuilder text = new StringBuilder();
    if (needsFences) {
      text.append(FENCE).append('\n');
      head.forEach(line -> text.append(line).append('\n'));
      text.append(FENCE).append('\n');
    }
    return text.append(body.strip()).append('\n').toString();
  }

  /**
   * Everything that is wrong, each key by itself, as far as that can be told; nothing where the
   * file can be used.
   */
  public List<Problem> problems() {
    Optional<Problem> whole = problem("", text());
    if (whole.isEmpty()) {
      return List.of();
    }
    List<Problem> found = new ArrayList<>();
    head.stream()
        .map(ActionSheet::key)
        .filter(key -> !key.isEmpty() && !BOUNDS.contains(key))
        .distinct()
        .forEach(key ->
            problem(key, new ActionSheet(List.of(), "x").with(key, value(key)).text())
                .ifPresent(found::add));
    ActionSheet alone = new ActionSheet(List.of(), body).with("drafts", value("drafts"));
    if (found.stream().noneMatch(problem -> problem.key().equals("drafts"))) {
      problem(PROMPT, alone.text()).ifPresent(found::add);
    }
    return found.isEmpty() ? List.of(whole.get()) : found;
  }

  /**
   * What is wrong with a file's text as a whole.
   *
   * @return one sentence without a full stop; empty where it can be used
   */
  public static Optional<String> problem(String text) {
    return problem("", text).map(Problem::words);
  }

  private static Optional<Problem> problem(String key, String text) {
    try {
      OwnActions.checkSize("", text);
      Recipe _ = ActionFile.read("action", text, true);
      return Optional.empty();
    } catch (ActionFileException e) {
      return Optional.of(new Problem(key, e.problem()));
    }
  }
}
