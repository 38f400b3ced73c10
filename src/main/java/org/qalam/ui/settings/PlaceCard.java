package org.qalam.ui.settings;

import java.io.File;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import org.qalam.catalog.InstalledModel;
import org.qalam.task.UiThread;
import org.qalam.ui.settings.PlaceViewModel.Outcome;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.WrappedText;

/** Where the writer's models are kept, to be changed; with progress, and a way to stop. */
@UiThread
final class PlaceCard extends VBox {
  private final PlaceViewModel place;
  private final Messages messages;
  private final WrappedText folder = new WrappedText();
  private final WrappedText told = new WrappedText();
  private final WrappedText outcome = new WrappedText();
  private final Button change = new Button();
  private final Button back = new Button();
  private final FlowPane buttons = new FlowPane(8, 8, change, back);
  private final Label working = new Label();
  private final Label percent = new Label();
  private final ProgressBar bar = new ProgressBar();
  private final Button cancel = new Button();
  private final VBox running = new VBox(8);

  PlaceCard(PlaceViewModel place, Messages messages) {
    super(8);
    this.place = place;
    this.messages = messages;
    getStyleClass().add("card");
    folder.setId("models-folder");
    folder.getStyleClass().add("strong");
    told.setId("models-folder-told");
    outcome.setId("models-folder-outcome");
    change.setText(messages.get("place.change"));
    change.setId("models-folder-change");
    change.getStyleClass().add("plain-button");
    change.setOnAction(_ -> choose());
    back.setText(messages.get("place.back"));
    back.setId("models-folder-back");
    back.getStyleClass().add("plain-button");
    back.setOnAction(_ -> place.moveBack());
    cancel.setId("models-folder-cancel");
    cancel.getStyleClass().add("plain-button");
    cancel.setOnAction(_ -> place.cancel());
    bar.setMaxWidth(Double.MAX_VALUE);
    bar.setAccessibleText(messages.get("place.progress"));
    percent.getStyleClass().add("quiet");
    percent.setMinWidth(USE_PREF_SIZE);
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    HBox head = new HBox(8, working, gap, percent);
    head.setAlignment(Pos.CENTER_LEFT);
    running.getChildren().addAll(head, bar, cancel);
    getChildren().addAll(folder, told, running, outcome, buttons);
    place.stateProperty().addListener((_, _, now) -> show(now));
    place.outcomeProperty().addListener((_, _, now) -> tell(now));
    show(place.stateProperty().get());
    tell(place.outcomeProperty().get());
  }

  private void choose() {
    DirectoryChooser chooser = new DirectoryChooser();
    chooser.setTitle(messages.get("place.choose"));
    File chosen = chooser.showDialog(getScene().getWindow());
    if (chosen != null) {
      place.move(chosen.toPath());
    }
  }

  /** Asks where a model is copied to. */
  void copy(InstalledModel model) {
    DirectoryChooser chooser = new DirectoryChooser();
    chooser.setTitle(messages.get("copy.choose", model.manifest().name()));
    File chosen = chooser.showDialog(getScene().getWindow());
    if (chosen != null) {
      place.copy(model, chosen.toPath());
    }
  }

  private void show(PlaceState state) {
    boolean isRunning = state instanceof PlaceState.Running;
    set(running, isRunning);
    set(buttons, !isRunning && place.isMovable());
    switch (state) {
      case PlaceState.Still still -> {
        folder.setText(still.folder().toString());
        told.setText(still.missing().orElseGet(() -> messages.get("place.told")));
        told.getStyleClass().removeAll("muted", "amber");
        told.getStyleClass().add(still.missing().isPresent() ? "amber" : "muted");
        set(back, !still.isUsual());
      }
      case PlaceState.Running now -> {
        working.setText(messages.get(now.isMove() ? "place.moving" : "copy.copying"));
        bar.setProgress(now.fraction());
        percent.setText(now.fraction() < 0 ? "" : messages.get("add.percent", now.fraction()));
        cancel.setDisable(now.cancelling());
        cancel.setText(messages.get(now.cancelling() ? "add.cancelling" : "add.cancel"));
      }
    }
  }

  private void tell(Optional<Outcome> now) {
    set(outcome, now.isPresent());
    outcome.getStyleClass().removeAll("amber", "muted");
    if (now.isEmpty()) {
      return;
    }
    outcome.getStyleClass().add(now.get() instanceof Outcome.Failed ? "amber" : "muted");
    outcome.setText(
        switch (now.get()) {
          case Outcome.Moved moved ->
              messages.get("place.moved", moved.result().isCleared() ? 1 : 0);
          case Outcome.Copied copied -> messages.get("copy.done", copied.name(), copied.folder());
          case Outcome.Failed failed ->
              failed.sentence().isEmpty() ? messages.get("unexpected") : failed.sentence();
        });
  }

  private static void set(Region node, boolean shown) {
    node.setVisible(shown);
    node.setManaged(shown);
  }
}
