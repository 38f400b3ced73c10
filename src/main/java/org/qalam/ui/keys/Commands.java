package org.qalam.ui.keys;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.scene.Scene;
import javafx.scene.input.KeyEvent;
import org.qalam.assist.Action;
import org.qalam.task.UiThread;
import org.qalam.ui.keys.Command.Place;
import org.qalam.ui.text.Messages;

/**
 * What each command does in this window, whoever asks for it: keys, a menu, a button. Confined to
 * the JavaFX thread.
 */
@UiThread
public final class Commands {
  private final Keymap keymap;
  private final Messages messages = Messages.of(Commands.class);
  private final Map<WindowCommand, Runnable> work = new EnumMap<>(WindowCommand.class);
  private Consumer<Action> action = _ -> {};

  public Commands(Keymap keymap) {
    this.keymap = keymap;
  }

  public Keymap keymap() {
    return keymap;
  }

  /** Says what a command does, in place of what was said before. */
  public void on(WindowCommand command, Runnable does) {
    work.put(command, does);
  }

  /** Says what an action's keys do. */
  public void onAction(Consumer<Action> does) {
    action = does;
  }

  /** A command's name for people, as in menus. */
  public String name(WindowCommand command) {
    return messages.get("command." + command.id());
  }

  /** Does what a command does; nothing where nobody has said what. */
  public void run(Command command) {
    switch (command) {
      case WindowCommand ofWindow -> work.getOrDefault(ofWindow, () -> {}).run();
      case ActionCommand(Action ofAssistant) -> action.accept(ofAssistant);
    }
  }

  /**
   * Does what is pressed, if it is the keys of a command in this place.
   *
   * @return whether it was
   */
  public boolean press(KeyEvent event, Place place) {
    return press(event, place, _ -> true);
  }

  private boolean press(KeyEvent event, Place place, Predicate<Command> isAllowed) {
    Optional<Command> command = Keys.of(event).flatMap(keys -> keymap.bindings().at(place, keys));
    command.filter(isAllowed).ifPresent(this::run);
    return command.isPresent();
  }

  /**
   * Obeys the window's keys wherever the keyboard is, after the control that has it: a text that is
   * not there yet keeps them back. Not as the scene's accelerators, of which one takes the other's
   * away where both had the same keys for a while.
   *
   * @param isAllowed which commands can be run at present; the keys of others do nothing
   */
  public void installIn(Scene scene, Predicate<Command> isAllowed) {
    scene.addEventHandler(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (press(event, Place.WINDOW, isAllowed)) {
            event.consume();
          }
        });
  }
}
