package org.qalam.ui.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.geometry.Insets;
import javafx.geometry.Point2D;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.InputEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.stage.Modality;
import javafx.stage.Stage;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.assist.Action;
import org.qalam.exchange.DocumentFormat;
import org.qalam.ui.actions.OwnActionsView;
import org.qalam.ui.actions.OwnActionsViewModel;
import org.qalam.ui.actions.StartPage;
import org.qalam.ui.assistant.AssistantView;
import org.qalam.ui.assistant.AssistantViewModel;
import org.qalam.ui.assistant.SelectionBar;
import org.qalam.ui.editor.EditorView;
import org.qalam.ui.keys.Command;
import org.qalam.ui.keys.Commands;
import org.qalam.ui.keys.ShortcutsView;
import org.qalam.ui.keys.ShortcutsViewModel;
import org.qalam.ui.keys.WindowCommand;
import org.qalam.ui.library.BinView;
import org.qalam.ui.library.LibraryView;
import org.qalam.ui.palette.Offer;
import org.qalam.ui.palette.PaletteView;
import org.qalam.ui.palette.PaletteViewModel;
import org.qalam.ui.palette.Recents;
import org.qalam.ui.print.PrintView;
import org.qalam.ui.privacy.UnlockViewModel;
import org.qalam.ui.proof.ProofViewModel;
import org.qalam.ui.settings.ModelPill;
import org.qalam.ui.settings.ModelsViewModel;
import org.qalam.ui.text.Messages;
import org.qalam.ui.versions.VersionsView;

/** The window's content: tool bar, documents, editor, panel, status bar. */
public final class WindowView extends StackPane {
  /** Below this width only one of the side columns is shown. */
  private static final double ROOM_FOR_BOTH = 940;

  private static final double LIST_WIDTH = 236;
  private static final double PANEL_WIDTH = 350;

  /** Of the dialog in which versions are compared. */
  private static final double WIDE = 900;

  private static final double HIGH = 680;

  private static final double BIN_WIDTH = 560;
  private static final double BIN_HEIGHT = 520;
  private static final double PRINT_WIDTH = 700;
  private static final double PRINT_HEIGHT = 620;

  private final WindowViewModel model;
  private final AssistantViewModel assistant;
  private final ModelsViewModel models;
  private final ProofViewModel proof;
  private final Messages messages = Messages.of(WindowView.class);
  private final Commands commands;
  private final BorderPane frame = new BorderPane();
  private final EditorView editor;
  private final Region listColumn;
  private final Region panelColumn;
  private final LibraryView library;
  private final AssistantView panel;
  private final CheckMenuItem showList;
  private final CheckMenuItem showPanel;
  private final SettingsDialog settings;
  private final Overlay<VersionsView> versions;
  private final Overlay<BinView> bin;
  private final Overlay<PrintView> print;
  private final BackupDialog backup;
  private final Recents recents;
  private final PaletteView palette;
  private final PaletteView switcher;
  private final SelectionBar bar;
  private final TextFiles files;

  /** What has colours, what is seen first in front (see {@link Theme}). */
  private final List<List<Node>> parts;

  private List<MenuButton> menus = List.of();
  private MenuButton mainMenu = new MenuButton();
  private Optional<Theme> theme = Optional.empty();

