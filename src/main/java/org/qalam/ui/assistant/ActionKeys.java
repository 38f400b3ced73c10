package org.qalam.ui.assistant;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.Scene;
import javafx.scene.input.KeyCombination;
import org.qalam.assist.Action;
import org.qalam.task.UiThread;
import org.qalam.ui.text.Messages;

/**
 * The keys that writers gave their own actions. Keys that the window has already stay with it.
 * Confined to the JavaFX thread.
 */
@UiThread
final class ActionKeys {
  private final AssistantViewModel model;
  private final Messages messages;
  private final Map<KeyCombination, Runnable> installed = new LinkedHashMap<>();
  private List<String> problems = List.of();

  ActionKeys(AssistantViewModel model, Messages messages) {
    this.model = model;
    this.messages = messages;
  }

  /** Keys that could not be given, a sentence each. */
  List<String> problems() {
    return problems;
  }

  /** Gives the actions their keys, and takes back those that were given before. */
  void installIn(Scene scene) {
    installed.forEach(scene.getAccelerators()::remove);
    installed.clear();
    List<String> found = new ArrayList<>();
    for (Action action : model.actions()) {
      if (action.isOwn() && !action.shortcut().isEmpty()) {
        String problem = give(scene, action);
        if (!problem.isEmpty()) {
          found.add(messages.get(problem, action.id(), action.shortcut()));
        }
      }
    }
    problems = List.copyOf(found);
  }

  /** Gives an action its keys; else says which sentence tells why not. */
  private String give(Scene scene, Action action) {
    if (action.needsLanguage()) {
      return "keys.choose";
    }
    KeyCombination keys;
    try {
      keys = KeyCombination.valueOf(action.shortcut());
    } catch (IllegalArgumentException e) {
      return "keys.unknown";
    }
    boolean hasModifier =
        List.of(keys.getControl(), keys.getAlt(), keys.getMeta(), keys.getShortcut())
            .contains(KeyCombination.ModifierValue.DOWN);
    if (!hasModifier) {
      return "keys.plain"; // it would be typed
    }
    if (scene.getAccelerators().containsKey(keys)) {
      return "keys.taken";
    }
    Runnable run = () -> run(action);
    scene.getAccelerators().put(keys, run);
    installed.put(keys, run);
    return "";
  }

  private void run(Action action) {
    boolean _ = model.run(action);
  }
}
