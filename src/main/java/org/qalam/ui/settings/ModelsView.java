package org.qalam.ui.settings;

import java.net.URL;
import java.util.Objects;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.qalam.ui.text.Messages;

/** The page of models: which there are, choose, add, remove. */
public final class ModelsView extends VBox {
  static final String STYLESHEET = stylesheet();

  /** Shows {@code models}. */
  public ModelsView(ModelsViewModel models) {
    Messages messages = Messages.of(ModelsView.class);
    getStyleClass().add("models-view");
    getStylesheets().add(STYLESHEET);
    Label title = new Label(messages.get("title"));
    title.getStyleClass().add("title");
    getChildren().add(title);
    models.refresh();
  }

  private static String stylesheet() {
    URL url = Objects.requireNonNull(ModelsView.class.getResource("models.css"), "models.css");
    return url.toExternalForm();
  }
}
