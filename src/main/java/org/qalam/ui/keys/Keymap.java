package org.qalam.ui.keys;

import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.scene.input.KeyCombination;
import org.jspecify.annotations.Nullable;
import org.qalam.assist.Action;
import org.qalam.task.UiThread;

/**
 * The present keys of all commands; what shows or obeys keys follows it, so that a change counts at
 * once. One for a window. Confined to the JavaFX thread.
 */
@UiThread
public final class Keymap {
  private final ReadOnlyObjectWrapper<KeyBindings> bindings =
      new ReadOnlyObjectWrapper<>(KeyBindings.DEFAULT);
  private final Consumer<String> keep;

  /**
   * @param setting what {@code keep} was given the last time; empty at first
   * @param keep keeps what the writer chose
   */
  public Keymap(String setting, Consumer<String> keep) {
    this.keep = keep;
    bindings.set(KeyBindings.DEFAULT.withSetting(setting));
  }

  /** With the defaults, and nothing is kept. */
  public Keymap() {
    this("", _ -> {});
  }

  public KeyBindings bindings() {
    return bindings.get();
  }

  public ReadOnlyObjectProperty<KeyBindings> bindingsProperty() {
    return bindings.getReadOnlyProperty();
  }

  /** Takes up the actions as they are now, with the keys that are in the writer's files. */
  public void showActions(List<Action> actions) {
    KeyBindings now = bindings.get().withActions(actions);
    if (!now.equals(bindings.get())) {
      bindings.set(now);
    }
  }

  /** Gives a command of the program's other keys, or none, and keeps that. */
  public void choose(Command command, List<Keys> keys) {
    change(bindings.get().with(command, keys));
  }

  /** Gives a command its default keys again. */
  public void reset(Command command) {
    choose(command, command.defaults());
  }

  /** Gives all commands of the program's their default keys again. */
  public void resetAll() {
    change(bindings.get().reset());
  }

  /** Takes a reset back: what was chosen then is chosen again. */
  void restore(KeyBindings before) {
    change(new KeyBindings(bindings.get().commands(), before.chosen()));
  }

  private void change(KeyBindings now) {
    bindings.set(now);
    keep.accept(now.setting());
  }

  /** A command's keys for a menu; null where it has none. */
  public ObservableValue<@Nullable KeyCombination> accelerator(Command command) {
    return bindings.map(now -> now.first(command).map(Keys::combination).orElse(null));
  }

  /** Words of a tool tip and the command's keys behind them, where it has some. */
  public ObservableValue<String> told(String words, Command command) {
    return bindings.map(
        now -> now.first(command).map(keys -> words + " (" + keys.shown() + ")").orElse(words));
  }
}
