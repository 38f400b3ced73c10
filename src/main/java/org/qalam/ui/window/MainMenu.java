package org.qalam.ui.window;

import java.util.List;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.task.UiThread;
import org.qalam.ui.assistant.AssistantViewModel;
import org.qalam.ui.keys.Commands;
import org.qalam.ui.keys.WindowCommand;
import org.qalam.ui.proof.ProofViewModel;
import org.qalam.ui.text.Messages;

/**
 * The window's menu, with the keys that its commands have now. Its rows are few, for opening it
 * styles each. Confined to the JavaFX thread.
 */
@UiThread
final class MainMenu extends MenuButton {
  private final Commands commands;
  private final Messages messages;

  /**
   * @param columns what shows and hides the columns beside the text
   */
  MainMenu(
      Commands commands,
      AssistantViewModel assistant,
      ProofViewModel proof,
      List<CheckMenuItem> columns,
      Messages messages) {
    super(null, new FontIcon("mdi2d-dots-vertical"));
    this.commands = commands;
    this.messages = messages;
    getStyleClass().addAll("tool", "main-menu");
    setAccessibleText(messages.get("menu"));
    setTooltip(new Tooltip(messages.get("menu")));
    getItems()
        .addAll(
            item(WindowCommand.NEW),
            item(WindowCommand.OPEN),
            item(WindowCommand.GO_TO),
            item(WindowCommand.SEARCH),
            item(WindowCommand.EXPORT),
            item(WindowCommand.PRINT),
            document(),
            all(),
            new SeparatorMenuItem(),
            item(WindowCommand.FIND),
            item(WindowCommand.REPLACE),
            mistakes(proof),
            format(),
            item(WindowCommand.ACTIONS),
            item(WindowCommand.ASK),
            item(WindowCommand.ASK_NOTES),
            item(WindowCommand.PALETTE),
            pause(assistant),
            new SeparatorMenuItem(),
            view(columns),
            item(WindowCommand.LOCK),
            item(WindowCommand.SETTINGS));
  }

  /** What is done with all documents. */
  private Menu all() {
    Menu all = new Menu(messages.get("all-documents"));
    all.getItems()
        .addAll(
            item(WindowCommand.OPEN_FOLDER),
            item(WindowCommand.EXPORT_ALL),
            item(WindowCommand.BACKUP),
            item(WindowCommand.RESTORE),
            item(WindowCommand.BIN));
    return all;
  }

  /** What is done with the open document. */
  private Menu document() {
    Menu document = new Menu(messages.get("document"));
    document
        .getItems()
        .addAll(
            item(WindowCommand.RENAME),
            item(WindowCommand.VERSIONS),
            item(WindowCommand.STATEMENT),
            item(WindowCommand.DELETE));
    return document;
  }

  private Menu format() {
    Menu format = new Menu(messages.get("format"));
    format
        .getItems()
        .addAll(item(WindowCommand.BOLD), item(WindowCommand.ITALIC), item(WindowCommand.TURN));
    return format;
  }

  /** What changes how the window looks. */
  private Menu view(List<CheckMenuItem> columns) {
    Menu view = new Menu(messages.get("view"));
    view.getItems().addAll(columns);
    view.getItems()
        .addAll(
            new SeparatorMenuItem(),
            item(WindowCommand.ZOOM_IN),
            item(WindowCommand.ZOOM_OUT),
            item(WindowCommand.ZOOM_NORMAL));
    return view;
  }

  private MenuItem mistakes(ProofViewModel proof) {
    MenuItem next = item(WindowCommand.NEXT_MISTAKE);
    next.disableProperty().bind(proof.onProperty().not());
    return next;
  }

  private MenuItem pause(AssistantViewModel assistant) {
    MenuItem pause = item(WindowCommand.PAUSE);
    pause.disableProperty().bind(assistant.workingProperty().not());
    pause
        .textProperty()
        .bind(
            assistant
                .pausedProperty()
                .map(paused ->
                    paused ? messages.get("resume") : commands.name(WindowCommand.PAUSE)));
    return pause;
  }

  private MenuItem item(WindowCommand command) {
    MenuItem item = new MenuItem(commands.name(command));
    item.setId(command.id());
    item.acceleratorProperty().bind(commands.keymap().accelerator(command));
    item.setOnAction(_ -> commands.run(command));
    return item;
  }
}
