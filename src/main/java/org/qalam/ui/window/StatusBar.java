package org.qalam.ui.window;

import javafx.beans.binding.Bindings;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.store.Autosave;
import org.qalam.ui.assistant.AssistantViewModel;
import org.qalam.ui.text.Messages;

/**
 * The strip below: that all stays here, words, whether they are saved, speed while working, pauses.
 */
final class StatusBar extends HBox {
  StatusBar(WindowViewModel model, AssistantViewModel assistant, Messages messages) {
    FontIcon dot = new FontIcon("mdi2c-circle-medium");
    Label device = new Label(messages.get("status.device"), dot);
    device.getStyleClass().add("device");
    device.setTooltip(new Tooltip(messages.get("status.device.why")));
    Label words = new Label();
    words
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> {
                  int selected = model.editor().selectedWordsProperty().get();
                  int all = model.editor().wordsProperty().get();
                  return selected > 0
                      ? messages.get("status.words.selected", selected, all)
                      : messages.get("status.words", all);
                },
                model.editor().wordsProperty(),
                model.editor().selectedWordsProperty()));
    Label saved = new Label();
    saved
        .textProperty()
        .bind(
            model
                .editor()
                .savingProperty()
                .map(state ->
                    messages.get(
                        switch (state) {
                          case Autosave.State.Saved _ -> "status.saved";
                          case Autosave.State.Pending _ -> "status.saving";
                          case Autosave.State.Failed _ -> "status.unsaved";
                        })));
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    Label speed = new Label();
    speed
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> {
                  if (assistant.pausedProperty().get()) {
                    return messages.get("status.paused");
                  }
                  double rate = assistant.tokensPerSecondProperty().get();
                  return assistant.workingProperty().get() && rate > 0
                      ? messages.get("status.speed", rate)
                      : "";
                },
                assistant.pausedProperty(),
                assistant.workingProperty(),
                assistant.tokensPerSecondProperty()));
    getChildren().addAll(device, words, saved, space, speed);
    getStyleClass().add("status-strip");
  }
}
