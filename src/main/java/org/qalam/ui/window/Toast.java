package org.qalam.ui.window;

import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;
import org.qalam.ui.text.Messages;

/** Says for a while that a document is deleted, with a way to take that back. */
final class Toast extends HBox {
  private static final Duration SHOWN = Duration.seconds(8);

  Toast(WindowViewModel model, Messages messages) {
    Label words = new Label();
    Button undo = new Button(messages.get("toast.undo"));
    undo.getStyleClass().add("toast-undo");
    undo.setOnAction(_ -> model.library().undoDelete());
    getChildren().addAll(words, undo);
    getStyleClass().add("toast");
    setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    StackPane.setAlignment(this, Pos.BOTTOM_CENTER);
    setVisible(false);
    PauseTransition end = new PauseTransition(SHOWN);
    end.setOnFinished(_ -> model.library().forgetDeleted());
    model
        .library()
        .deletedProperty()
        .addListener((_, _, deleted) -> {
          setVisible(deleted.isPresent());
          deleted.ifPresent(summary -> {
            String title = summary.title().isEmpty() ? messages.get("untitled") : summary.title();
            words.setText(messages.get("toast.deleted", shortened(title)));
            end.playFromStart();
          });
        });
  }

  private static String shortened(String title) {
    return title.codePointCount(0, title.length()) <= 40
        ? title
        : title.substring(0, title.offsetByCodePoints(0, 39)).strip() + "…";
  }
}
