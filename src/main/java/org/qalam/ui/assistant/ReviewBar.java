package org.qalam.ui.assistant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.AccessibleAttribute;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.assist.Guard;
import org.qalam.document.TextRange;
import org.qalam.task.UiThread;
import org.qalam.ui.keys.Command;
import org.qalam.ui.keys.Commands;
import org.qalam.ui.keys.WindowCommand;
import org.qalam.ui.text.LineView;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.StyledLine;
import org.qalam.ui.text.Unseen;
import org.qalam.ui.text.WrappedText;

/**
 * The change that is being looked at, below the text: its old and its new words, and what to do
 * with it. It is there while changes are open. Confined to the JavaFX thread.
 */
@UiThread
public final class ReviewBar extends VBox {
  private static final double WIDTH = 640;
  private static final double LEAST_WIDTH = 200;
  private static final double LINE = 24;

  /** Letters that surely fit into a line of the bar. */
  private static final int ONE_LINE = 50;

  private final Messages messages;
  private final LineView words = new LineView();
  private final TwoTexts texts;
  private final WrappedText warning = new WrappedText();
  private final Label place = new Label();
  private final HBox steps;
  private final Button all;
  private String told = "";

  ReviewBar(AssistantViewModel model, Commands commands, Messages messages) {
    this.messages = messages;
    commands.on(WindowCommand.ACCEPT_CHANGE, model::acceptChange);
    commands.on(WindowCommand.REJECT_CHANGE, model::rejectChange);
    commands.on(WindowCommand.NEXT_CHANGE, model::nextChange);
    commands.on(WindowCommand.PREVIOUS_CHANGE, model::previousChange);
    commands.on(WindowCommand.ACCEPT_ALL, model::accept);
    setId("review-bar");
    getStylesheets().add(AssistantView.STYLESHEET);
    getStyleClass().add("review-bar");
    setMaxWidth(WIDTH);
    words.setMinWidth(0);
    texts = new TwoTexts(messages);
    warning.setId("review-warning");
    warning.getStyleClass().add("amber");
    place.setId("review-place");
    place.getStyleClass().add("quiet");
    place.setMinWidth(Region.USE_PREF_SIZE);
    Button accept = button("review.accept", "mdi2c-check", commands, WindowCommand.ACCEPT_CHANGE);
    accept.getStyleClass().add("accent-button");
    Button reject = button("review.reject", "mdi2c-close", commands, WindowCommand.REJECT_CHANGE);
    reject.getStyleClass().add("plain-button");
    all = button("review.all", "mdi2c-check-all", commands, WindowCommand.ACCEPT_ALL);
    all.getStyleClass().add("plain-button");
    steps =
        new HBox(
            6,
            step("review.previous", "mdi2c-chevron-left", commands, WindowCommand.PREVIOUS_CHANGE),
            place,
            step("review.next", "mdi2c-chevron-right", commands, WindowCommand.NEXT_CHANGE));
    steps.setAlignment(Pos.CENTER_LEFT);
    FlowPane buttons = new FlowPane(6, 6, accept, reject, steps, all);
    buttons.setPrefWrapLength(LEAST_WIDTH);
    buttons.setMinHeight(USE_PREF_SIZE);
    getChildren().addAll(words, texts, warning, buttons);
    managedProperty().bind(visibleProperty());
    model.stateProperty().addListener((_, _, now) -> show(now));
    show(model.stateProperty().get());
  }

  /** Builds and styles what a first change would need, while nobody does anything. */
  List<Runnable> laterSteps() {
    return Stream.of(true, false)
        .flatMap(isRewriting ->
            Stream.of(
                unseen(isRewriting, this::applyCss),
                unseen(
                    isRewriting,
                    () -> {
                      autosize();
                      layout();
                    })))
        .toList();
  }

  /** Does something to it while there is a sample in it, but it is not seen. */
  private Runnable unseen(boolean isRewriting, Runnable step) {
    Edit sample = new Edit(new TextRange(0, 1), "a ", "b", "c", Set.of(Guard.NUMBER), isRewriting);
    return Unseen.step(
        this,
        () -> {
          fill(new Review.Current(1, sample), 2, true, false);
          step.run();
        });
  }

