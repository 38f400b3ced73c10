package org.qalam.ui.keys;

import java.util.List;
import java.util.Locale;

/**
 * What the window can be told by keys, beside the actions, in the order in which it is listed. A
 * new one is a line here, its name in the bundle under {@code command.ID}, and the work that it
 * does, said to {@link Commands#on}.
 */
public enum WindowCommand implements Command {
  NEW(Group.DOCUMENTS, "Shortcut+N"),
  OPEN(Group.DOCUMENTS, "Shortcut+O"),
  EXPORT(Group.DOCUMENTS, "Shortcut+Shift+S"),
  PRINT(Group.DOCUMENTS, "Shortcut+Shift+O"),
  STATEMENT(Group.DOCUMENTS),
  VERSIONS(Group.DOCUMENTS, "Shortcut+Shift+H"),
  GO_TO(Group.DOCUMENTS, "Shortcut+P"),
  SEARCH(Group.DOCUMENTS, "Shortcut+Shift+F"),
  RENAME(Group.DOCUMENTS),
  RENAME_LISTED(Group.DOCUMENTS, Place.LIST, "F2"),
  DELETE(Group.DOCUMENTS),
  BIN(Group.DOCUMENTS),
  BACKUP(Group.DOCUMENTS),
  RESTORE(Group.DOCUMENTS),
  OPEN_FOLDER(Group.DOCUMENTS),
  EXPORT_ALL(Group.DOCUMENTS),
  FIND(Group.TEXT, "Shortcut+F"),
  // Cmd+H hides the program on macOS.
  REPLACE(Group.TEXT, "Ctrl+H"),
  NEXT_MISTAKE(Group.TEXT, "F7"),
  BOLD(Group.TEXT, "Shortcut+B"),
  ITALIC(Group.TEXT, "Shortcut+I"),
  TURN(Group.TEXT, "Shortcut+Shift+D"),
  ACTIONS(Group.ASSISTANT, "Shortcut+E"),
  SELECTION_BAR(Group.ASSISTANT, "Shortcut+Shift+E"),
  ASK(Group.ASSISTANT, "Shortcut+Shift+K"),
  ASK_NOTES(Group.ASSISTANT, "Shortcut+Shift+N"),
  PAUSE(Group.ASSISTANT, "Shortcut+Shift+P"),
  NEXT_VERSION(Group.ASSISTANT, "F9"),
  PREVIOUS_VERSION(Group.ASSISTANT, "Shift+F9"),
  ACCEPT_ALL(Group.REVIEW, "Shortcut+Enter"),
  ACCEPT_CHANGE(Group.REVIEW, Place.REVIEW, "Alt+Enter"),
  REJECT_CHANGE(Group.REVIEW, Place.REVIEW, "Alt+Delete"),
  NEXT_CHANGE(Group.REVIEW, Place.REVIEW, "F8"),
  PREVIOUS_CHANGE(Group.REVIEW, Place.REVIEW, "Shift+F8"),
  VIEW_LIST(Group.VIEW, "Shortcut+Shift+L"),
  VIEW_PANEL(Group.VIEW, "Shortcut+Shift+A"),
  ZOOM_IN(Group.VIEW, "Shortcut+Plus", "Shortcut+Equals"),
  ZOOM_OUT(Group.VIEW, "Shortcut+Minus"),
  ZOOM_NORMAL(Group.VIEW, "Shortcut+0"),
  PALETTE(Group.VIEW, "Shortcut+K"),
  LOCK(Group.VIEW, "Shortcut+L"),
  SETTINGS(Group.VIEW, "Shortcut+Comma");

  /** Which others it is listed with. */
  public enum Group {
    DOCUMENTS,
    TEXT,
    ASSISTANT,
    REVIEW,
    VIEW
  }

  private final Group group;
  private final Place place;
  private final String defaults;

  WindowCommand(Group group, String... defaults) {
    this(group, Place.WINDOW, defaults);
  }

  WindowCommand(Group group, Place place, String... defaults) {
    this.group = group;
    this.place = place;
    this.defaults = String.join(" ", defaults);
  }

  @Override
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public Group group() {
    return group;
  }

  @Override
  public Place place() {
    return place;
  }

  @Override
  public List<Keys> defaults() {
    return defaults(Desktop.here());
  }

  List<Keys> defaults(Desktop desktop) {
    return Keys.parseAll(defaults, desktop);
  }
}
