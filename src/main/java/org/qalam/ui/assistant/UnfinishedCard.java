package org.qalam.ui.assistant;

import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.qalam.assist.Interrupted;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.WrappedText;

/** Work that ended before its time, and that can be taken up again. */
final class UnfinishedCard extends VBox {
  private final Phrases phrases;
  private final WrappedText told = new WrappedText();

  UnfinishedCard(AssistantViewModel model, Phrases phrases, Messages messages) {
    this.phrases = phrases;
    setId("unfinished-card");
    getStyleClass().add("card");
    setMinHeight(USE_PREF_SIZE);
    told.setId("unfinished");
    told.getStyleClass().add("muted");
    Button goOn = new Button(messages.get("unfinished.continue"));
    goOn.setId("continue-unfinished");
    goOn.getStyleClass().add("plain-button");
    goOn.setOnAction(_ -> model.continueUnfinished());
    Button forget = new Button(messages.get("unfinished.forget"));
    forget.setId("forget-unfinished");
    forget.getStyleClass().add("plain-button");
    forget.setOnAction(_ -> model.resumption().forget());
    getChildren().addAll(told, new FlowPane(6, 6, goOn, forget));
  }

  void show(Optional<Interrupted> found) {
    found.ifPresent(kept -> told.setText(phrases.unfinished(kept)));
  }
}
