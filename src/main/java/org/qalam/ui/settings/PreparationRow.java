package org.qalam.ui.settings;

import java.util.Optional;
import java.util.function.LongFunction;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.qalam.catalog.InstalledModel;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.WrappedText;

/** A model's row for being prepared: what that gives and takes, its progress, and the way back. */
final class PreparationRow extends VBox {
  private final InstalledModel model;
  private final PreparationViewModel preparation;
  private final Messages messages;
  private final LongFunction<String> size;

  private final Label name = new Label();
  private final Label percent = new Label();
  private final Button button = new Button();
  private final WrappedText told = new WrappedText();
  private final WrappedText problem = new WrappedText();
  private final ProgressBar bar = new ProgressBar();

  /**
   * @param size words for bytes
   */
  PreparationRow(
      InstalledModel model,
      PreparationViewModel preparation,
      Messages messages,
      LongFunction<String> size) {
    super(4);
    this.model = model;
    this.preparation = preparation;
    this.messages = messages;
    this.size = size;
    getStyleClass().add("preparation");
    percent.getStyleClass().add("quiet");
    percent.setMinWidth(USE_PREF_SIZE);
    button.getStyleClass().add("plain-button");
    button.setId("prepare-" + model.id());
    button.setMinWidth(USE_PREF_SIZE);
    told.getStyleClass().add("muted");
    problem.getStyleClass().add("amber");
    bar.setMaxWidth(Double.MAX_VALUE);
    bar.setAccessibleText(messages.get("prepare.progress"));
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    HBox head = new HBox(10, name, gap, percent, button);
    head.setAlignment(Pos.CENTER_LEFT);
    getChildren().addAll(head, bar, told, problem);
    update();
  }

  /** Shows how the model stands now. */
  void update() {
    PreparationState state =
        preparation.states().getOrDefault(model.id(), new PreparationState.Fixed());
    set(this, !(state instanceof PreparationState.Fixed));
    set(bar, state instanceof PreparationState.Running);
    set(percent, state instanceof PreparationState.Running);
    button.setDisable(preparation.isBusy());
    switch (state) {
      case PreparationState.Fixed _ -> {}
      case PreparationState.Offered disk -> {
        name.setText(messages.get("prepare"));
        tell(
            disk.hasRoom()
                ? messages.get("prepare.told", size.apply(disk.lasting()), size.apply(disk.free()))
                : messages.get(
                    "prepare.full", size.apply(disk.meanwhile()), size.apply(disk.free())),
            disk.problem());
        offer("prepare.start", () -> preparation.prepare(model));
        button.setDisable(preparation.isBusy() || !disk.hasRoom());
      }
      case PreparationState.Running now -> {
        name.setText(messages.get("prepare.running"));
        tell("", Optional.empty());
        bar.setProgress(now.fraction());
        percent.setText(now.fraction() < 0 ? "" : messages.get("add.percent", now.fraction()));
        offer(now.cancelling() ? "add.cancelling" : "add.cancel", preparation::cancel);
        button.setDisable(now.cancelling());
      }
      case PreparationState.Prepared disk -> {
        name.setText(messages.get("prepare.done"));
        tell(messages.get("prepare.done.told", size.apply(disk.bytes())), disk.problem());
        offer("prepare.undo", () -> preparation.undo(model));
      }
      case PreparationState.Undoing _ -> {
        name.setText(messages.get("prepare.done"));
        tell("", Optional.empty());
        offer("prepare.undoing", () -> {});
      }
    }
  }

  private void offer(String key, Runnable work) {
    button.setText(messages.get(key));
    button.setAccessibleText(
        messages.get("prepare.accessible", messages.get(key), model.manifest().name()));
    button.setOnAction(_ -> work.run());
  }

  private void tell(String words, Optional<String> wrong) {
    told.setText(words);
    set(told, !words.isEmpty());
    problem.setText(
        wrong.map(known -> known.isEmpty() ? messages.get("unexpected") : known).orElse(""));
    set(problem, wrong.isPresent());
  }

  private static void set(Region node, boolean shown) {
    node.setVisible(shown);
    node.setManaged(shown);
  }
}