  public WindowView(
      WindowViewModel model,
      AssistantViewModel assistant,
      ModelsViewModel models,
      OwnActionsViewModel ownActions,
      ProofViewModel proof) {
    this.model = model;
    this.assistant = assistant;
    this.models = models;
    this.proof = proof;
    this.commands = new Commands(model.keymap());
    this.files = new TextFiles(model, this, commands, messages);
    getStyleClass().add("window");
    setStyle("-fx-font-family: '" + Fonts.controls() + "'; -fx-font-size: 14px;");
    editor = new EditorView(model.editor(), Fonts.text(), model::create);
    editor.install(proof);
    library = new LibraryView(model.library(), commands);
    panel = new AssistantView(assistant, commands, this::showSettings);
    showList = check(WindowCommand.VIEW_LIST, WindowViewModel.LIST);
    showPanel = check(WindowCommand.VIEW_PANEL, WindowViewModel.PANEL);
    sayWhatCommandsDo();
    listColumn = sideColumn(library, LIST_WIDTH);
    panelColumn = sideColumn(panel, PANEL_WIDTH);
    Region backdrop = new Region();
    backdrop.getStyleClass().add("backdrop");
    BorderPane page = new BorderPane(new LayoutBoundary(editor));
    page.setTop(new Banners(model, files::chooseExport, messages));
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
    ShortcutsViewModel keys =
        new ShortcutsViewModel(commands, panel::actionName, ownActions::setShortcut);
    ownActions.onChanged(panel::readOwnActions);
    settings =
        new SettingsDialog(
            models,
            proof,
            model.privacy(),
            new OwnActionsView(
                ownActions, keys, new StartPage.Starts(assistant::actions, panel::actionName)),
            new ShortcutsView(keys),
            messages);
    versions =
        new Overlay<>(
            "versions",
            messages.get("versions.title"),
            messages,
            close -> new VersionsView(model.versions(), close));
    versions.dialog().setMaxSize(WIDE, HIGH);
    bin = new Overlay<>("bin", messages.get("bin.title"), messages, _ -> new BinView(model.bin()));
    bin.dialog().setMaxSize(BIN_WIDTH, BIN_HEIGHT);
    print =
        new Overlay<>(
            "print",
            messages.get("print.title"),
            messages,
            close ->
                new PrintView(
                    model.printing(),
                    () -> {
                      close.run();
                      files.chooseExport(DocumentFormat.PDF);
                    },
                    close));
    print.dialog().setMaxSize(PRINT_WIDTH, PRINT_HEIGHT);
    print
        .visibleProperty()
        .addListener((_, _, now) -> {
          if (!now) {
            model.printing().close();
          }
        });
    model
        .printing()
        .onSent((pages, printer) -> {
          print.close();
          model.tell(messages.get("print.sent", pages, printer));
        });
    backup = new BackupDialog(model, files::chooseBackup, messages);
    for (Overlay<?> dialog : List.of(settings, versions, bin, print, backup)) {
      dialog.tell(model.problemProperty());
    }
    Toast toast = new Toast(model, messages);
    recents = new Recents(ids -> model.put(WindowViewModel.RECENT, ids));
    assistant.onRun(action -> recents.add(AssistantView.commandId(action)));
    palette =
        new PaletteView(
            new PaletteViewModel(
                this::commands, typed -> panel.inWords(typed, this::showPanel), recents));
    switcher = new PaletteView(model.switcher());
    bar = new BesideSelection(editor, panel, recents, this::showPanel).bar();
    getChildren()
        .addAll(
            backdrop,
            frame,
            bar,
            panel.menu(),
            palette,
            switcher,
            settings,
            versions,
            bin,
            print,
            backup,
            toast);
    parts =
        List.of(
            List.of(backdrop, toolBar, listColumn, page, statusBar),
            List.of(
                settings,
                versions,
                bin,
                print,
                backup,
                bar,
                panel.menu(),
                palette,
                switcher,
                toast),
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

  /** The window has gone. */
  void letGo() {
    editor.letGo();
  }

  /**
   * Puts this into a scene, and its theme before it: style sheets that come later have all nodes
   * look for their styles a second time.
   *
   * @param root of the scene; the colours hang on it, so it must be there before this
   */
  void putInto(Scene scene, Pane root) {
    Theme installed = new Theme(scene, parts);
    theme = Optional.of(installed);
    root.applyCss();
    root.getChildren().add(this);
    install(scene, installed);
  }

  /** Connects what needs the scene: theme and keys. */
  private void install(Scene scene, Theme installed) {
    settings.choose(installed.choiceProperty());
    settings.chooseLanguage(model.languageProperty());
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
          boolean isCovered =
              isCovered() || panel.menu().isOpen() || palette.isOpen() || switcher.isOpen();
          if ((!isCovered && panel.reviewBar().press(event, commands))
              || (event.getCode() == KeyCode.ESCAPE && escape())) {
            event.consume();
          }
        });
    scene.addEventFilter(InputEvent.ANY, _ -> model.privacy().active());
    model.privacy().onRecovered(settings::askForPassphrase);
    model.onLockedBackup(this::unlockBackup);
    commands.installIn(scene, this::isPossible);
    model.setting(WindowViewModel.RECENT).ifPresent(recents::read);
    panel.readOwnActions();
    BooleanProperty barWanted = bar.wantedProperty();
    barWanted.set(model.setting(WindowViewModel.SELECTION_BAR).map(Boolean::valueOf).orElse(true));
    barWanted.addListener((_, _, on) -> model.put(WindowViewModel.SELECTION_BAR, on.toString()));
    settings.chooseBar(barWanted);
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

  private void sayWhatCommandsDo() {
    commands.on(WindowCommand.NEW, model::create);
    commands.on(WindowCommand.OPEN, files::chooseImport);
    commands.on(WindowCommand.EXPORT, files::chooseExport);
    commands.on(WindowCommand.PRINT, this::showPrint);
    commands.on(WindowCommand.STATEMENT, () -> files.chooseStatement(panel::actionName));
    commands.on(WindowCommand.GO_TO, this::goToDocument);
    commands.on(WindowCommand.SEARCH, this::searchDocuments);
    commands.on(WindowCommand.RENAME, this::rename);
    commands.on(WindowCommand.DELETE, library::deleteSelected);
    commands.on(WindowCommand.VERSIONS, this::showVersions);
    commands.on(WindowCommand.BIN, this::showBin);
    commands.on(WindowCommand.BACKUP, () -> backup.open());
    commands.on(WindowCommand.RESTORE, files::chooseRestore);
    commands.on(WindowCommand.OPEN_FOLDER, files::chooseFolder);
    commands.on(WindowCommand.EXPORT_ALL, files::chooseExportAll);
    commands.on(WindowCommand.FIND, editor::find);
    commands.on(WindowCommand.REPLACE, editor::findAndReplace);
    commands.on(WindowCommand.NEXT_MISTAKE, editor::nextRemark);
    commands.on(WindowCommand.BOLD, () -> editor.wrap("**"));
    commands.on(WindowCommand.ITALIC, () -> editor.wrap("*"));
    commands.on(WindowCommand.TURN, editor::turn);
    commands.on(WindowCommand.ACTIONS, this::showActions);
    commands.on(WindowCommand.VIEW_LIST, () -> showList.setSelected(!showList.isSelected()));
    commands.on(WindowCommand.VIEW_PANEL, () -> showPanel.setSelected(!showPanel.isSelected()));
    commands.on(WindowCommand.ZOOM_IN, () -> zoom(0.1));
    commands.on(WindowCommand.ZOOM_OUT, () -> zoom(-0.1));
    commands.on(WindowCommand.ZOOM_NORMAL, this::normalSize);
    commands.on(WindowCommand.SETTINGS, this::showSettings);
    commands.on(WindowCommand.LOCK, this::lock);
    commands.on(WindowCommand.PALETTE, this::showPalette);
    commands.on(WindowCommand.SELECTION_BAR, this::openBar);
    commands.on(WindowCommand.ASK, this::askAboutText);
    commands.on(WindowCommand.ASK_NOTES, this::askAboutAll);
    commands.onAction(this::runAction);
  }

  /** Whether a dialog is over the window. */
  private boolean isCovered() {
    return Stream.of(settings, versions, bin, print, backup).anyMatch(Node::isVisible);
  }

  /** Below a dialog nothing changes that is not seen. */
  private boolean isPossible(Command command) {
    return !isCovered()
        || (command instanceof WindowCommand known && known.group() == WindowCommand.Group.VIEW);
  }

  /** Runs an action by its keys; what else it needs is asked for. */
  private void runAction(Action action) {
    if (action.needsInstruction()) {
      showPanel.setSelected(true);
      panel.focusInstruction();
    } else if (action.needsLanguage()) {
      showPanel.setSelected(true);
      Point2D caret = editor.caretOnScreen();
      panel.showLanguagesAt(action, caret.getX(), caret.getY() + 4);
    } else {
      boolean _ = assistant.run(action);
    }
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
      if (!settings.back()) {
        settings.close();
      }
      return true;
    }
    for (Overlay<?> dialog : List.of(versions, bin, print, backup)) {
      if (dialog.isVisible()) {
        dialog.close();
        return true;
      }
    }
    if (panel.menu().isOpen()) {
      panel.menu().back();
      return true;
    }
    if (palette.isOpen()) {
      palette.close();
      return true;
    }
    if (switcher.isOpen()) {
      switcher.close();
      return true;
    }
    if (bar.isOpen()) {
      bar.leave();
      return true;
    }
    return assistant.escape();
  }

