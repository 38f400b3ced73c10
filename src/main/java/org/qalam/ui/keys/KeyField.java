package org.qalam.ui.keys;

import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.qalam.task.UiThread;
import org.qalam.ui.text.Messages;

/**
 * Shows keys, and takes others by their being pressed: a click, Enter or Space begins, Escape ends
 * it without a change, Backspace takes the keys away. While it listens no key does anything else.
 * Confined to the JavaFX thread.
 */
@UiThread
public final class KeyField extends Button {
  private static final PseudoClass LISTENING = PseudoClass.getPseudoClass("listening");

  private final Messages messages = Messages.of(KeyField.class);
  private final Consumer<Optional<Keys>> pressed;
  private final ReadOnlyBooleanWrapper listening = new ReadOnlyBooleanWrapper();
  private Optional<Keys> shown = Optional.empty();
  private String name = "";

  /**
   * @param pressed gets what was pressed, or nothing where the keys are to go
   */
  public KeyField(Consumer<Optional<Keys>> pressed) {
    this.pressed = pressed;
    getStyleClass().setAll("button", "key-field");
    setMnemonicParsing(false);
    setOnAction(_ -> listen());
    addEventFilter(KeyEvent.ANY, this::key);
    focusedProperty()
        .addListener((_, _, isFocused) -> {
          if (!isFocused) {
            cancel();
          }
        });
    listening.addListener((_, _, now) -> {
      pseudoClassStateChanged(LISTENING, now);
      tell();
    });
    tell();
  }

  /** Shows these keys. */
  public void show(Optional<Keys> keys) {
    shown = keys;
    tell();
  }

  /** Says whose keys these are, for those who do not see it. */
  public void describe(String whose) {
    name = whose;
    tell();
  }

  private void tell() {
    String words =
        listening.get()
            ? messages.get("field.listening")
            : shown.map(Keys::shown).orElseGet(() -> messages.get("field.none"));
    setText(words);
    setAccessibleText(name.isEmpty() ? words : messages.get("field.accessible", name, words));
  }

  /** Takes the next keys that are pressed. */
  public void listen() {
    requestFocus();
    listening.set(true);
  }

  /** Whether it waits for keys. */
  public ReadOnlyBooleanProperty listeningProperty() {
    return listening.getReadOnlyProperty();
  }

  /**
   * Stops waiting, with the keys as they were.
   *
   * @return whether it was waiting
   */
  public boolean cancel() {
    boolean was = listening.get();
    listening.set(false);
    return was;
  }

  private void key(KeyEvent event) {
    if (!listening.get()) {
      if (event.getEventType() == KeyEvent.KEY_PRESSED
          && (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE)) {
        listen();
        event.consume();
      }
      return;
    }
    event.consume();
    if (event.getEventType() != KeyEvent.KEY_PRESSED) {
      return;
    }
    if (event.getCode() == KeyCode.ESCAPE) {
      cancel();
      return;
    }
    Optional<Keys> keys = Keys.of(event);
    if (keys.isPresent()) {
      listening.set(false);
      boolean isGone = keys.get().code() == KeyCode.BACK_SPACE && keys.get().modifiers().isEmpty();
      pressed.accept(isGone ? Optional.empty() : keys);
    }
  }
}
