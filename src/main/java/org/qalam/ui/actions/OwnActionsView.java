package org.qalam.ui.actions;

import java.util.Objects;
import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.geometry.NodeOrientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.task.UiThread;
import org.qalam.ui.assistant.ActionIcons;
import org.qalam.ui.keys.ShortcutsView;
import org.qalam.ui.keys.ShortcutsViewModel;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.NodeCell;
import org.qalam.ui.text.OneLineText;
import org.qalam.ui.text.TextAreaWrapping;
import org.qalam.ui.text.WrappedText;

/**
 * The page of own actions: the list of them, and the chosen one as a form or as text. It binds to
 * {@link OwnActionsViewModel}. Confined to the JavaFX thread.
 */
@UiThread
public final class OwnActionsView extends VBox {
  private static final String STYLESHEET =
      Objects.requireNonNull(OwnActionsView.class.getResource("actions.css"), "actions.css")
          .toExternalForm();

  private static final double LIST_WIDTH = 212;

  private final OwnActionsViewModel model;
  private final Messages messages = Messages.of(OwnActionsView.class);
  private final ListView<Row> list;
  private final ActionForm form;
  private final ScrollPane formScroll;
  private final TextArea text = new TextArea();
  private final WrappedText textProblem = new WrappedText();
  private final VBox textPage;
  private final StartPage start;
  private final VBox below;
  private final Button save;
  private final Button drop;
  private final Button asText;
  private final WrappedText state = new WrappedText();
  private final HBox tools;
  private final NoticeLine notice;
  private final ActionFileChooser chooser;

  private boolean isFilling;

  /** While the list follows the model it chooses nothing. */
  private boolean isFollowing;

  /**
   * @param starts what new actions can begin with
   */
  public OwnActionsView(
      OwnActionsViewModel model, ShortcutsViewModel shortcuts, StartPage.Starts starts) {
    this.model = model;
    this.chooser = new ActionFileChooser(model, this, messages);
    getStyleClass().add("own-actions-view");
    getStylesheets().addAll(ShortcutsView.STYLESHEET, STYLESHEET);
    list = new ListView<>(model.rows());
    form = new ActionForm(model, shortcuts, messages);
    formScroll = new ScrollPane(form);
    formScroll.setFitToWidth(true);
    formScroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    textPage = textPage();
    start = new StartPage(model, starts, messages);
    save = button("save", "accent-button", model::save);
    drop = button("drop", "plain-button", model::drop);
    asText = button("as-text", "link-button", this::turn);
    state.setId("actions-state");
    state.getStyleClass().add("muted");
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    HBox buttons = new HBox(8, asText, gap, drop, save);
    buttons.setAlignment(Pos.CENTER_LEFT);
    below = new VBox(4, state, buttons);
    tools = tools();
    StackPane pages = new StackPane(start, formScroll, textPage);
    VBox.setVgrow(pages, Priority.ALWAYS);
    VBox right = new VBox(10, pages, below);
    HBox.setHgrow(right, Priority.ALWAYS);
    right.setMinWidth(0);
    HBox columns = new HBox(16, left(), right);
    VBox.setVgrow(columns, Priority.ALWAYS);
    notice = new NoticeLine(model, messages);
    getChildren().addAll(columns, notice);
    model.draftProperty().addListener((_, _, _) -> show());
    model.rows().addListener((ListChangeListener<Row>) _ -> follow());
    list.getSelectionModel()
        .selectedItemProperty()
        .addListener((_, _, row) -> {
          if (!isFollowing && row != null) {
            model.choose(row.id());
          }
        });
    show();
  }

  private VBox left() {
    list.setId("own-actions");
    list.setAccessibleText(messages.get("list"));
    list.setCellFactory(_ -> new Cell());
    WrappedText none = new WrappedText(messages.get("list.none"));
    none.getStyleClass().add("muted");
    list.setPlaceholder(none);
    list.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
    VBox.setVgrow(list, Priority.ALWAYS);
    Button begin = button("begin", "plain-button", this::begin);
    begin.setGraphic(new FontIcon("mdi2p-plus"));
    Button take = button("import", "plain-button", chooser::chooseImport);
    HBox above = new HBox(6, begin, take);
    VBox left = new VBox(8, above, list, tools);
    left.setMinWidth(LIST_WIDTH);
    left.setPrefWidth(LIST_WIDTH);
    left.setMaxWidth(LIST_WIDTH);
    return left;
  }

  private HBox tools() {
    return new HBox(
        tool("mdi2a-arrow-up", "up", () -> move(-1)),
        tool("mdi2a-arrow-down", "down", () -> move(1)),
        tool(
            "mdi2c-content-copy",
            "duplicate",
            () -> model.duplicate(name -> messages.get("copy-of", name))),
        tool("mdi2e-export-variant", "export", chooser::chooseExport),
        tool("mdi2d-delete-outline", "delete", model::delete));
  }