  private void showVersions() {
    if (model.library().currentProperty().get().isPresent()) {
      versions.open();
      versions.content().open();
    }
  }

  private void showBin() {
    bin.open();
    bin.content().open();
  }

  private void unlockBackup(UnlockViewModel lock) {
    Stage stage = new Stage();
    stage.initOwner(getScene().getWindow());
    stage.initModality(Modality.WINDOW_MODAL);
    lock.onDone(stage::hide);
    UnlockWindow.show(
        stage,
        lock,
        UnlockWindow.What.BACKUP,
        stage::hide,
        theme.map(installed -> installed.choiceProperty().get()).orElse(Theme.Choice.SYSTEM));
  }

  /** Locks the notes, or shows how to have them locked. */
  private void lock() {
    if (model.privacy().secretProperty().get()) {
      model.privacy().lockNow();
    } else {
      settings.turnTo(SettingsDialog.Page.PRIVACY);
      settings.open();
    }
  }

  private void showPrint() {
    if (model.library().currentProperty().get().isPresent()) {
      print.open();
      print.content().open();
    }
  }

  private void showSettings() {
    settings.open();
  }

  private void rename() {
    showList.setSelected(true);
    library.renameSelected();
  }

  private void goToDocument() {
    if (!isCovered()) {
      palette.close();
      switcher.toggle();
    }
  }

