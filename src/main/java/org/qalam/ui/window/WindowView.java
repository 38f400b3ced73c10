package org.qalam.ui.window;

import java.util.List;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.geometry.Point2D;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.store.Autosave;
import org.qalam.ui.assistant.AssistantView;
import org.qalam.ui.assistant.AssistantViewModel;
import org.qalam.ui.editor.EditorView;
import org.qalam.ui.library.LibraryView;
import org.qalam.ui.settings.ModelPill;
import org.qalam.ui.settings.ModelsViewModel;
import org.qalam.ui.text.Messages;

/** The window's content: tool bar, documents, editor, panel, status bar. */
public final class WindowView extends StackPane {
  /** Below this width only one of the side columns is shown. */
  private static final double ROOM_FOR_BOTH = 940;

  private static final double LIST_WIDTH = 236;
  private static final double PANEL_WIDTH = 350;

  private final WindowViewModel model;
  private final AssistantViewModel assistant;
  private final ModelsViewModel models;
  private final Messages messages = Messages.of(WindowView.class);
  private final BorderPane frame = new BorderPane();
  private final EditorView editor;
  private final Region listColumn;
  private final Region panelColumn;
  private final LibraryView library;
  private final AssistantView panel;
  private final CheckMenuItem showList;
  private final CheckMenuItem showPanel;
  private final SettingsDialog settings;
  private final TextFiles files;

  /** What has colours, what is seen first in front (see {@link Theme}). */
  private final List<List<Node>> parts;

  private List<MenuButton> menus = List.of();
  private Optional<Theme> theme = Optional.empty();

  public WindowView(WindowViewModel model, AssistantViewModel assistant, ModelsViewModel models) {
    this.model = model;
    this.assistant = assistant;
    this.models = models;
    this.files = new TextFiles(model, this, messages);
    getStyleClass().add("window");
    setStyle("-fx-font-family: '" + Fonts.controls() + "'; -fx-font-size: 14px;");
    editor = new EditorView(model.editor(), Fonts.text(), model::create);
    library = new LibraryView(model.library());
    panel = new AssistantView(assistant, this::showSettings);
    showList = check("view.list", "Shortcut+Shift+L", WindowViewModel.LIST);
    showPanel = check("view.panel", "Shortcut+Shift+A", WindowViewModel.PANEL);
    listColumn = sideColumn(library, LIST_WIDTH);
    panelColumn = sideColumn(panel, PANEL_WIDTH);
    Region backdrop = new Region();
    backdrop.getStyleClass().add("backdrop");
    BorderPane page = new BorderPane(new LayoutBoundary(editor));
    page.setTop(banner());
    page.setBottom(panel.reviewBar());
    BorderPane.setAlignment(panel.reviewBar(), Pos.CENTER);
    BorderPane.setMargin(panel.reviewBar(), new Insets(0, 12, 12, 12));
    page.getStyleClass().add("page");
    frame.setCenter(page);
    Region toolBar = toolBar();
    Region statusBar = new LayoutBoundary(new StatusBar(model, assistant, messages));
    frame.setTop(toolBar);
    frame.setBottom(statusBar);
    frame.setLeft(listColumn);
    frame.setRight(panelColumn);
    showList.selectedProperty().addListener((_, _, on) -> shown(showList, showPanel, on));
    showPanel.selectedProperty().addListener((_, _, on) -> shown(showPanel, showList, on));
    widthProperty()
        .addListener((_, before, now) -> resized(before.doubleValue(), now.doubleValue()));
    arrange();
    settings = new SettingsDialog(models, messages);
    Toast toast = new Toast(model, messages);
    getChildren().addAll(backdrop, frame, panel.menu(), toast, settings);
    parts =
        List.of(
            List.of(backdrop, toolBar, listColumn, page, statusBar),
            List.of(settings, panel.menu(), toast),
            List.of(panelColumn));
    files.takeDropped();
  }

  private static Region sideColumn(Region content, double width) {
    Region column = new LayoutBoundary(content);
    column.setMinWidth(width);
    column.setPrefWidth(width);
    column.setMaxWidth(width);
    return column;
  }

