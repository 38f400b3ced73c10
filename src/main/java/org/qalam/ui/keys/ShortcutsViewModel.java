package org.qalam.ui.keys;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.qalam.assist.Action;
import org.qalam.task.UiThread;
import org.qalam.ui.text.Messages;

/**
 * All commands with their keys, those that the filter leaves: to be given other keys, none, or
 * their defaults again. Confined to the JavaFX thread.
 */
@UiThread
public final class ShortcutsViewModel {
  /** A row of the list. */
  public sealed interface Row {}

  /** What the rows below it are for. */
  public record Heading(String text) implements Row {}

  /**
   * A command.
   *
   * @param keys as they are shown; empty where there are none
   * @param clash a sentence about another command with the same keys; else empty
   */
  public record Line(Command command, String name, String keys, boolean isDefault, String clash)
      implements Row {}

  private final Commands commands;
  private final Keymap keymap;
  private final Function<Action, String> actionName;
  private final BiConsumer<String, String> ownKeys;
  private final Messages messages = Messages.of(ShortcutsViewModel.class);
  private final StringProperty filter = new SimpleStringProperty("");
  private final ObservableList<Row> rows = FXCollections.observableArrayList();
  private final ObservableList<Row> readOnlyRows = FXCollections.unmodifiableObservableList(rows);
  private final ReadOnlyObjectWrapper<Optional<String>> refusal =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<KeyBindings>> before =
      new ReadOnlyObjectWrapper<>(Optional.empty());

  /**
   * @param actionName an action's name for people
   * @param ownKeys writes keys into an own action's file, by its id; none is an empty text
   */
  public ShortcutsViewModel(
      Commands commands, Function<Action, String> actionName, BiConsumer<String, String> ownKeys) {
    this.commands = commands;
    this.keymap = commands.keymap();
    this.actionName = actionName;
    this.ownKeys = ownKeys;
    filter.addListener((_, _, _) -> show());
    keymap.bindingsProperty().addListener((_, _, _) -> show());
    show();
  }

  private void show() {
    List<Row> now = new ArrayList<>();
    String heading = "";
    for (Command command : keymap.bindings().commands()) {
      Line line = line(command);
      if (isWanted(line)) {
        String group = group(command);
        if (!group.equals(heading)) {
          now.add(new Heading(messages.get("group." + group)));
          heading = group;
        }
        now.add(line);
      }
    }
    if (!rows.equals(now)) {
      rows.setAll(now);
    }
  }

  private Line line(Command command) {
    KeyBindings bindings = keymap.bindings();
    String keys =
        bindings.keys(command).stream()
            .map(Keys::shown)
            .collect(Collectors.joining(messages.get("or")));
    return new Line(command, name(command), keys, isDefault(command), clash(command));
  }

  /** An own action's keys are in its file: there is no default that they could go back to. */
  private boolean isDefault(Command command) {
    return isOwn(command) || keymap.bindings().isDefault(command);
  }

  private static boolean isOwn(Command command) {
    return command instanceof ActionCommand(Action action) && action.isOwn();
  }

  private static String group(Command command) {
    return switch (command) {
      case WindowCommand known -> known.group().name().toLowerCase(Locale.ROOT);
      case ActionCommand(Action action) -> action.isOwn() ? "own" : "actions";
    };
  }

  /** A command's name for people. */
  public String name(Command command) {
    return switch (command) {
      case WindowCommand known -> commands.name(known);
      case ActionCommand(Action action) -> actionName.apply(action);
    };
  }

  private boolean isWanted(Line line) {
    Locale locale = Locale.getDefault(Locale.Category.DISPLAY);
    String wanted = filter.get().strip().toLowerCase(locale);
    return wanted.isEmpty()
        || line.name().toLowerCase(locale).contains(wanted)
        || line.keys().toLowerCase(locale).contains(wanted);
  }

