package org.qalam.ui.assistant;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.css.PseudoClass;
import javafx.geometry.NodeOrientation;
import javafx.geometry.Point2D;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.assist.Action;
import org.qalam.ui.assistant.ActionRows.Row;
import org.qalam.ui.keys.Keymap;
import org.qalam.ui.palette.FilterBox;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.Unseen;

/**
 * The menu of actions at the selection, under headings: type to filter, arrows to choose, Enter to
 * run; an action that needs a language shows the languages next. What matches no action is taken as
 * the writer's own words. It lies over the window's content and is a part of it: a window of its
 * own is styled anew from its root each time that it opens, which holds the JavaFX thread up
 * (docs/decisions/0072). Confined to the JavaFX thread.
 */
public final class ActionsMenu extends FilterBox<Row> {
  private static final double WIDTH = 300;
  private static final double ROW = 32;
  private static final int MOST_ROWS = 14;

  /** What stays free between the menu and the window's edge. */
  private static final double EDGE = 8;

  private final AssistantViewModel model;
  private final Messages messages;
  private final ActionRows known;
  private final Keymap keymap;

  /** The action whose language is being chosen. */
  private Optional<Action> choosing = Optional.empty();

  /** Where it was asked for: the caret's foot, in this layer. */
  private Point2D place = Point2D.ZERO;

  ActionsMenu(AssistantViewModel model, Keymap keymap, Phrases phrases, Messages messages) {
    super("actions-menu", "actions", ROW, messages.get("menu.prompt"), messages.get("menu.list"));
    this.model = model;
    this.messages = messages;
    this.known = new ActionRows(phrases, messages);
    this.keymap = keymap;
    keymap.showActions(model.actions());
    getStylesheets().add(AssistantView.STYLESHEET);
    box.setPrefWidth(WIDTH);
    list.setCellFactory(_ -> new RowCell());
    install();
    filter.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
    filter.textProperty().addListener((_, _, text) -> filter(text));
    filter("");
  }

  /**
   * Opens it at the foot of a caret on the screen, or takes it there; everything inside the window.
   *
   * @param action whose language is to be chosen at once; empty for all actions
   */
  void openAt(double screenX, double screenY, Optional<Action> action) {
    place = screenToLocal(screenX, screenY);
    choose(action);
    lookForActions();
    open();
  }

  /** Has the writer's own actions read anew, gives them their keys, and shows them. */
  void lookForActions() {
    lookForActions(() -> {});
  }

  /** The same for others who show them too, and hear of it where they have changed. */
  void lookForActions(Runnable changed) {
    model.readOwnActions(() -> {
      keymap.showActions(model.actions());
      filter(filter.getText());
      changed.run();
    });
  }

  /** Goes from the languages back to the actions, or closes it. */
  public void back() {
    if (choosing.isPresent()) {
      choose(Optional.empty());
    } else {
      close();
    }
  }

  /** Styles and measures it before it is first asked for, while nobody does anything. */
  List<Runnable> laterSteps() {
    return List.of(Unseen.step(box, this::applyCss), Unseen.step(box, this::layout));
  }

  @Override
  protected void layoutChildren() {
    double around = box.prefHeight(WIDTH) - list.prefHeight(WIDTH);
    double free = getHeight() > 0 ? getHeight() - around - 2 * EDGE - 2 : MOST_ROWS * ROW;
    int most = (int) Math.clamp(free / ROW, 2, MOST_ROWS);
    list.setPrefHeight(Math.clamp(rows.size(), 1, most) * ROW + 2);
    box.autosize();
    double below = getHeight() - place.getY();
    double y =
        below >= box.getHeight() + EDGE ? place.getY() : getHeight() - box.getHeight() - EDGE;
    boolean mirrored = getEffectiveNodeOrientation() == NodeOrientation.RIGHT_TO_LEFT;
    double x = mirrored ? place.getX() - box.getWidth() : place.getX();
    double right = Math.max(EDGE, getWidth() - box.getWidth() - EDGE);
    box.relocate(snapPositionX(Math.clamp(x, EDGE, right)), snapPositionY(Math.max(EDGE, y)));
  }

  private void filter(String typed) {
    List<Row> found =
        choosing
            .map(action -> known.languages(action, typed))
            .orElseGet(() -> known.of(model.actions(), problems(), typed));
    fill(found);
    selectFirst();
    requestLayout();
  }

