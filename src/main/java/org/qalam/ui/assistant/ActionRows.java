package org.qalam.ui.assistant;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.qalam.assist.Action;
import org.qalam.assist.Action.Kind;
import org.qalam.assist.Languages;
import org.qalam.ui.text.Messages;

/** What the menu of actions shows, by what the writer has typed. Belongs to no thread. */
final class ActionRows {
  /** A row of the menu. */
  sealed interface Row {
    /** What is to be read. */
    String text();

    /** Whether it can be chosen. */
    default boolean isChoice() {
      return true;
    }
  }

  /** What the rows below it are for. */
  record Heading(String text) implements Row {
    @Override
    public boolean isChoice() {
      return false;
    }
  }

  /** An action that can be run as it is. */
  record Run(Action action, String text) implements Row {}

  /** An action that needs a language, which is chosen next. */
  record Choose(Action action, String text) implements Row {}

  /** An action and a language. */
  record Into(Action action, Locale language, String text) implements Row {}

  /** The writer's own words. */
  record Words(Action action, String words, String text) implements Row {}

  /** A file of an own action that cannot be used. */
  record Problem(String text) implements Row {
    @Override
    public boolean isChoice() {
      return false;
    }
  }

  /** Actions under one heading. */
  private record Group(String key, Set<Kind> kinds) {}

  private static final List<Group> GROUPS =
      List.of(
          new Group("rewrite", Set.of(Kind.CORRECT, Kind.REWRITE)),
          new Group("tone", Set.of(Kind.TONE)),
          new Group("length", Set.of(Kind.LENGTH)),
          new Group("understand", Set.of(Kind.UNDERSTAND)),
          new Group("create", Set.of(Kind.CREATE)),
          new Group("translate", Set.of(Kind.TRANSLATE)));

  /** The order of menus. */
  static final Comparator<Action> ORDER =
      Comparator.comparing(Action::isOwn).thenComparing(Action::kind);

  private final Phrases phrases;
  private final Messages messages;

  ActionRows(Phrases phrases, Messages messages) {
    this.phrases = phrases;
    this.messages = messages;
  }

  /**
   * All actions under headings, or those whose names have what is typed in them, then the typed
   * words as an instruction.
   *
   * @param problems sentences about files that cannot be used
   */
  List<Row> of(List<Action> actions, List<String> problems, String typed) {
    String wanted = typed.strip();
    return wanted.isEmpty() ? grouped(actions, problems) : matching(actions, wanted);
  }

  /** What an action stands under. */
  String heading(Action action) {
    Stream<Group> groups = action.isOwn() ? Stream.empty() : GROUPS.stream();
    return messages.get(
        "menu.group."
            + groups
                .filter(group -> group.kinds.contains(action.kind()))
                .findFirst()
                .map(Group::key)
                .orElse("own"));
  }

  private List<Row> grouped(List<Action> actions, List<String> problems) {
    List<Row> rows = new ArrayList<>();
    for (Group group : GROUPS) {
      add(
          rows,
          group.key,
          actions.stream()
              .filter(action -> !action.isOwn() && group.kinds.contains(action.kind()))
              .toList());
    }
    add(rows, "own", actions.stream().filter(Action::isOwn).toList());
    problems.forEach(problem -> rows.add(new Problem(problem)));
    return rows;
  }

  private void add(List<Row> rows, String group, List<Action> actions) {
    List<Row> found =
        actions.stream().filter(action -> !action.needsInstruction()).map(this::row).toList();
    if (!found.isEmpty()) {
      rows.add(new Heading(messages.get("menu.group." + group)));
      rows.addAll(found);
    }
  }

  private Row row(Action action) {
    String name = phrases.name(action);
    return action.needsLanguage()
        ? new Choose(action, messages.get("action.choose", name))
        : new Run(action, name);
  }

  private List<Row> matching(List<Action> actions, String wanted) {
    List<Row> rows = new ArrayList<>();
    for (Action action : actions) {
      if (action.needsInstruction()) {
        continue;
      }
      if (has(phrases.name(action), wanted)) {
        rows.add(row(action));
      } else if (action.needsLanguage()) {
        rows.addAll(languages(action, wanted));
      }
    }
    actions.stream()
        .filter(Action::needsInstruction)
        .findFirst()
        .ifPresent(action -> rows.add(new Words(action, wanted, messages.get("quoted", wanted))));
    return rows;
  }

  /** An action in each language whose name has what is typed in it, by name. */
  List<Row> languages(Action action, String typed) {
    String wanted = typed.strip();
    return Languages.offered().stream()
        .map(code ->
            (Row)
                new Into(
                    action,
                    Locale.of(code),
                    messages.get("action.into", phrases.name(action), Phrases.language(code))))
        .filter(row -> has(row.text(), wanted))
        .sorted(Comparator.comparing(Row::text))
        .toList();
  }

  private static boolean has(String name, String wanted) {
    Locale locale = Locale.getDefault();
    return name.toLowerCase(locale).contains(wanted.toLowerCase(locale));
  }
}
