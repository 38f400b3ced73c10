package org.qalam.ui.assistant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.assist.Action;
import org.qalam.assist.Assistant;
import org.qalam.assist.Interrupted;
import org.qalam.task.UiThread;
import org.qalam.ui.keys.Commands;
import org.qalam.ui.keys.Keymap;
import org.qalam.ui.keys.WindowCommand;
import org.qalam.ui.palette.Offer;
import org.qalam.ui.settings.AddModelPane;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.WrappedText;

/**
 * The side panel: actions, what is under way, the answer, the history. It binds to {@link
 * AssistantViewModel} and decides nothing itself. Confined to the JavaFX thread.
 */
@UiThread
public final class AssistantView extends VBox {
  static final String STYLESHEET =
      Objects.requireNonNull(AssistantView.class.getResource("assistant.css"), "assistant.css")
          .toExternalForm();

  /** Height of the history's title and one entry. */
  private static final double PAST = 104;

  /** About as large as a card is with some lines in it, in pixels. */
  private static final double CARD_WIDTH = 320;

  private static final double CARD_HEIGHT = 400;

  /** From this height on there is room for a card and the history. */
  private static final double TALL = 620;

  private final Messages messages = Messages.of(AssistantView.class);
  private final Phrases phrases = new Phrases(messages);
  private final AssistantViewModel model;
  private final Keymap keymap;
  private final InstructionBox instruction;
  private final ActionTiles tiles;
  private final WrappedText subject = new WrappedText();
  private final WrappedText warning = new WrappedText();
  private final Label notice = new Label();
  private final WorkCard work;
  private final AnswerCard answer;
  private final FailureCard failure;
  private final UnfinishedCard unfinished;
  private final ActionsMenu menu;
  private final ReviewBar reviewBar;
  private final HistoryList history;
  private final VBox past;

  /**
   * @param commands gets what the panel and its bar do
   * @param openModels shows the page of models
   */
  public AssistantView(AssistantViewModel model, Commands commands, Runnable openModels) {
    this.model = model;
    this.keymap = commands.keymap();
    this.instruction = new InstructionBox(model, messages);
    this.tiles = new ActionTiles(model, messages, this::showActionsAt);
    this.work = new WorkCard(model, commands.keymap(), phrases, messages);
    this.answer = new AnswerCard(model, commands.keymap(), phrases, messages);
    this.failure = new FailureCard(model, phrases, messages, openModels);
    this.unfinished = new UnfinishedCard(model, phrases, messages);
    this.menu = new ActionsMenu(model, commands.keymap(), phrases, messages);
    this.reviewBar = new ReviewBar(model, commands, messages);
    commands.on(WindowCommand.PAUSE, model::pauseOrResume);
    commands.on(WindowCommand.NEXT_VERSION, model::nextVariant);
    commands.on(WindowCommand.PREVIOUS_VERSION, model::previousVariant);
    getStyleClass().add("assistant-view");
    getStylesheets().add(STYLESHEET);
    setAccessibleText(messages.get("panel"));

    VBox asking = new VBox(tiles, instruction, about());
    asking.getStyleClass().add("asking");
    asking.setMinHeight(USE_PREF_SIZE);
    tiles.disableProperty().bind(isAwaited());
    VBox noModel = noModel();
    VBox off = off();
    Label historyTitle = new Label(messages.get("history"));
    historyTitle.getStyleClass().add("section");
    history = new HistoryList(model, phrases, messages);
    past = new VBox(historyTitle, history);
    past.getStyleClass().add("past");
    past.setMinHeight(PAST);
    past.setPrefHeight(PAST);
    VBox.setVgrow(history, Priority.ALWAYS);
    VBox.setVgrow(past, Priority.ALWAYS);
    getChildren().addAll(asking, noModel, off, work, answer, failure, unfinished, past);

    ObservableValue<PanelState> state = model.stateProperty();
    showIn(PanelState.Off.class, off);
    showIn(PanelState.NoModel.class, noModel);
    showWhile(
        asking,
        state.map(now -> !(now instanceof PanelState.Off) && !(now instanceof PanelState.NoModel)));
    showIn(PanelState.Working.class, work);
    showIn(PanelState.Proposed.class, answer);
    showIn(PanelState.Failed.class, failure);
    showUnfinished();
    past.managedProperty().bind(past.visibleProperty());
    showPast();
    model.stateProperty().addListener((_, _, now) -> show(now));
    model.history().problemProperty().addListener((_, _, _) -> show(model.stateProperty().get()));
    show(model.stateProperty().get());
    addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
  }

  private void showUnfinished() {
    ObservableValue<Optional<Interrupted>> found = model.resumption().foundProperty();
    found.addListener((_, _, now) -> unfinished.show(now));
    unfinished.show(found.getValue());
    showWhile(
        unfinished,
        Bindings.createBooleanBinding(
            () ->
                found.getValue().isPresent()
                    && switch (model.stateProperty().get()) {
                      case PanelState.Idle _, PanelState.Failed _, PanelState.Proposed _ -> true;
                      default -> false;
                    },
            found,
            model.stateProperty()));
  }