  private List<String> problems() {
    return Stream.concat(
            model.actionProblems().stream(),
            model.actions().stream().flatMap(action -> keyProblem(action).stream()))
        .toList();
  }

  /** Why the keys in an own action's file do nothing, or not what is written there. */
  private Optional<String> keyProblem(Action action) {
    return keymap
        .bindings()
        .problem(action)
        .map(problem -> messages.get("keys." + problem.name(), action.id(), action.shortcut()));
  }

  private void selectFirst() {
    list.getSelectionModel().clearSelection();
    move(1);
    list.scrollTo(0);
  }

  /** The languages of an action instead of the actions, or with nothing the actions again. */
  private void choose(Optional<Action> action) {
    choosing = action;
    filter.setPromptText(messages.get(action.isPresent() ? "menu.language" : "menu.prompt"));
    filter.clear();
    filter("");
  }

  private void keyPressed(KeyEvent event) {
    switch (event.getCode()) {
      case DOWN -> move(1);
      case UP -> move(-1);
      case ENTER -> run(list.getSelectionModel().getSelectedItem());
      case ESCAPE -> back();
      default -> {
        return;
      }
    }
    event.consume();
  }

  /** Selects the next row that can be chosen, round the ends; the one before with -1. */
  private void move(int step) {
    int at = list.getSelectionModel().getSelectedIndex();
    for (int tried = 0; tried < rows.size(); tried++) {
      at = Math.floorMod(at + step, rows.size());
      if (rows.get(at).isChoice()) {
        list.getSelectionModel().select(at);
        // The heading above the first one is to be seen too.
        list.scrollTo(at == 1 ? 0 : at);
        return;
      }
    }
  }

  private void run(@Nullable Row row) {
    switch (row) {
      case ActionRows.Run(Action action, _) -> {
        close();
        model.run(action);
      }
      case ActionRows.Into(Action action, Locale language, _) -> {
        close();
        model.run(action, language);
      }
      case ActionRows.Words(_, String words, _) -> {
        close();
        model.instruct(words);
      }
      case ActionRows.Choose(Action action, _) -> choose(Optional.of(action));
      case ActionRows.Heading _, ActionRows.Problem _ -> {}
      case null -> {}
    }
  }

  private final class RowCell extends ListCell<Row> {
    private static final PseudoClass HEADING = PseudoClass.getPseudoClass("heading");
    private static final PseudoClass PROBLEM = PseudoClass.getPseudoClass("problem");
    private final FontIcon icon = new FontIcon();

    RowCell() {
      setOnMouseClicked(_ -> run(getItem()));
      // Not when the menu opens below a pointer that rests: Enter then runs what is first.
      setOnMouseMoved(_ -> {
        if (getItem() != null && getItem().isChoice()) {
          list.getSelectionModel().select(getItem());
        }
      });
      setPrefWidth(1);
    }

    @Override
    protected void updateItem(@Nullable Row row, boolean isEmpty) {
      super.updateItem(row, isEmpty);
      pseudoClassStateChanged(HEADING, row instanceof ActionRows.Heading);
      pseudoClassStateChanged(PROBLEM, row instanceof ActionRows.Problem);
      setText(isEmpty || row == null ? null : row.text());
      setTooltip(row instanceof ActionRows.Problem problem ? new Tooltip(problem.text()) : null);
      Optional<String> literal = isEmpty ? Optional.empty() : icon(row);
      literal.ifPresent(name -> ActionIcons.show(icon, name));
      setGraphic(literal.isPresent() ? icon : null);
    }

    private static Optional<String> icon(@Nullable Row row) {
      return switch (row) {
        case ActionRows.Run(Action action, _) -> Optional.of(action.icon());
        case ActionRows.Choose(Action action, _) -> Optional.of(action.icon());
        case ActionRows.Into(Action action, _, _) -> Optional.of(action.icon());
        case ActionRows.Words(Action action, _, _) -> Optional.of(action.icon());
        case ActionRows.Problem _ -> Optional.of("mdi2a-alert-outline");
        case ActionRows.Heading _ -> Optional.empty();
        case null -> Optional.empty();
      };
    }
  }
}
