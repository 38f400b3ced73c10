package org.qalam.ui.window;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.store.Autosave;
import org.qalam.task.UiThread;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.WrappedText;

/** What is wrong, above the text: it cannot be saved, or something else. */
@UiThread
final class Banners extends VBox {
  /**
   * @param saveElsewhere lets the writer choose another place for the text
   */
  Banners(WindowViewModel model, Runnable saveElsewhere, Messages messages) {
    WrappedText unsaved = new WrappedText();
    Button elsewhere = new Button(messages.get("save.elsewhere"));
    elsewhere.setOnAction(_ -> saveElsewhere.run());
    HBox failing = row(unsaved, elsewhere);
    model
        .editor()
        .savingProperty()
        .addListener((_, _, state) -> {
          boolean failed = state instanceof Autosave.State.Failed;
          failing.setVisible(failed);
          if (state instanceof Autosave.State.Failed failure) {
            unsaved.setText(messages.get("save.failed", failure.sentence()));
          }
        });
    WrappedText problem = new WrappedText();
    Button close = WindowView.tool("mdi2c-close", "tool-dismiss", messages.get("dismiss"));
    close.setOnAction(_ -> model.dismissProblem());
    HBox telling = row(problem, close);
    model
        .problemProperty()
        .addListener((_, _, now) -> {
          telling.setVisible(now.isPresent());
          problem.setText(now.orElse(""));
        });
    getChildren().addAll(failing, telling);
  }

  private static HBox row(WrappedText words, Node button) {
    HBox.setHgrow(words, Priority.ALWAYS);
    words.setMaxWidth(Double.MAX_VALUE);
    HBox row = new HBox(new FontIcon("mdi2a-alert-outline"), words, button);
    row.getStyleClass().add("banner");
    row.setAlignment(Pos.CENTER_LEFT);
    row.setVisible(false);
    row.managedProperty().bind(row.visibleProperty());
    return row;
  }
}