  private void showPast() {
    BooleanBinding hasRoom =
        Bindings.createBooleanBinding(
            () -> model.stateProperty().get() instanceof PanelState.Idle || getHeight() > TALL,
            model.stateProperty(),
            heightProperty());
    past.visibleProperty()
        .bind(
            Bindings.isNotEmpty(history.getItems())
                .and(model.models().enabledProperty())
                .and(hasRoom));
  }

  /** What the actions apply to, how long they take, what just happened. */
  private HBox about() {
    subject.setId("subject");
    subject.getStyleClass().add("muted");
    warning.setId("warning");
    warning.getStyleClass().add("amber");
    notice.setId("notice");
    notice.getStyleClass().add("notice");
    notice.setGraphic(new FontIcon("mdi2c-check"));
    VBox told = new VBox(subject, warning, notice);
    told.getStyleClass().add("told");
    HBox.setHgrow(told, Priority.ALWAYS);
    ProposalChoice proposals = new ProposalChoice(model.proposalCount(), messages);
    HBox about = new HBox(told, proposals);
    about.getStyleClass().add("about");
    showWhile(about, isAwaited().map(awaited -> !awaited));
    instruction.onMode(() -> {
      boolean changes = instruction.mode() == InstructionBox.Mode.CHANGE;
      proposals.setVisible(changes);
      proposals.setManaged(changes);
      tellSubject();
    });
    model.proposalCount().wantedProperty().addListener((_, _, _) -> tellSubject());
    model.watch().subjectProperty().addListener((_, _, _) -> tellSubject());
    model.watch().estimateProperty().addListener((_, _, _) -> tellSubject());
    model.noticeProperty().addListener((_, _, _) -> tellNotice());
    tellSubject();
    tellNotice();
    return about;
  }

  /** Whether the first answer to a request is awaited. */
  private ObservableValue<Boolean> isAwaited() {
    return model.stateProperty().map(PanelState.Working.class::isInstance);
  }

  private void tellSubject() {
    InstructionBox.Mode mode = instruction.mode();
    if (mode != InstructionBox.Mode.CHANGE) {
      boolean isAll = mode == InstructionBox.Mode.ASK_NOTES;
      subject.setText(messages.get(isAll ? "subject.asked.notes" : "subject.asked"));
      warning.setVisible(false);
      warning.setManaged(false);
      return;
    }
    Optional<Assistant.Estimate> estimate = model.watch().estimateProperty().get();
    Subject now = model.watch().subjectProperty().get();
    String proposals =
        phrases.proposals(model.proposalCount(), model.watch().considered(), now.range().length());
    String time =
        estimate
            .map(known ->
                phrases.estimate(
                    known,
                    model.proposalCount().of(model.watch().considered(), now.range().length())))
            .orElse("");
    subject.setText(phrases.joined(phrases.subject(now), proposals, time));
    Optional<String> tooLong = estimate.filter(known -> !known.fits()).map(phrases::tooLong);
    warning.setText(tooLong.orElse(""));
    warning.setVisible(tooLong.isPresent());
    warning.setManaged(tooLong.isPresent());
  }

  private void tellNotice() {
    Optional<AssistantViewModel.Notice> now =
        model.noticeProperty().get().filter(what -> what != AssistantViewModel.Notice.COPIED);
    notice.setText(now.map(what -> messages.get("notice." + what.name())).orElse(""));
    notice.setVisible(now.isPresent());
    notice.setManaged(now.isPresent());
  }

  private VBox noModel() {
    Label title = new Label(messages.get("no-model"), new FontIcon("mdi2f-feather"));
    title.getStyleClass().add("empty-title");
    VBox box =
        new VBox(
            title, new WrappedText(messages.get("no-model.why")), new AddModelPane(model.models()));
    box.setId("no-model");
    box.getStyleClass().addAll("card", "empty");
    return box;
  }

  private VBox off() {
    Label title = new Label(messages.get("off"), new FontIcon("mdi2p-power-sleep"));
    title.getStyleClass().add("empty-title");
    Button on = new Button(messages.get("off.turn-on"));
    on.setId("turn-on");
    on.getStyleClass().add("plain-button");
    on.setOnAction(_ -> model.models().setEnabled(true));
    WrappedText why = new WrappedText(messages.get("off.why"));
    why.getStyleClass().add("muted");
    VBox box = new VBox(title, why, new HBox(on));
    box.setId("off");
    box.setAlignment(Pos.TOP_LEFT);
    box.getStyleClass().addAll("card", "empty");
    return box;
  }