  private void searchDocuments() {
    showList.setSelected(true);
    library.search();
  }

  private void openBar() {
    bar.openByKeys();
  }

  private void askAboutText() {
    showPanel();
    panel.focusQuestion();
  }

  private void askAboutAll() {
    showPanel();
    panel.focusQuestionToAll();
  }

  private void showPalette() {
    if (!isCovered()) {
      switcher.close();
      palette.toggle();
      panel.lookForActions(palette::refresh);
    }
  }

  /** Whatever can be done in the window now. */
  private List<Offer> commands() {
    WindowCommands own = new WindowCommands(model, messages);
    List<Offer> all = new ArrayList<>(panel.commands(this::showPanel));
    all.addAll(own.of(mainMenu.getItems()));
    theme.ifPresent(now -> all.addAll(own.looks(now.choiceProperty())));
    all.addAll(own.documents());
    return all;
  }

  private void showPanel() {
    showPanel.setSelected(true);
  }

  private void showActions() {
    showPanel();
    Point2D caret = editor.caretOnScreen();
    panel.showActionsAt(caret.getX(), caret.getY() + 4);
  }

  private CheckMenuItem check(WindowCommand command, String setting) {
    CheckMenuItem item = new CheckMenuItem(commands.name(command));
    item.acceleratorProperty().bind(commands.keymap().accelerator(command));
    item.setId(command.id());
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
   * Opens and closes the menus, which are windows of their own, before anything is drawn. What else
   * is not on show yet is laid out later, when nobody does anything: its first time takes some
   * frames, in which nobody should wait.
   */
  void rehearse() {
    for (MenuButton menu : menus) {
      menu.show();
      menu.hide();
    }
    List<Runnable> later = new ArrayList<>(panel.laterSteps());
    later.addAll(bar.laterSteps());
    later.addAll(palette.laterSteps());
    later.addAll(switcher.laterSteps());
    theme.ifPresent(installed -> later.addAll(installed.laterSteps()));
    later.addAll(settings.laterSteps());
    later.addAll(versions.laterSteps());
    later.addAll(bin.laterSteps());
    later.addAll(print.laterSteps());
    later.addAll(backup.laterSteps());
    editor.rehearse(later);
  }

  private HBox toolBar() {
    Label name = new Label(messages.get("name"));
    name.getStyleClass().add("app-name");
    Button create = tool("mdi2p-plus", WindowCommand.NEW);
    create.setText(messages.get("new.short"));
    Button undo = tool("mdi2u-undo", "undo", editor::undo);
    Button redo = tool("mdi2r-redo", "redo", editor::redo);
    Button turn = tool("mdi2f-format-pilcrow-arrow-left", WindowCommand.TURN);
    Button list = tool("mdi2d-dock-left", WindowCommand.VIEW_LIST);
    Button side = tool("mdi2d-dock-right", WindowCommand.VIEW_PANEL);
    Button actions = tool("mdi2a-auto-fix", WindowCommand.ACTIONS);
    actions.setText(messages.get("actions.short"));
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    mainMenu = new MainMenu(commands, assistant, proof, List.of(showList, showPanel), messages);
    menus = List.of(new ModelPill(models, this::showSettings), mainMenu);
    HBox bar =
        new HBox(
            list, name, create, undo, redo, turn, space, menus.get(0), actions, menus.get(1), side);
    bar.getStyleClass().add("tool-strip");
    return bar;
  }

  /** A button that tells its keys too. */
  private Button tool(String icon, WindowCommand command) {
    String name = commands.name(command);
    Button button = tool(icon, "tool-" + command.id(), name);
    button.setOnAction(_ -> commands.run(command));
    button.getTooltip().textProperty().bind(commands.keymap().told(name, command));
    return button;
  }

  private Button tool(String icon, String key, Runnable action) {
    Button button = tool(icon, "tool-" + key, messages.get(key));
    button.setOnAction(_ -> action.run());
    return button;
  }

  /** A button without work. */
  static Button tool(String icon, String id, String name) {
    Button button = new Button(null, new FontIcon(icon));
    button.getStyleClass().add("tool");
    button.setId(id);
    button.setTooltip(new Tooltip(name));
    button.setAccessibleText(name);
    button.setFocusTraversable(true);
    return button;
  }
}
