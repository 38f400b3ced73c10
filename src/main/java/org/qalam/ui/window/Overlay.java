package org.qalam.ui.window;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.task.UiThread;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.Unseen;
import org.qalam.ui.text.WrappedText;

/**
 * A dialog over the dimmed window, closed by its button, by Escape or by a press beside it. What is
 * in it is built with the window and kept, but part of the scene, whose styles it takes, only when
 * it is first opened or when nobody does anything. Confined to the JavaFX thread.
 *
 * @param <C> what is in it
 */
@UiThread
class Overlay<C extends Node> extends StackPane {
  private final VBox dialog;
  private final C content;
  private final WrappedText told = new WrappedText();
  private final Button close;
  private @Nullable Node focusedBefore;

  /**
   * @param id of the button that closes it begins with this
   * @param make makes what is below the title, given what closes the dialog
   * @param head what stands beside the title
   */
  Overlay(String id, String title, Messages messages, Function<Runnable, C> make, Node... head) {
    content = make.apply(this::close);
    VBox.setVgrow(content, Priority.ALWAYS);
    getStyleClass().add("overlay");
    setVisible(false);
    Label heading = new Label(title);
    heading.getStyleClass().add("dialog-title");
    close = new Button(null, new FontIcon("mdi2c-close"));
    close.getStyleClass().add("tool");
    close.setId(id + "-close");
    close.setTooltip(new Tooltip(messages.get("dismiss")));
    close.setAccessibleText(messages.get("dismiss"));
    close.setOnAction(_ -> close());
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    HBox top = new HBox(18, heading);
    top.getChildren().addAll(head);
    top.getChildren().addAll(space, close);
    top.setAlignment(Pos.CENTER_LEFT);
    told.setId(id + "-said");
    told.getStyleClass().add("told-problem");
    told.managedProperty().bind(told.visibleProperty());
    told.setVisible(false);
    dialog = new VBox(top, told);
    dialog.getStyleClass().add("dialog");
    getChildren().add(dialog);
    setOnMousePressed(event -> {
      if (equals(event.getTarget())) {
        close();
      }
    });
  }

  /** Shows what is told while it is open, since it lies over the place where that is said. */
  final void tell(ObservableValue<Optional<String>> problem) {
    problem.addListener((_, _, now) -> {
      told.setVisible(isVisible() && now.isPresent());
      told.setText(now.orElse(""));
    });
  }

  /** What is below the title. */
  final C content() {
    return content;
  }

  /** Puts it into the scene, if it is not there. */
  private void attach() {
    if (content.getParent() == null) {
      dialog.getChildren().add(content);
    }
  }

  /** The dialog itself. */
  final VBox dialog() {
    return dialog;
  }

  /** Attaches, styles and lays it out while nobody does anything; it is not seen meanwhile. */
  List<Runnable> laterSteps() {
    return List.of(
        this::attach, Unseen.step(this, this::applyCss), Unseen.step(this, this::layout));
  }

  /** Shows it, with the keyboard on the button that closes it. */
  void open() {
    if (!isVisible()) {
      attach();
      focusedBefore = getScene().getFocusOwner();
      setVisible(true);
    }
    close.requestFocus();
  }

  /** Hides it; the keyboard goes back to where it was. */
  void close() {
    setVisible(false);
    told.setVisible(false);
    if (focusedBefore != null) {
      focusedBefore.requestFocus();
    }
    focusedBefore = null;
  }
}
