package org.qalam.ui.window;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.qalam.language.InterfaceLanguage;
import org.qalam.task.UiThread;
import org.qalam.ui.actions.OwnActionsView;
import org.qalam.ui.keys.KeyField;
import org.qalam.ui.keys.ShortcutsView;
import org.qalam.ui.privacy.PrivacyCard;
import org.qalam.ui.privacy.PrivacyViewModel;
import org.qalam.ui.proof.ProofCard;
import org.qalam.ui.proof.ProofViewModel;
import org.qalam.ui.settings.ModelsView;
import org.qalam.ui.settings.ModelsViewModel;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.Unseen;

/**
 * The settings over the dimmed window: the look, spelling and grammar and the models, own actions,
 * keys; a page each. A page is part of the scene, whose styles it takes, when it is first turned
 * to, or when nobody does anything: all of them take four frames. Confined to the JavaFX thread.
 */
@UiThread
final class SettingsDialog extends Overlay<StackPane> {
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
    PRIVACY,
    ACTIONS,
    KEYS
  }

  private final ModelsViewModel models;
  private final Messages messages;
  private final ObjectProperty<Theme.Choice> theme =
      new SimpleObjectProperty<>(Theme.Choice.SYSTEM);
  private final ComboBox<InterfaceLanguage> language = new ComboBox<>();
  private final CheckBox bar = new CheckBox();
  private final ToggleGroup buttons = new ToggleGroup();
  private final Map<Page, Node> pages = new EnumMap<>(Page.class);
  private final OwnActionsView actions;
  private final PrivacyCard privacy;
  private Page chosen = Page.MODELS;

  SettingsDialog(
      ModelsViewModel models,
      ProofViewModel proof,
      PrivacyViewModel privacy,
      OwnActionsView actions,
      ShortcutsView keys,
      Messages messages) {
    HBox tabs = new HBox();
    super("settings", messages.get("settings.title"), messages, _ -> new StackPane(), tabs);
    this.models = models;
    this.messages = messages;
    for (Page each : Page.values()) {
      tabs.getChildren().add(tab(each));
    }
    tabs.getStyleClass().add("tabs");
    tabs.setAlignment(Pos.CENTER_LEFT);
    this.privacy = new PrivacyCard(privacy);
    this.actions = actions;
    pages.put(Page.MODELS, modelsPage(proof));
    pages.put(Page.PRIVACY, privacyPage());
    pages.put(Page.ACTIONS, actions);
    pages.put(Page.KEYS, keys);
    content().setMinHeight(0);
    dialog().getStylesheets().add(ModelsView.STYLESHEET);
  }

  private VBox modelsPage(ProofViewModel proof) {
    ModelsView page = new ModelsView(models);
    page.addFirst(messages.get("settings.proof"), new ProofCard(proof));
    VBox.setVgrow(page, Priority.ALWAYS);
    return new VBox(14, appearance(), page);
  }

  private ScrollPane privacyPage() {
    ScrollPane page = new ScrollPane(privacy);
    page.setFitToWidth(true);
    page.getStyleClass().add("privacy-page");
    return page;
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

  /** Asks for a new passphrase. */
  void askForPassphrase() {
    turnTo(Page.PRIVACY);
    open();
    privacy.askForNew();
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
    attach(page);
    buttons.getToggles().forEach(tab -> tab.setSelected(page.equals(tab.getUserData())));
    content()
        .getChildren()
        .forEach(node -> {
          node.setVisible(node.equals(pages.get(page)));
          node.setManaged(node.isVisible());
        });
    dialog().setMaxSize(page == Page.ACTIONS ? WIDE : WIDTH, page == Page.ACTIONS ? HIGH : HEIGHT);
  }

  /** Puts a page into the dialog, if it is not there. */
  private void attach(Page page) {
    Node node = Objects.requireNonNull(pages.get(page));
    if (node.getParent() == null) {
      node.setVisible(false);
      node.setManaged(false);
      content().getChildren().add(node);
    }
  }

  /**
   * Ends what the keyboard is in the middle of.
   *
   * @return whether that was all, so that the settings stay
   */
  boolean back() {
    return getScene().getFocusOwner() instanceof KeyField field && field.cancel();
  }

  /** Names the choices of a list. */
  private static <T> void name(ComboBox<T> list, Function<T, String> names) {
    list.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(T value) {
            return names.apply(value);
          }

          @Override
          public T fromString(String text) {
            throw new UnsupportedOperationException("the list is not edited");
          }
        });
  }

  /** In as many rows as the words of the language take. */
  private FlowPane appearance() {
    language.getItems().addAll(InterfaceLanguage.values());
    language.setId("interface-language");
    name(language, value -> messages.get("language." + value));
    Label spoken = new Label(messages.get("settings.language"));
    spoken.setLabelFor(language);
    Label look = new Label(messages.get("settings.theme"));
    ThemeButtons looks = new ThemeButtons(theme, messages);
    looks.setAccessibleText(look.getText());
    bar.setText(messages.get("settings.bar"));
    bar.setId("selection-bar-wanted");
    FlowPane appearance = new FlowPane(22, 10, named(look, looks), named(spoken, language), bar);
    appearance.setRowValignment(VPos.CENTER);
    return appearance;
  }

  private static HBox named(Label name, Region choice) {
    HBox named = new HBox(name, choice);
    named.getStyleClass().add("setting");
    named.setAlignment(Pos.CENTER_LEFT);
    name.setMinWidth(USE_PREF_SIZE);
    choice.setMinWidth(USE_PREF_SIZE);
    return named;
  }

  /** Lets the writer choose the look. */
  void choose(ObjectProperty<Theme.Choice> choice) {
    theme.bindBidirectional(choice);
  }

  /** Lets the writer choose the language of the interface. */
  void chooseLanguage(ObjectProperty<InterfaceLanguage> choice) {
    language.valueProperty().bindBidirectional(choice);
  }

  /** Lets the writer choose whether a bar comes beside what is selected. */
  void chooseBar(BooleanProperty wanted) {
    bar.selectedProperty().bindBidirectional(wanted);
  }

  /** The pages, a few of their rows at a time. */
  @Override
  List<Runnable> laterSteps() {
    List<Runnable> steps = new ArrayList<>(super.laterSteps());
    for (Page page : List.of(Page.KEYS, Page.PRIVACY, Page.ACTIONS, Page.MODELS)) {
      steps.add(() -> attach(page));
      steps.add(Unseen.step(this, () -> show(page)));
      steps.add(Unseen.step(this, this::applyCss));
      for (double height = LEAST; height <= HIGH; height += ROWS) {
        double grown = height;
        steps.add(Unseen.step(this, () -> layOut(grown)));
      }
    }
    return steps;
  }

  private void layOut(double height) {
    dialog().setMaxHeight(height);
    applyCss();
    layout();
  }

  /** Shows it with the models as they are now. */
  @Override
  void open() {
    if (!isVisible()) {
      models.refresh();
      show(chosen);
    }
    super.open();
  }
}
