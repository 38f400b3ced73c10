package org.qalam.ui.window;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.task.UiThread;
import org.qalam.ui.actions.OwnActionsView;
import org.qalam.ui.keys.KeyField;
import org.qalam.ui.keys.ShortcutsView;
import org.qalam.ui.proof.ProofCard;
import org.qalam.ui.proof.ProofViewModel;
import org.qalam.ui.settings.ModelsView;
import org.qalam.ui.settings.ModelsViewModel;
import org.qalam.ui.text.Messages;

/**
 * The settings over the dimmed window: the look, spelling and grammar and the models, own actions,
 * keys; a page each. It is built with the window and kept, since building and styling it takes four
 * frames; what is not on show first is laid out when nobody does anything. Confined to the JavaFX
 * thread.
 */
@UiThread
final class SettingsDialog extends StackPane {
  private static final double WIDTH = 640;
  private static final double HEIGHT = 620;

  /** Of the page of actions, which has two columns. */
  private static final double WIDE = 860;

  private static final double HIGH = 700;

  /** Of a page that is laid out before it is seen: it grows from this by some rows at a time. */
  private static final double LEAST = 120;

  private static final double ROWS = 20;

  /** What is on show, in the order of the buttons above. */
  enum Page {
    MODELS,
    ACTIONS,
    KEYS
  }

  private final ModelsViewModel models;
  private final Messages messages;
  private final ComboBox<Theme.Choice> theme = new ComboBox<>();
  private final CheckBox bar = new CheckBox();
  private final Button close;
  private final VBox dialog;
  private final ToggleGroup buttons = new ToggleGroup();
  private final Map<Page, Node> pages = new EnumMap<>(Page.class);
  private final OwnActionsView actions;
  private Page chosen = Page.MODELS;
  private @Nullable Node focusedBefore;

  SettingsDialog(
      ModelsViewModel models,
      ProofViewModel proof,
      OwnActionsView actions,
      ShortcutsView keys,
      Messages messages) {
    this.models = models;
    this.actions = actions;
    this.messages = messages;
    getStyleClass().add("overlay");
    setVisible(false);
    Label title = new Label(messages.get("settings.title"));
    title.getStyleClass().add("dialog-title");
    close = new Button(null, new FontIcon("mdi2c-close"));
    close.getStyleClass().add("tool");
    close.setId("settings-close");
    close.setTooltip(new Tooltip(messages.get("dismiss")));
    close.setAccessibleText(messages.get("dismiss"));
    close.setOnAction(_ -> close());
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    HBox tabs = new HBox(tab(Page.MODELS), tab(Page.ACTIONS), tab(Page.KEYS));
    tabs.getStyleClass().add("tabs");
    HBox head = new HBox(18, title, tabs, space, close);
    head.setAlignment(Pos.CENTER_LEFT);
    ModelsView page = new ModelsView(models);
    page.addFirst(messages.get("settings.proof"), new ProofCard(proof));
    VBox.setVgrow(page, Priority.ALWAYS);
    pages.put(Page.MODELS, new VBox(14, appearance(), page));
    pages.put(Page.ACTIONS, actions);
    pages.put(Page.KEYS, keys);
    StackPane shown = new StackPane();
    shown.getChildren().setAll(pages.values());
    shown.setMinHeight(0);
    VBox.setVgrow(shown, Priority.ALWAYS);
    dialog = new VBox(head, shown);
    dialog.getStyleClass().add("dialog");
    dialog.getStylesheets().add(ModelsView.STYLESHEET);
    getChildren().add(dialog);
    turnTo(Page.MODELS);
    setOnMousePressed(event -> {
      if (equals(event.getTarget())) {
        close();
      }
    });
  }

  private ToggleButton tab(Page page) {
    ToggleButton tab = new ToggleButton(messages.get("settings." + page));
    tab.setId("settings-" + page.name().toLowerCase(Locale.ROOT));
    tab.getStyleClass().setAll("tab-button");
    tab.setToggleGroup(buttons);
    tab.setUserData(page);
    tab.setOnAction(_ -> turnTo(page));
    return tab;
  }

  /** Turns to a page. */
  void turnTo(Page page) {
    chosen = page;
    show(page);
    if (page == Page.ACTIONS) {
      actions.arrive();
    }
  }

  private void show(Page page) {
    buttons.getToggles().forEach(tab -> tab.setSelected(page.equals(tab.getUserData())));
    pages.forEach((one, node) -> {
      node.setVisible(one == page);
      node.setManaged(one == page);
    });
    dialog.setMaxSize(page == Page.ACTIONS ? WIDE : WIDTH, page == Page.ACTIONS ? HIGH : HEIGHT);
  }

  /**
   * Ends what the keyboard is in the middle of.
   *
   * @return whether that was all, so that the settings stay
   */
  boolean back() {
    return getScene().getFocusOwner() instanceof KeyField field && field.cancel();
  }

  private HBox appearance() {
    theme.getItems().addAll(Theme.Choice.values());
    theme.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(Theme.Choice value) {
            return messages.get("theme." + value.setting());
          }

          @Override
          public Theme.Choice fromString(String text) {
            throw new UnsupportedOperationException("the list is not edited");
          }
        });
    Label look = new Label(messages.get("settings.theme"));
    look.setLabelFor(theme);
    bar.setText(messages.get("settings.bar"));
    bar.setId("selection-bar-wanted");
    HBox appearance = new HBox(look, theme, bar);
    appearance.getStyleClass().add("setting");
    appearance.setAlignment(Pos.CENTER_LEFT);
    return appearance;
  }

  /** Lets the writer choose the look. */
  void choose(ObjectProperty<Theme.Choice> choice) {
    theme.valueProperty().bindBidirectional(choice);
  }

  /** Lets the writer choose whether a bar comes beside what is selected. */
  void chooseBar(BooleanProperty wanted) {
    bar.selectedProperty().bindBidirectional(wanted);
  }

  /** Styles and measures its first page while the window opens; to be called in the scene. */
  void prepare() {
    setVisible(true);
    applyCss();
    layout();
    setVisible(false);
  }

  /** The other pages, a few of their rows at a time; they are not seen meanwhile. */
  List<Runnable> laterSteps() {
    List<Runnable> steps = new ArrayList<>();
    for (Page page : List.of(Page.KEYS, Page.ACTIONS)) {
      steps.add(unseen(() -> show(page)));
      steps.add(unseen(this::applyCss));
      for (double height = LEAST; height <= HIGH; height += ROWS) {
        double grown = height;
        steps.add(unseen(() -> layOut(grown)));
      }
    }
    return steps;
  }

  private Runnable unseen(Runnable step) {
    return () -> {
      if (!isVisible()) {
        setVisible(true);
        step.run();
        setVisible(false);
      }
    };
  }

  private void layOut(double height) {
    dialog.setMaxHeight(height);
    applyCss();
    layout();
  }

  /** Opens and closes its list before anything is drawn (see {@link WindowView#rehearse()}). */
  void rehearse() {
    setVisible(true);
    theme.show();
    theme.hide();
    setVisible(false);
  }

  /** Shows it with the models as they are now. */
  void open() {
    if (!isVisible()) {
      focusedBefore = getScene().getFocusOwner();
      models.refresh();
      show(chosen);
      setVisible(true);
    }
    close.requestFocus();
  }

  /** Hides it; the keyboard goes back to where it was. */
  void close() {
    setVisible(false);
    if (focusedBefore != null) {
      focusedBefore.requestFocus();
    }
    focusedBefore = null;
  }
}
