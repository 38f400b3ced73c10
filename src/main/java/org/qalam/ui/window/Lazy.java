package org.qalam.ui.window;

import java.util.Optional;
import java.util.function.Supplier;
import javafx.scene.Node;
import org.qalam.task.UiThread;

/**
 * A part of the window that is made when it is first asked for, and kept. Confined to the JavaFX
 * thread.
 *
 * @param <N> what it is
 */
@UiThread
final class Lazy<N extends Node> {
  private final Supplier<N> maker;
  private Optional<N> made = Optional.empty();

  Lazy(Supplier<N> maker) {
    this.maker = maker;
  }

  N get() {
    N node = made.orElseGet(maker);
    made = Optional.of(node);
    return node;
  }

  boolean isMade() {
    return made.isPresent();
  }
}