  private VBox textPage() {
    text.setId("action-text");
    text.setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT); // its keys are English
    text.getStyleClass().add("file-text");
    text.setAccessibleText(messages.get("text"));
    text.addEventFilter(KeyEvent.KEY_PRESSED, event -> ActionForm.moveOn(text, event));
    TextAreaWrapping.follow(text);
    text.textProperty()
        .addListener((_, _, now) -> {
          if (!isFilling) {
            model.type(now);
          }
        });
    textProblem.setId("text-problem");
    textProblem.getStyleClass().add("amber");
    VBox.setVgrow(text, Priority.ALWAYS);
    return new VBox(8, textProblem, text);
  }

  private Button button(String key, String style, Runnable work) {
    Button button = new Button(messages.get(key));
    button.setId("actions-" + key);
    button.getStyleClass().add(style);
    button.setMinWidth(Region.USE_PREF_SIZE);
    button.setOnAction(_ -> work.run());
    return button;
  }

  private Button tool(String icon, String key, Runnable work) {
    Button button = new Button(null, new FontIcon(icon));
    button.setId("actions-" + key);
    button.getStyleClass().add("tool");
    button.setTooltip(new Tooltip(messages.get(key)));
    button.setAccessibleText(messages.get(key));
    button.setOnAction(_ -> work.run());
    return button;
  }

  private void keyPressed(KeyEvent event) {
    boolean isUsed =
        switch (event.getCode()) {
          case UP, DOWN -> {
            if (event.isAltDown()) {
              move(event.getCode() == KeyCode.UP ? -1 : 1);
            }
            yield event.isAltDown();
          }
          case DELETE -> {
            model.delete();
            yield true;
          }
          default -> false;
        };
    if (isUsed) {
      event.consume();
    }
  }

  private void move(int by) {
    model.draftProperty().get().ifPresent(open -> model.move(open.id(), by));
  }

  /** Shows what a new action can begin with. */
  private void begin() {
    model.chooseNone();
    start.requestFocus();
  }

  private void turn() {
    model.draftProperty().get().ifPresent(open -> model.showAsText(open.isForm()));
  }

  /** Reads the files again; to be called when the page comes to the front. */
  public void arrive() {
    model.refresh();
  }

  private void follow() {
    isFollowing = true;
    try {
      Optional<Row> open =
          model
              .draftProperty()
              .get()
              .flatMap(draft ->
                  model.rows().stream().filter(row -> row.id().equals(draft.id())).findFirst());
      if (open.isPresent()) {
        list.getSelectionModel().select(open.get());
      } else {
        list.getSelectionModel().clearSelection();
      }
    } finally {
      isFollowing = false;
    }
  }

  private String shownId = "";

  private void show() {
    Optional<Draft> draft = model.draftProperty().get();
    boolean isForm = draft.filter(Draft::isForm).isPresent();
    show(start, draft.isEmpty());
    show(formScroll, isForm);
    show(textPage, draft.isPresent() && !isForm);
    show(below, draft.isPresent());
    tools.setDisable(draft.isEmpty());
    draft.ifPresent(open -> {
      if (isForm) {
        form.show(open);
      } else {
        showText(open);
      }
      showState(open);
      boolean isNewcomer = !open.id().equals(shownId) && !open.hasFile();
      shownId = open.id();
      if (isNewcomer) {
        formScroll.setVvalue(0);
        form.focusFirst();
      }
    });
    if (draft.isEmpty()) {
      shownId = "";
    }
    follow();
  }

  private void showText(Draft open) {
    if (!text.getText().equals(open.text())) {
      // What an area leaves out of a text, such as the ends of lines of Windows, is no change.
      isFilling = true;
      text.setText(open.text());
      isFilling = false;
    }
    String problem =
        model.problems().stream()
            .findFirst()
            .map(found -> messages.get("sentence", found.words()))
            .orElse("");
    textProblem.setText(problem);
    show(textProblem, !problem.isEmpty());
  }

  private void showState(Draft open) {
    boolean isReady = model.problems().isEmpty();
    state.setText(
        open.isChanged() ? messages.get(isReady ? "state.changed" : "state.incomplete") : "");
    show(state, open.isChanged());
    save.setDisable(!open.isChanged() || !isReady);
    drop.setDisable(!open.isChanged());
    asText.setText(messages.get(open.isForm() ? "as-text" : "as-form"));
    asText.setDisable(!open.canBeForm());
  }

  private static void show(Node node, boolean isShown) {
    node.setVisible(isShown);
    node.setManaged(isShown);
  }

  private final class Cell extends NodeCell<Row> {
    private static final PseudoClass CHANGED = PseudoClass.getPseudoClass("changed");
    private final FontIcon icon = new FontIcon("mdi2s-star-outline");
    private final OneLineText name = new OneLineText();
    private final FontIcon mark = new FontIcon("mdi2c-circle-medium");
    private final HBox box = new HBox(8, icon, name, mark);

    Cell() {
      box.setAlignment(Pos.CENTER_LEFT);
      HBox.setHgrow(name, Priority.ALWAYS);
    }

    @Override
    protected void updateItem(@Nullable Row row, boolean isEmpty) {
      super.updateItem(row, isEmpty);
      setGraphic(isEmpty || row == null ? null : box);
      if (row != null && !isEmpty) {
        String shown = row.name().isEmpty() ? messages.get("unnamed") : row.name();
        name.setText(shown);
        ActionIcons.show(icon, row.isUsable() ? row.icon() : "mdi2a-alert-outline");
        mark.setVisible(row.isChanged());
        mark.setManaged(row.isChanged());
        pseudoClassStateChanged(CHANGED, !row.isUsable());
        setAccessibleText(
            messages.get(
                row.isUsable() ? (row.isChanged() ? "row.changed" : "row") : "row.broken", shown));
      }
    }
  }
}
