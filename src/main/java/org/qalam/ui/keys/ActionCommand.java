package org.qalam.ui.keys;

import java.util.List;
import org.qalam.assist.Action;

/**
 * An action of the assistant's. The keys of the writer's own ones are in their files, those of the
 * program's in the settings.
 */
public record ActionCommand(Action action) implements Command {
  @Override
  public String id() {
    return "action." + action.id();
  }

  @Override
  public List<Keys> defaults() {
    return Keys.parse(action.shortcut())
        .filter(keys -> Refusal.of(keys).isEmpty())
        .map(List::of)
        .orElse(List.of());
  }

  @Override
  public Place place() {
    return Place.WINDOW;
  }
}
