package org.qalam.ui.keys;

import java.util.Optional;
import java.util.Set;
import javafx.scene.input.KeyCode;
import org.qalam.ui.keys.Keys.Modifier;

/**
 * Why keys cannot be given to a command: they do something already wherever one writes. What is
 * refused is a choice of the program's, made of what its editor and text fields bind (RichTextFX's
 * and JavaFX's own keys) and of what the desktops document as theirs.
 */
public enum Refusal {
  /** They would be typed. */
  TYPED,
  /** They move, select, delete, copy, or undo. */
  EDITOR,
  /** The system has them. */
  SYSTEM;

  /** Keys that go through a text or a window, whatever is held with them. */
  private static final Set<KeyCode> MOVING =
      Set.of(
          KeyCode.UP,
          KeyCode.DOWN,
          KeyCode.LEFT,
          KeyCode.RIGHT,
          KeyCode.KP_UP,
          KeyCode.KP_DOWN,
          KeyCode.KP_LEFT,
          KeyCode.KP_RIGHT,
          KeyCode.HOME,
          KeyCode.END,
          KeyCode.PAGE_UP,
          KeyCode.PAGE_DOWN,
          KeyCode.TAB,
          KeyCode.ESCAPE,
          KeyCode.BACK_SPACE,
          KeyCode.CUT,
          KeyCode.COPY,
          KeyCode.PASTE,
          KeyCode.UNDO);

  private static final Set<Modifier> SHORTCUT = Set.of(Modifier.SHORTCUT);
  private static final Set<Modifier> SHIFT = Set.of(Modifier.SHIFT);

  /** Why these keys cannot be given here; empty where they can. */
  public static Optional<Refusal> of(Keys keys) {
    return of(keys, Desktop.here());
  }

  static Optional<Refusal> of(Keys keys, Desktop desktop) {
    if (isOfSystem(keys, desktop)) {
      return Optional.of(SYSTEM);
    }
    if (isOfEditor(keys)) {
      return Optional.of(EDITOR);
    }
    return isTyped(keys, desktop) ? Optional.of(TYPED) : Optional.empty();
  }

  private static boolean isOfSystem(Keys keys, Desktop desktop) {
    boolean isAlt = keys.modifiers().equals(Set.of(Modifier.ALT));
    boolean isShortcut = keys.modifiers().equals(SHORTCUT);
    return switch (keys.code()) {
      case PRINTSCREEN, CONTEXT_MENU, POWER -> true;
      default ->
          switch (desktop) {
            case MAC ->
                keys.has(Modifier.SHORTCUT)
                    && (keys.code() == KeyCode.TAB
                        || keys.code() == KeyCode.SPACE
                        || (isShortcut
                            && Set.of(KeyCode.Q, KeyCode.H, KeyCode.M, KeyCode.W)
                                .contains(keys.code())));
            case LINUX, WINDOWS ->
                keys.has(Modifier.META)
                    || (isAlt
                        && Set.of(KeyCode.F4, KeyCode.TAB, KeyCode.SPACE, KeyCode.ESCAPE)
                            .contains(keys.code()))
                    || (keys.has(Modifier.SHORTCUT)
                        && keys.has(Modifier.ALT)
                        && (keys.code() == KeyCode.DELETE
                            || (desktop == Desktop.LINUX && keys.code().isFunctionKey())))
                    || (desktop == Desktop.LINUX
                        && keys.code() == KeyCode.U
                        && keys.modifiers().equals(Set.of(Modifier.SHORTCUT, Modifier.SHIFT)));
          };
    };
  }

  private static boolean isOfEditor(Keys keys) {
    if (MOVING.contains(keys.code())) {
      return true;
    }
    Set<Modifier> held = keys.modifiers();
    boolean isAlt = held.contains(Modifier.ALT);
    return switch (keys.code()) {
      case ENTER -> held.isEmpty() || held.equals(SHIFT);
      case SPACE, DELETE, INSERT -> !isAlt;
      case A, C, V, X, Y -> held.equals(SHORTCUT);
      case Z -> held.equals(SHORTCUT) || held.equals(Set.of(Modifier.SHORTCUT, Modifier.SHIFT));
      default -> false;
    };
  }

  private static boolean isTyped(Keys keys, Desktop desktop) {
    if (keys.code().isFunctionKey()
        || keys.code() == KeyCode.ENTER
        || keys.code() == KeyCode.DELETE) {
      return false;
    }
    Set<Modifier> held = keys.modifiers();
    boolean isWithoutAlt = held.isEmpty() || held.equals(SHIFT);
    // On macOS Alt types the second signs of the keys.
    boolean isAltAlone =
        desktop == Desktop.MAC
            && held.contains(Modifier.ALT)
            && !held.contains(Modifier.SHORTCUT)
            && !held.contains(Modifier.CTRL);
    return isWithoutAlt || isAltAlone;
  }
}