  private void show(PanelState state) {
    switch (state) {
      case PanelState.Working working -> work.show(working);
      case PanelState.Proposed proposed -> answer.show(proposed);
      case PanelState.Failed failed -> failure.show(failed);
      case PanelState.Idle _, PanelState.NoModel _, PanelState.Off _ -> {}
    }
  }

  private static void showWhile(Region node, ObservableValue<Boolean> shown) {
    node.visibleProperty().bind(shown);
    node.managedProperty().bind(shown);
  }

  private void showIn(Class<? extends PanelState> state, Region card) {
    showWhile(card, model.stateProperty().map(state::isInstance));
  }

  private void keyPressed(KeyEvent event) {
    if (event.getCode() == KeyCode.ESCAPE && model.escape()) {
      event.consume();
    }
  }

  /** The change that is being looked at, to stand below the text. */
  public ReviewBar reviewBar() {
    return reviewBar;
  }

  /** A bar beside what is selected, to be laid over the window's content. */
  public SelectionBar selectionBar(SelectionBar.Surroundings surroundings) {
    return new SelectionBar(model, phrases, messages, surroundings);
  }

  /** The menu of actions, to be laid over the window's content. */
  public ActionsMenu menu() {
    return menu;
  }

  /** Opens the menu of actions at a place on the screen, such as below the selection. */
  public void showActionsAt(double screenX, double screenY) {
    showMenuAt(Optional.empty(), screenX, screenY);
  }

  /** Opens the menu at a place on the screen where the language of an action is to be chosen. */
  public void showLanguagesAt(Action action, double screenX, double screenY) {
    showMenuAt(Optional.of(action), screenX, screenY);
  }

  private void showMenuAt(Optional<Action> action, double screenX, double screenY) {
    if (model.models().enabledProperty().get() && menu.getScene() != null) {
      menu.openAt(screenX, screenY, action);
    }
  }

  /**
   * All actions as commands, the writer's own ones as they were last read.
   *
   * @param show is called before one is run, to have this panel seen
   */
  public List<Offer> commands(Runnable show) {
    return new ActionCommands(model, keymap, phrases, messages, show).all();
  }

  /** The id that an action has among the commands. */
  public static String commandId(Action action) {
    return ActionCommands.id(action);
  }

  /** What is typed as the writer's own words to the model; empty where they cannot be said. */
  public Optional<Offer> inWords(String typed, Runnable show) {
    return new ActionCommands(model, keymap, phrases, messages, show).inWords(typed);
  }

  /**
   * Has the writer's own actions read anew.
   *
   * @param changed called if there are others than before
   */
  public void lookForActions(Runnable changed) {
    menu.lookForActions(changed);
  }

  /** Builds and styles what is not on show yet, while nobody does anything. */
  public List<Runnable> laterSteps() {
    List<Runnable> steps = new ArrayList<>(menu.laterSteps());
    steps.addAll(unseen(PanelState.Working.class, work, work::rehearse));
    steps.addAll(unseen(PanelState.Proposed.class, answer, answer::rehearse));
    steps.addAll(reviewBar.laterSteps());
    steps.add(this::rehearsePast);
    // The first time of day that is told loads the language's calendar.
    steps.add(() -> {
      String _ = phrases.time(Instant.now());
    });
    return steps;
  }

  /**
   * Styles a card, and lays it out, as if it were on show.
   *
   * @param sample fills the card, does with it what it is given, and empties it
   */
  private List<Runnable> unseen(
      Class<? extends PanelState> state, Region card, Consumer<Runnable> sample) {
    return Stream.<Runnable>of(
            card::applyCss,
            () -> {
              card.resize(CARD_WIDTH, CARD_HEIGHT);
              card.layout();
            })
        .<Runnable>map(step ->
            () -> {
              if (!card.isVisible()) {
                card.visibleProperty().unbind();
                card.setVisible(true);
                sample.accept(step);
                showIn(state, card);
              }
            })
        .toList();
  }

  private void rehearsePast() {
    if (!past.isVisible() && history.getItems().isEmpty()) {
      past.visibleProperty().unbind();
      past.setVisible(true);
      history.rehearse();
      showPast();
    }
  }

  /** Takes up the files of the writer's own actions as they are now. */
  public void readOwnActions() {
    menu.lookForActions();
  }

  /** An action's name for people. */
  public String actionName(Action action) {
    return phrases.name(action);
  }

  /** An action's name, by its id. */
  public String actionName(String id) {
    return phrases.actionNamed(id);
  }

  /** Puts the keyboard into the box, for words on what is to be done. */
  public void focusInstruction() {
    instruction.focusText(InstructionBox.Mode.CHANGE);
  }

  /** Puts the keyboard into the box, for a question about the text. */
  public void focusQuestion() {
    instruction.focusText(InstructionBox.Mode.ASK);
  }

  /** Puts the keyboard into the box, for a question about all documents. */
  public void focusQuestionToAll() {
    instruction.focusText(InstructionBox.Mode.ASK_NOTES);
  }
}