  private String clash(Command command) {
    KeyBindings bindings = keymap.bindings();
    return bindings.clashes(command).stream()
        .findFirst()
        .map(other -> messages.get("clash." + outcome(command, other), name(other)))
        .orElse("");
  }

  private String outcome(Command command, Command other) {
    if (command.place() != other.place()) {
      return command.place() == Command.Place.WINDOW ? "yields." + other.place() : "special";
    }
    List<Command> order = keymap.bindings().commands();
    return order.indexOf(command) < order.indexOf(other) ? "first" : "second";
  }

  /** Why keys cannot be given to a command, in a sentence. */
  public Optional<String> refusal(Keys keys) {
    return Refusal.of(keys).map(why -> messages.get("refused." + why.name(), keys.shown()));
  }

  /**
   * What there is to say about the keys of an own action: that they are none, cannot be had, or are
   * another command's too.
   *
   * @param shortcut as a file has it
   * @param actionId which of the own actions it is; it need not have a file yet
   * @return a sentence, or nothing
   */
  public String advice(String shortcut, String actionId) {
    if (shortcut.isBlank()) {
      return "";
    }
    Optional<Keys> keys = Keys.parse(shortcut);
    if (keys.isEmpty()) {
      return messages.get("refused.UNKNOWN", shortcut);
    }
    return refusal(keys.get()).orElseGet(() -> taken(keys.get(), "action." + actionId));
  }

  private String taken(Keys keys, String id) {
    List<String> order = keymap.bindings().commands().stream().map(Command::id).toList();
    return keymap
        .bindings()
        .holder(keys, id)
        .map(other -> {
          boolean isFirst = order.contains(id) && order.indexOf(id) < order.indexOf(other.id());
          return messages.get(isFirst ? "clash.first" : "clash.second", name(other));
        })
        .orElse("");
  }

  /** Gives a command the keys that were pressed, or none; what cannot be given is told. */
  void choose(Command command, Optional<Keys> keys) {
    refusal.set(keys.flatMap(this::refusal));
    if (refusal.get().isEmpty()) {
      set(command, keys.stream().toList());
    }
  }

  private void set(Command command, List<Keys> keys) {
    before.set(Optional.empty());
    if (command instanceof ActionCommand(Action action) && action.isOwn()) {
      ownKeys.accept(action.id(), keys.stream().map(Keys::toString).findFirst().orElse(""));
    } else {
      keymap.choose(command, keys);
    }
  }

  /** The keys that menus show for a command. */
  Optional<Keys> first(Command command) {
    return keymap.bindings().first(command);
  }

  /** Gives a command its default keys again. */
  void reset(Command command) {
    refusal.set(Optional.empty());
    set(command, command.defaults());
  }

  /** Gives all commands their default keys again; those of own actions stay in their files. */
  void resetAll() {
    refusal.set(Optional.empty());
    before.set(Optional.of(keymap.bindings()));
    keymap.resetAll();
  }

  /** Takes {@link #resetAll} back. */
  void takeBack() {
    before.get().ifPresent(keymap::restore);
    before.set(Optional.empty());
  }

  /** Whether any keys are other than the defaults. */
  boolean isAnyChosen() {
    return !keymap.bindings().chosen().isEmpty();
  }

  /** Forgets what was told of keys that cannot be given. */
  void dismiss() {
    refusal.set(Optional.empty());
  }

  // ---- what can be seen ----

  StringProperty filterProperty() {
    return filter;
  }

  public ObservableList<Row> rows() {
    return readOnlyRows;
  }

  /** Why the keys that were pressed last were not given. */
  ReadOnlyObjectProperty<Optional<String>> refusalProperty() {
    return refusal.getReadOnlyProperty();
  }

  /** What was there before all was reset, as long as that can be taken back. */
  ReadOnlyObjectProperty<Optional<KeyBindings>> beforeProperty() {
    return before.getReadOnlyProperty();
  }
}