  /**
   * Does what a key says while a change is being looked at, wherever the keyboard is.
   *
   * @return whether the key was one of the bar's
   */
  public boolean press(KeyEvent event, Commands commands) {
    return isVisible() && commands.press(event, Command.Place.REVIEW);
  }

  private Button button(String key, String icon, Commands commands, WindowCommand command) {
    Button button = new Button(messages.get(key), new FontIcon(icon));
    button.setId(key.replace('.', '-'));
    Tooltip told = new Tooltip();
    told.textProperty().bind(commands.keymap().told(messages.get(key + ".told"), command));
    button.setTooltip(told);
    button.setOnAction(_ -> commands.run(command));
    button.setMinWidth(Region.USE_PREF_SIZE);
    return button;
  }

  private Button step(String key, String icon, Commands commands, WindowCommand command) {
    Button button = button(key, icon, commands, command);
    button.setText(null);
    button.setAccessibleText(messages.get(key));
    button.getStyleClass().addAll("plain-button", "icon-only");
    return button;
  }

  private void show(PanelState state) {
    Optional<Review.State> review =
        switch (state) {
          case PanelState.Proposed proposed -> proposed.review();
          case PanelState.Working working -> working.review();
          default -> Optional.empty();
        };
    boolean isConfirming = state instanceof PanelState.Proposed proposed && proposed.confirming();
    Optional<Review.Current> current = review.flatMap(Review.State::current);
    setVisible(current.isPresent());
    if (current.isEmpty()) {
      told = "";
      return;
    }
    int total = review.get().total();
    fill(current.get(), total, review.get().acceptsAll(), isConfirming);
    tell(current.get(), total);
  }

  private void fill(Review.Current current, int total, boolean acceptsAll, boolean isConfirming) {
    Edit change = current.edit();
    show(words, !change.isRewriting());
    show(texts, change.isRewriting());
    if (change.isRewriting()) {
      texts.show(change.before(), change.after());
    } else {
      showWords(line(change));
    }
    boolean isOnlyOne = change.isRewriting() && total == 1;
    show(steps, !isOnlyOne);
    show(all, !isOnlyOne);
    place.setText(messages.get("review.place", current.number(), total));
    String kind = change.isRewriting() ? "guard.lost." : "guard.";
    Stream<String> guards =
        change.guards().stream().sorted().map(guard -> messages.get(kind + guard.name()));
    Stream<String> question =
        isConfirming ? Stream.of(messages.get("review.confirm")) : Stream.empty();
    String told = Stream.concat(guards, question).collect(Collectors.joining(" "));
    warning.setText(told);
    show(warning, !told.isEmpty());
    all.setDisable(!acceptsAll);
  }

  private void showWords(StyledLine line) {
    double height = line.text().length() > ONE_LINE ? 2 * LINE : LINE;
    words.setMinHeight(height);
    words.setPrefHeight(height);
    words.setMaxHeight(height);
    words.show(List.of(line));
  }

  private static void show(Region node, boolean isShown) {
    node.setVisible(isShown);
    node.setManaged(isShown);
  }

  /** Says aloud what the bar shows, once for each change. */
  private void tell(Review.Current current, int total) {
    Edit change = current.edit();
    String sentence =
        messages.get(
            change.before().isBlank()
                ? "review.told.insertion"
                : change.after().isBlank() ? "review.told.deletion" : "review.told.change",
            current.number(),
            total,
            change.before(),
            change.after());
    if (!sentence.equals(told)) {
      told = sentence;
      place.setAccessibleText(sentence);
      place.notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
    }
  }

  private static StyledLine line(Edit change) {
    List<StyledLine.Run> runs = new ArrayList<>();
    add(runs, change.lead(), "");
    add(runs, change.before(), "deleted");
    if (!change.before().isEmpty() && !change.after().isEmpty()) {
      add(runs, " ", "");
    }
    add(runs, change.after(), "inserted");
    return StyledLine.paragraph(runs, "");
  }

  private static void add(List<StyledLine.Run> runs, String text, String style) {
    if (!text.isEmpty()) {
      runs.add(new StyledLine.Run(text.replace("\n", "\u00B6 "), style));
    }
  }
}
