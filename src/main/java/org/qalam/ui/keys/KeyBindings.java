package org.qalam.ui.keys;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.qalam.assist.Action;
import org.qalam.ui.keys.Command.Place;

/**
 * Which keys run which command. Where two commands have the same keys, the one that comes first has
 * them. Belongs to no thread.
 *
 * @param commands the window's, then the actions, each once
 * @param chosen keys that the writer chose in place of the defaults, by the commands' ids; none is
 *     an empty list. Commands that are not there (yet) keep theirs.
 */
public record KeyBindings(List<Command> commands, Map<String, List<Keys>> chosen) {
  /** What a new program has: nothing chosen, and no actions yet. */
  static final KeyBindings DEFAULT = new KeyBindings(List.of(WindowCommand.values()), Map.of());

  public KeyBindings {
    commands = List.copyOf(commands);
    chosen = Map.copyOf(chosen);
  }

  /** The same with these actions, those of the writer's last. */
  KeyBindings withActions(List<Action> actions) {
    Stream<Command> window = Stream.of(WindowCommand.values());
    Stream<Command> builtIn =
        actions.stream().filter(action -> !action.isOwn()).map(ActionCommand::new);
    Stream<Command> own = actions.stream().filter(Action::isOwn).map(ActionCommand::new);
    return new KeyBindings(Stream.of(window, builtIn, own).flatMap(part -> part).toList(), chosen);
  }

  /** The same with these keys for a command; none where it is to have none. */
  KeyBindings with(Command command, List<Keys> keys) {
    Map<String, List<Keys>> changed = new HashMap<>(chosen);
    if (keys.equals(command.defaults())) {
      changed.remove(command.id());
    } else {
      changed.put(command.id(), List.copyOf(keys));
    }
    return new KeyBindings(commands, changed);
  }

  /** The same with all defaults. */
  KeyBindings reset() {
    return new KeyBindings(commands, Map.of());
  }

  /** The keys that run a command, the one that menus show first. */
  public List<Keys> keys(Command command) {
    return chosen.getOrDefault(command.id(), command.defaults());
  }

  /** The keys that menus show; empty where there are none. */
  public Optional<Keys> first(Command command) {
    return keys(command).stream().findFirst();
  }

  public boolean isDefault(Command command) {
    return !chosen.containsKey(command.id());
  }

  /** The command that keys run in this place; empty where they run none there. */
  Optional<Command> at(Place place, Keys keys) {
    return holders(keys).filter(command -> command.place() == place).findFirst();
  }

  private Stream<Command> holders(Keys keys) {
    return commands.stream().filter(command -> keys(command).contains(keys));
  }

  /** The other commands that have one of the keys of this one. */
  public List<Command> clashes(Command command) {
    return keys(command).stream()
        .flatMap(this::holders)
        .filter(isOther(command.id()))
        .distinct()
        .toList();
  }

  /**
   * The command that has these keys already.
   *
   * @param id of a command that does not count
   */
  public Optional<Command> holder(Keys keys, String id) {
    return holders(keys).filter(isOther(id)).findFirst();
  }

  private static Predicate<Command> isOther(String id) {
    return command -> !command.id().equals(id);
  }

  /** Why the keys that an own action's file names are not, or not only, its keys. */
  public enum Problem {
    /** They are no keys. */
    UNKNOWN,
    /** They would be typed. */
    TYPED,
    /** The text needs them. */
    EDITOR,
    /** The system has them. */
    SYSTEM,
    /** Another command has them, and comes first. */
    TAKEN
  }

  /** What is wrong with the keys that an action's file names. */
  public Optional<Problem> problem(Action action) {
    if (!action.isOwn() || action.shortcut().isEmpty()) {
      return Optional.empty();
    }
    Optional<Keys> keys = Keys.parse(action.shortcut());
    if (keys.isEmpty()) {
      return Optional.of(Problem.UNKNOWN);
    }
    Optional<Problem> refused =
        Refusal.of(keys.get()).map(refusal -> Problem.valueOf(refusal.name()));
    if (refused.isPresent()) {
      return refused;
    }
    boolean isFirst =
        holders(keys.get()).findFirst().map(Command::id).equals(Optional.of(idOf(action)));
    return isFirst ? Optional.empty() : Optional.of(Problem.TAKEN);
  }

  private static String idOf(Action action) {
    return new ActionCommand(action).id();
  }

  // ---- as a setting: a line for each command ----

  /** What was chosen, to be kept; {@link #withSetting} reads it. */
  String setting() {
    return new TreeMap<>(chosen)
        .entrySet().stream()
            .map(entry ->
                entry.getKey()
                    + "="
                    + entry.getValue().stream()
                        .map(Keys::toString)
                        .collect(Collectors.joining(" ")))
            .collect(Collectors.joining("\n"));
  }

  /** The same with what was kept; lines that say nothing and keys that are none are passed over. */
  KeyBindings withSetting(String setting) {
    Map<String, List<Keys>> read = new LinkedHashMap<>();
    for (String line : setting.lines().toList()) {
      int at = line.indexOf('=');
      if (at > 0) {
        List<Keys> keys =
            Keys.parseAll(line.substring(at + 1)).stream()
                .filter(one -> Refusal.of(one).isEmpty())
                .toList();
        boolean isMeant = !keys.isEmpty() || line.substring(at + 1).isBlank();
        if (isMeant) {
          read.put(line.substring(0, at).strip(), keys);
        }
      }
    }
    return new KeyBindings(commands, read);
  }
}