  /** Connects what needs the scene: theme and keys. */
  public void installIn(Scene scene) {
    Theme installed = new Theme(scene, parts);
    theme = Optional.of(installed);
    settings.choose(installed.choiceProperty());
    model
        .setting(WindowViewModel.THEME)
        .ifPresent(text -> installed.choiceProperty().set(Theme.Choice.parse(text)));
    installed
        .choiceProperty()
        .addListener((_, _, now) -> model.put(WindowViewModel.THEME, now.setting()));
    model.setting(WindowViewModel.ZOOM).ifPresent(text -> editor.zoom(_ -> parseZoom(text)));
    scene.addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> {
          boolean isCovered = settings.isVisible() || panel.menu().isOpen();
          if ((!isCovered && panel.reviewBar().press(event))
              || (event.getCode() == KeyCode.ESCAPE && escape())) {
            event.consume();
          }
        });
    keys(scene);
    panel.prepare();
    settings.prepare();
  }

  /** Takes up which columns were shown. */
  public void restore() {
    model
        .setting(WindowViewModel.LIST)
        .ifPresent(on -> showList.setSelected(Boolean.parseBoolean(on)));
    model
        .setting(WindowViewModel.PANEL)
        .ifPresent(on -> showPanel.setSelected(Boolean.parseBoolean(on)));
  }

  private static double parseZoom(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return 1.0;
    }
  }

  private void keys(Scene scene) {
    accelerate(scene, "Shortcut+E", this::showActions);
    accelerate(scene, "Shortcut+Enter", assistant::accept);
    accelerate(scene, "Shortcut+Plus", () -> zoom(0.1));
    accelerate(scene, "Shortcut+Equals", () -> zoom(0.1));
    accelerate(scene, "Shortcut+Minus", () -> zoom(-0.1));
    accelerate(scene, "Shortcut+0", this::normalSize);
  }

  private static void accelerate(Scene scene, String keys, Runnable action) {
    scene.getAccelerators().put(KeyCombination.keyCombination(keys), action);
  }

  private void zoom(double by) {
    editor.zoom(now -> now + by);
    model.put(WindowViewModel.ZOOM, Double.toString(editor.zoom()));
  }

  private void normalSize() {
    editor.zoom(_ -> 1.0);
    model.put(WindowViewModel.ZOOM, "1.0");
  }

  private boolean escape() {
    if (settings.isVisible()) {
      settings.close();
      return true;
    }
    if (panel.menu().isOpen()) {
      panel.menu().back();
      return true;
    }
    return assistant.escape();
  }

  private void showSettings() {
    settings.open();
  }

  private void rename() {
    showList.setSelected(true);
    library.renameSelected();
  }

  private void showActions() {
    showPanel.setSelected(true);
    Point2D caret = editor.caretOnScreen();
    panel.showActionsAt(caret.getX(), caret.getY() + 4);
  }

  private CheckMenuItem check(String key, String keys, String setting) {
    CheckMenuItem item = new CheckMenuItem(messages.get(key));
    item.setAccelerator(KeyCombination.keyCombination(keys));
    item.setSelected(true);
    item.selectedProperty().addListener((_, _, on) -> model.put(setting, Boolean.toString(on)));
    return item;
  }

  /** In a narrow window one side column makes way for the other. */
  private void shown(CheckMenuItem item, CheckMenuItem other, boolean on) {
    if (on && getWidth() > 0 && getWidth() < ROOM_FOR_BOTH && item.isSelected()) {
      other.setSelected(false);
    }
    arrange();
  }

  private void resized(double before, double now) {
    if (now < ROOM_FOR_BOTH
        && (before >= ROOM_FOR_BOTH || before == 0)
        && showList.isSelected()
        && showPanel.isSelected()) {
      showList.setSelected(false);
    }
  }

  /** A column that is not shown keeps its place: what is put into a scene is styled anew. */
  private void arrange() {
    show(listColumn, showList.isSelected());
    show(panelColumn, showPanel.isSelected());
  }

  private static void show(Region column, boolean on) {
    column.setVisible(on);
    column.setManaged(on);
  }

  /**
   * Opens and closes what opens over the window, before anything is drawn: the first time takes
   * three frames, in which nobody should wait.
   */
  void rehearse() {
    for (MenuButton menu : menus) {
      menu.show();
      menu.hide();
    }
    editor.rehearse();
    settings.rehearse();
    theme.ifPresent(Theme::rehearse);
  }

  private HBox toolBar() {
    Label name = new Label(messages.get("name"));
    name.getStyleClass().add("app-name");
    Button create = tool("mdi2p-plus", "new", model::create);
    create.setText(messages.get("new.short"));
    Button undo = tool("mdi2u-undo", "undo", editor::undo);
    Button redo = tool("mdi2r-redo", "redo", editor::redo);
    Button turn = tool("mdi2f-format-pilcrow-arrow-left", "turn", editor::turn);
    Button list =
        tool("mdi2d-dock-left", "view.list", () -> showList.setSelected(!showList.isSelected()));
    Button side =
        tool(
            "mdi2d-dock-right", "view.panel", () -> showPanel.setSelected(!showPanel.isSelected()));
    Button actions = tool("mdi2a-auto-fix", "actions", this::showActions);
    actions.setText(messages.get("actions.short"));
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    menus = List.of(new ModelPill(models, this::showSettings), mainMenu());
    HBox bar =
        new HBox(
            list, name, create, undo, redo, turn, space, menus.get(0), actions, menus.get(1), side);
    bar.getStyleClass().add("tool-strip");
    return bar;
  }

  private Button tool(String icon, String key, Runnable action) {
    Button button = new Button(null, new FontIcon(icon));
    button.getStyleClass().add("tool");
    button.setId("tool-" + key.replace('.', '-'));
    button.setTooltip(new Tooltip(messages.get(key)));
    button.setAccessibleText(messages.get(key));
    button.setOnAction(_ -> action.run());
    button.setFocusTraversable(true);
    return button;
  }

  private MenuButton mainMenu() {
    MenuButton menu = new MenuButton(null, new FontIcon("mdi2d-dots-vertical"));
    menu.getStyleClass().addAll("tool", "main-menu");
    menu.setAccessibleText(messages.get("menu"));
    menu.setTooltip(new Tooltip(messages.get("menu")));
    menu.getItems()
        .addAll(
            item("new", "Shortcut+N", model::create),
            item("open", "Shortcut+O", files::chooseImport),
            item("export", "Shortcut+Shift+S", files::chooseExport),
            item("statement", "", () -> files.chooseStatement(panel::actionName)),
            item("rename", "", this::rename),
            item("delete", "", library::deleteSelected),
            new SeparatorMenuItem(),
            item("find", "Shortcut+F", editor::find),
            item("bold", "Shortcut+B", () -> editor.wrap("**")),
            item("italic", "Shortcut+I", () -> editor.wrap("*")),
            item("turn", "Shortcut+Shift+D", editor::turn),
            item("actions", "Shortcut+E", this::showActions),
            pause(),
            new SeparatorMenuItem(),
            viewMenu(),
            item("settings", "Shortcut+Comma", this::showSettings));
    return menu;
  }

  /** What changes how the window looks. */
  private Menu viewMenu() {
    Menu view = new Menu(messages.get("view"));
    view.getItems()
        .addAll(
            showList,
            showPanel,
            new SeparatorMenuItem(),
            item("zoom.in", "Shortcut+Plus", () -> zoom(0.1)),
            item("zoom.out", "Shortcut+Minus", () -> zoom(-0.1)),
            item("zoom.normal", "Shortcut+0", this::normalSize));
    return view;
  }

  private MenuItem pause() {
    MenuItem pause = item("pause", "Shortcut+Shift+P", assistant::pauseOrResume);
    pause.disableProperty().bind(assistant.workingProperty().not());
    pause
        .textProperty()
        .bind(assistant.pausedProperty().map(paused -> messages.get(paused ? "resume" : "pause")));
    return pause;
  }

  private MenuItem item(String key, String keys, Runnable action) {
    MenuItem item = new MenuItem(messages.get(key));
    if (!keys.isEmpty()) {
      item.setAccelerator(KeyCombination.keyCombination(keys));
    }
    item.setOnAction(_ -> action.run());
    return item;
  }

  private VBox banner() {
    Label unsaved = new Label();
    unsaved.setWrapText(true);
    Button elsewhere = new Button(messages.get("save.elsewhere"));
    elsewhere.setOnAction(_ -> files.chooseExport());
    HBox failing = bannerRow(unsaved, elsewhere);
    model
        .editor()
        .savingProperty()
        .addListener((_, _, state) -> {
          boolean failed = state instanceof Autosave.State.Failed;
          failing.setVisible(failed);
          if (state instanceof Autosave.State.Failed failure) {
            unsaved.setText(messages.get("save.failed", failure.sentence()));
          }
        });
    Label problem = new Label();
    problem.setWrapText(true);
    Button close = tool("mdi2c-close", "dismiss", model::dismissProblem);
    HBox telling = bannerRow(problem, close);
    model
        .problemProperty()
        .addListener((_, _, now) -> {
          telling.setVisible(now.isPresent());
          problem.setText(now.orElse(""));
        });
    return new VBox(failing, telling);
  }

  private static HBox bannerRow(Label words, Node button) {
    HBox.setHgrow(words, Priority.ALWAYS);
    words.setMaxWidth(Double.MAX_VALUE);
    HBox row = new HBox(new FontIcon("mdi2a-alert-outline"), words, button);
    row.getStyleClass().add("banner");
    row.setAlignment(Pos.CENTER_LEFT);
    row.setVisible(false);
    row.managedProperty().bind(row.visibleProperty());
    return row;
  }
}
