package org.qalam.ui.assistant;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.ui.keys.Keymap;
import org.qalam.ui.keys.WindowCommand;
import org.qalam.ui.text.LineView;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.OneLineText;
import org.qalam.ui.text.WrappedText;

/**
 * A request under way: what is going on, how long it will take, what is written so far, Stop,
 * Pause.
 */
final class WorkCard extends VBox {
  private static final PseudoClass HELD = PseudoClass.getPseudoClass("held");

  private static final int SAMPLE_LINES = 8;

  private final Phrases phrases;
  private final Messages messages;
  private final OneLineText title = new OneLineText();
  private final Label left = new Label();
  private final ProgressBar bar = new ProgressBar();
  private final Label step = new Label();
  private final WrappedText retry = new WrappedText();
  private final LineView text = new LineView();
  private final Button stop = new Button();
  private final Button pause = new Button();
  private final FontIcon pauseIcon = new FontIcon();
  private final Keymap keymap;
  private final Tooltip pauseTold = new Tooltip();

  WorkCard(AssistantViewModel model, Keymap keymap, Phrases phrases, Messages messages) {
    this.phrases = phrases;
    this.messages = messages;
    this.keymap = keymap;
    setId("work-card");
    getStyleClass().add("card");
    title.getStyleClass().add("card-title");
    left.getStyleClass().add("quiet");
    left.setMinWidth(Region.USE_PREF_SIZE);
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    HBox head = new HBox(8, title, gap, left);
    head.setAlignment(Pos.CENTER_LEFT);
    bar.setMaxWidth(Double.MAX_VALUE);
    bar.setAccessibleText(messages.get("work.progress"));
    step.setId("step");
    step.getStyleClass().add("quiet");
    retry.getStyleClass().add("amber");
    text.setId("streamed");
    VBox.setVgrow(text, Priority.SOMETIMES);
    stop.setId("stop");
    stop.setText(messages.get("stop"));
    stop.setGraphic(new FontIcon("mdi2s-stop"));
    stop.setTooltip(new Tooltip(messages.get("stop.told")));
    stop.getStyleClass().add("plain-button");
    stop.setOnAction(_ -> model.escape());
    pause.setId("pause");
    pause.setGraphic(pauseIcon);
    pause.setTooltip(pauseTold);
    pause.getStyleClass().add("plain-button");
    pause.setOnAction(_ -> model.pauseOrResume());
    HBox buttons = new HBox(8, stop, pause);
    for (Region fixed : new Region[] {head, bar, step, buttons}) {
      fixed.setMinHeight(USE_PREF_SIZE);
    }
    getChildren().addAll(head, bar, step, retry, text, buttons);
  }

  void show(PanelState.Working working) {
    Work work = working.work();
    title.setText(phrases.action(working.action(), working.instruction()));
    boolean isRunning = working.pace() == PanelState.Pace.RUNNING;
    step.setText(phrases.step(working));
    left.setText(
        Double.isNaN(work.secondsLeft()) || !isRunning
            ? ""
            : messages.get("time-left", phrases.duration(work.secondsLeft())));
    bar.setProgress(
        work.step() == Work.Step.STARTING && !working.isHeld()
            ? ProgressBar.INDETERMINATE_PROGRESS
            : work.fraction());
    work.retryBecause().ifPresent(because -> retry.setText(phrases.retry(because)));
    show(retry, work.retryBecause().isPresent());
    text.grow(work.text());
    show(text, !work.text().isEmpty());
    boolean isStopping = working.pace() == PanelState.Pace.STOPPING;
    stop.setDisable(isStopping);
    pause.setDisable(isStopping);
    String key = working.pace() == PanelState.Pace.PAUSED ? "resume" : "pause";
    pause.setText(messages.get(key));
    pause.setAccessibleText(messages.get(key + ".accessible"));
    pauseTold.textProperty().bind(keymap.told(messages.get(key + ".told"), WindowCommand.PAUSE));
    pauseIcon.setIconLiteral(key.equals("pause") ? "mdi2p-pause" : "mdi2p-play");
    pseudoClassStateChanged(HELD, working.isHeld());
  }

  /**
   * Fills it with a sample, to be styled and laid out before there is a request; then empties it.
   */
  void rehearse(Runnable layout) {
    text.grow("A sample of a line.\n".repeat(SAMPLE_LINES));
    layout.run();
    text.grow("");
  }

  private static void show(Region node, boolean shown) {
    node.setVisible(shown);
    node.setManaged(shown);
  }
}
