package org.qalam.ui.assistant;

import javafx.scene.control.Button;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.assist.AssistException;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.OneLineText;
import org.qalam.ui.text.WrappedText;

/** A request that failed: why, and the ways out. */
final class FailureCard extends VBox {
  private final Phrases phrases;
  private final Messages messages;
  private final OneLineText title = new OneLineText();
  private final WrappedText sentence = new WrappedText();
  private final Button again = new Button();
  private final Button openModels = new Button();

  FailureCard(
      AssistantViewModel model, Phrases phrases, Messages messages, Runnable openModelsPage) {
    this.phrases = phrases;
    this.messages = messages;
    setId("failure-card");
    getStyleClass().add("card");
    title.getStyleClass().add("card-title");
    sentence.setId("failure");
    HBox.setHgrow(sentence, Priority.ALWAYS);
    FontIcon sign = new FontIcon("mdi2a-alert-outline");
    sign.getStyleClass().add("amber");
    HBox line = new HBox(7, sign, sentence);
    line.getStyleClass().addAll("remark", "amber");
    again.setText(messages.get("try-again"));
    again.getStyleClass().add("accent-button");
    again.setOnAction(_ -> model.retry());
    openModels.setText(messages.get("open-models"));
    openModels.getStyleClass().add("plain-button");
    openModels.setOnAction(_ -> openModelsPage.run());
    Button close = new Button(messages.get("close"));
    close.getStyleClass().add("plain-button");
    close.setOnAction(_ -> model.discard());
    getChildren().addAll(title, line, new FlowPane(6, 6, again, openModels, close));
  }

  void show(PanelState.Failed failed) {
    title.setText(phrases.action(failed.action(), failed.instruction()));
    sentence.setText(
        failed.sentence().isEmpty() ? messages.get("failed.unexpected") : failed.sentence());
    boolean isModel =
        failed.reason() == AssistException.Reason.NO_MODEL
            || failed.reason() == AssistException.Reason.MODEL_UNUSABLE;
    openModels.setVisible(isModel);
    openModels.setManaged(isModel);
  }
}
