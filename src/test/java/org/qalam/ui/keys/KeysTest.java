package org.qalam.ui.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qalam.ui.keys.Keys.Modifier;

class KeysTest {
  private static KeyEvent pressed(KeyCode code, boolean shift, boolean control, boolean meta) {
    return new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, shift, control, false, meta);
  }

  @Test
  void sameKeysAreEqualHoweverTheyAreWritten() {
    Keys keys = Keys.parse("Shortcut+Alt+R", Desktop.LINUX).orElseThrow();
    for (String other : new String[] {"Alt+Shortcut+R", "ctrl+alt+r", " Control + Alt + R "}) {
      assertEquals(Optional.of(keys), Keys.parse(other, Desktop.LINUX), other);
    }
  }

  @Test
  void shortcutIsCommandOnMacOsAndControlElsewhere() {
    Keys keys = Keys.parse("Shortcut+L", Desktop.MAC).orElseThrow();
    KeyEvent command = pressed(KeyCode.L, false, false, true);
    KeyEvent control = pressed(KeyCode.L, false, true, false);
    assertEquals(Optional.of(keys), Keys.of(command, Desktop.MAC));
    assertEquals(Optional.of(keys), Keys.of(control, Desktop.WINDOWS));
    assertEquals(
        Optional.of(new Keys(KeyCode.L, Set.of(Modifier.CTRL))), Keys.of(control, Desktop.MAC));
    assertEquals(
        Optional.of(new Keys(KeyCode.L, Set.of(Modifier.META))), Keys.of(command, Desktop.LINUX));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Shortcut", "Shortcut+", "Hyper+R", "Shortcut+Foo", "+", "R+Shortcut"})
  void whatAreNoKeysAreNone(String text) {
    assertEquals(Optional.empty(), Keys.parse(text));
  }

  @Test
  void everyKeyIsReadAsItIsWritten() {
    for (KeyCode code : KeyCode.values()) {
      if (!code.isModifierKey() && code != KeyCode.SHORTCUT && code != KeyCode.UNDEFINED) {
        Keys keys = new Keys(code, Set.of(Modifier.SHORTCUT, Modifier.SHIFT));
        // Some names of keys are given twice; then it is the first that is read.
        String text = Keys.parse(keys.toString()).orElseThrow().toString();
        assertEquals(keys.toString(), text);
        assertTrue(text.chars().noneMatch(Character::isWhitespace), text);
      }
    }
  }

  @Test
  void modifiersAloneAreNoKeysYet() {
    assertEquals(Optional.empty(), Keys.of(pressed(KeyCode.CONTROL, false, true, false)));
    assertEquals(Optional.empty(), Keys.of(pressed(KeyCode.UNDEFINED, false, true, false)));
  }

  @ParameterizedTest
  @CsvSource({
    "A, TYPED",
    "Shift+7, TYPED",
    "Shortcut+C, EDITOR",
    "Shortcut+Shift+Z, EDITOR",
    "Shift+Left, EDITOR",
    "Alt+Home, EDITOR",
    "Enter, EDITOR",
    "Shift+Enter, EDITOR",
    "Tab, EDITOR",
    "Esc, EDITOR",
    "Shortcut+Backspace, EDITOR",
    "Shift+Insert, EDITOR",
    "Delete, EDITOR",
    "Alt+F4, SYSTEM",
    "Shortcut+Alt+Delete, SYSTEM",
    "Meta+L, SYSTEM",
    "Shortcut+Shift+U, SYSTEM"
  })
  void keysThatTheTextOrTheSystemNeedsAreRefused(String text, String why) {
    Optional<Keys> keys = Keys.parse(text, Desktop.LINUX);
    assertEquals(
        Optional.of(Refusal.valueOf(why)),
        keys.flatMap(known -> Refusal.of(known, Desktop.LINUX)),
        () -> text + " is " + keys);
  }

  @Test
  void onMacOsAltTypesAndCommandQEnds() {
    Keys at = new Keys(KeyCode.L, Set.of(Modifier.ALT));
    assertEquals(Optional.of(Refusal.TYPED), Refusal.of(at, Desktop.MAC));
    assertEquals(Optional.empty(), Refusal.of(at, Desktop.WINDOWS));
    Keys quit = new Keys(KeyCode.Q, Set.of(Modifier.SHORTCUT));
    assertEquals(Optional.of(Refusal.SYSTEM), Refusal.of(quit, Desktop.MAC));
    assertEquals(Optional.empty(), Refusal.of(quit, Desktop.LINUX));
  }

  @Test
  void noDefaultIsRefusedOnAnySystem() {
    for (Desktop desktop : Desktop.values()) {
      Arrays.stream(WindowCommand.values())
          .flatMap(command -> command.defaults(desktop).stream())
          .forEach(keys ->
              assertEquals(Optional.empty(), Refusal.of(keys, desktop), keys + " on " + desktop));
    }
  }
}
