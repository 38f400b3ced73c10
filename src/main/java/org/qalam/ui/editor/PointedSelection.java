package org.qalam.ui.editor;

import java.util.Optional;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Scene;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.qalam.task.UiThread;

/**
 * Tells when a selection was made with mouse or finger, for what is shown beside it. Owned by the
 * {@link EditorView}. Confined to the JavaFX thread.
 */
@UiThread
public final class PointedSelection {
  private final StyleClassedTextArea area;
  private Heard heard = new Heard() {};

  /** Hears of the selection. On the JavaFX thread. */
  public interface Heard {
    /** The writer has let go of the mouse or lifted the finger, and something is selected. */
    default void made(Pointer pointer) {}

    /** The text or what is selected has changed. */
    default void changed() {}

    /** The text was scrolled: what is selected will be elsewhere on the screen, or nowhere. */
    default void scrolled() {}
  }

  /**
   * What the selection was made with.
   *
   * @param place on the screen
   */
  public record Pointer(Point2D place, boolean isFinger) {}

  /**
   * Where it is on the screen.
   *
   * @param selection what of it is seen
   * @param page what is seen of the text, with its margins
   */
  public record Place(Bounds selection, Bounds page) {}

  PointedSelection(StyleClassedTextArea area) {
    this.area = area;
    area.addEventHandler(MouseEvent.MOUSE_RELEASED, this::released);
    area.selectionProperty().addListener((_, _, _) -> heard.changed());
    area.plainTextChanges().subscribe(_ -> heard.changed());
    area.estimatedScrollYProperty().addListener((_, _, _) -> heard.scrolled());
  }

  /** Has this told of the selection. */
  public void listen(Heard next) {
    heard = next;
  }

  private void released(MouseEvent event) {
    if (event.getButton() == MouseButton.PRIMARY) {
      Pointer pointer =
          new Pointer(new Point2D(event.getScreenX(), event.getScreenY()), event.isSynthesized());
      // The control selects by the same event.
      whenLaidOut(() -> {
        if (area.getSelection().getLength() > 0) {
          heard.made(pointer);
        }
      });
    }
  }

  /** Does this after the next layout: where something is on the screen is known then only. */
  public void whenLaidOut(Runnable work) {
    Scene scene = area.getScene();
    if (scene == null) {
      return;
    }
    Runnable once =
        new Runnable() {
          @Override
          public void run() {
            scene.removePostLayoutPulseListener(this);
            Platform.runLater(work);
          }
        };
    scene.addPostLayoutPulseListener(once);
    Platform.requestNextPulse();
  }

  /** Where it is; empty where nothing is selected or none of it is seen. */
  public Optional<Place> place() {
    Optional<Bounds> page = Optional.ofNullable(area.localToScreen(area.getLayoutBounds()));
    return area.getSelection().getLength() == 0
        ? Optional.empty()
        : area.getSelectionBounds()
            .flatMap(selected ->
                page.filter(selected::intersects).map(seen -> new Place(selected, seen)));
  }

  /** Whether the keyboard is in the text. */
  public boolean hasKeyboard() {
    return area.isFocused();
  }

  /** Takes the keyboard into the text. */
  public void requestFocus() {
    area.requestFocus();
  }
}
