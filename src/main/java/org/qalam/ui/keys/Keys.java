package org.qalam.ui.keys;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/**
 * Keys that are pressed together, such as {@code Shortcut+Shift+L}. {@link Modifier#SHORTCUT} is
 * Ctrl, on macOS Cmd; the same keys are equal however they were written. Belongs to no thread.
 *
 * @param code the key that is not a modifier
 */
public record Keys(KeyCode code, Set<Modifier> modifiers) {
  /** A key that is held down; in the order in which they are written. */
  public enum Modifier {
    SHORTCUT("Shortcut"),
    /** Only on macOS; elsewhere it is {@link #SHORTCUT}. */
    CTRL("Ctrl"),
    /** The key with the system's sign; on macOS it is {@link #SHORTCUT}. */
    META("Meta"),
    ALT("Alt"),
    SHIFT("Shift");

    private final String text;

    Modifier(String text) {
      this.text = text;
    }

    private KeyCombination.Modifier down() {
      return switch (this) {
        case SHORTCUT -> KeyCombination.SHORTCUT_DOWN;
        case CTRL -> KeyCombination.CONTROL_DOWN;
        case META -> KeyCombination.META_DOWN;
        case ALT -> KeyCombination.ALT_DOWN;
        case SHIFT -> KeyCombination.SHIFT_DOWN;
      };
    }
  }

  public Keys {
    modifiers = Set.copyOf(modifiers);
  }

  /**
   * Keys as files and settings have them: {@code Shortcut+Alt+R}, {@code Ctrl+Comma}, {@code F8};
   * empty where these are none.
   */
  public static Optional<Keys> parse(String text) {
    return parse(text, Desktop.here());
  }

  static Optional<Keys> parse(String text, Desktop desktop) {
    String[] parts = text.strip().split("\\s*\\+\\s*", -1);
    Set<Modifier> modifiers = EnumSet.noneOf(Modifier.class);
    for (String part : Arrays.asList(parts).subList(0, parts.length - 1)) {
      Optional<Modifier> modifier = modifier(part, desktop);
      if (modifier.isEmpty()) {
        return Optional.empty();
      }
      modifiers.add(modifier.get());
    }
    return code(parts[parts.length - 1]).map(code -> new Keys(code, modifiers));
  }

  private static Optional<Modifier> modifier(String name, Desktop desktop) {
    boolean isMac = desktop == Desktop.MAC;
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "shortcut" -> Optional.of(Modifier.SHORTCUT);
      case "ctrl", "control" -> Optional.of(isMac ? Modifier.CTRL : Modifier.SHORTCUT);
      case "meta", "cmd", "command" -> Optional.of(isMac ? Modifier.SHORTCUT : Modifier.META);
      case "alt", "option" -> Optional.of(Modifier.ALT);
      case "shift" -> Optional.of(Modifier.SHIFT);
      default -> Optional.empty();
    };
  }

  /** Keys that files may name by what they type. */
  private static final Map<String, KeyCode> SIGNS =
      Map.of(
          ",", KeyCode.COMMA,
          ".", KeyCode.PERIOD,
          "/", KeyCode.SLASH,
          "\\", KeyCode.BACK_SLASH,
          ";", KeyCode.SEMICOLON,
          "=", KeyCode.EQUALS,
          "-", KeyCode.MINUS,
          "[", KeyCode.OPEN_BRACKET,
          "]", KeyCode.CLOSE_BRACKET);

  private static final Map<String, KeyCode> NAMED =
      Arrays.stream(KeyCode.values())
          .filter(code -> !isHeld(code) && code != KeyCode.UNDEFINED)
          .collect(
              Collectors.toUnmodifiableMap(
                  code -> name(code).toLowerCase(Locale.ROOT),
                  Function.identity(),
                  (first, _) -> first));

  private static Optional<KeyCode> code(String name) {
    return Optional.ofNullable(SIGNS.get(name))
        .or(() -> Optional.ofNullable(NAMED.get(name.toLowerCase(Locale.ROOT).replace(' ', '_'))));
  }

  private static boolean isHeld(KeyCode code) {
    return code.isModifierKey() || code == KeyCode.SHORTCUT;
  }

  private static String name(KeyCode code) {
    return code.getName().replace(' ', '_');
  }

  /** Several, between spaces; what is none is passed over. */
  static List<Keys> parseAll(String text) {
    return parseAll(text, Desktop.here());
  }

  static List<Keys> parseAll(String text, Desktop desktop) {
    return Arrays.stream(text.strip().split("\\s+"))
        .flatMap(word -> parse(word, desktop).stream())
        .toList();
  }

  /** What is pressed; empty while it is modifiers alone, or a key without a name. */
  public static Optional<Keys> of(KeyEvent event) {
    return of(event, Desktop.here());
  }

  static Optional<Keys> of(KeyEvent event, Desktop desktop) {
    KeyCode code = event.getCode();
    if (isHeld(code) || code == KeyCode.UNDEFINED) {
      return Optional.empty();
    }
    boolean isMac = desktop == Desktop.MAC;
    Set<Modifier> modifiers = EnumSet.noneOf(Modifier.class);
    if (isMac ? event.isMetaDown() : event.isControlDown()) {
      modifiers.add(Modifier.SHORTCUT);
    }
    if (isMac ? event.isControlDown() : event.isMetaDown()) {
      modifiers.add(isMac ? Modifier.CTRL : Modifier.META);
    }
    if (event.isAltDown()) {
      modifiers.add(Modifier.ALT);
    }
    if (event.isShiftDown()) {
      modifiers.add(Modifier.SHIFT);
    }
    return Optional.of(new Keys(code, modifiers));
  }

  boolean has(Modifier modifier) {
    return modifiers.contains(modifier);
  }

  /** For a menu. */
  public KeyCombination combination() {
    return new KeyCodeCombination(
        code, modifiers.stream().map(Modifier::down).toArray(KeyCombination.Modifier[]::new));
  }

  /** As menus show them here: {@code Ctrl+Shift+L}, on macOS in its signs. */
  public String shown() {
    return combination().getDisplayText();
  }

  /** As files and settings have them, the same on every system. */
  @Override
  public String toString() {
    String held =
        modifiers.stream()
            .sorted()
            .map(modifier -> modifier.text + "+")
            .collect(Collectors.joining());
    return held + name(code);
  }
}
