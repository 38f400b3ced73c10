package org.qalam.ui.actions;

import java.io.File;
import java.util.List;
import javafx.scene.Node;
import javafx.stage.FileChooser;
import org.qalam.task.UiThread;
import org.qalam.ui.text.Messages;

/** Asks which files are taken over, and where one goes. */
@UiThread
final class ActionFileChooser {
  private final OwnActionsViewModel model;
  private final Node owner;
  private final Messages messages;

  ActionFileChooser(OwnActionsViewModel model, Node owner, Messages messages) {
    this.model = model;
    this.owner = owner;
    this.messages = messages;
  }

  void chooseImport() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(messages.get("import.title"));
    chooser
        .getExtensionFilters()
        .add(new FileChooser.ExtensionFilter(messages.get("import.files"), "*.md", "*.json"));
    List<File> chosen = chooser.showOpenMultipleDialog(owner.getScene().getWindow());
    if (chosen != null) {
      model.importFrom(chosen.stream().map(File::toPath).toList());
    }
  }

  void chooseExport() {
    model
        .draftProperty()
        .get()
        .filter(Draft::hasFile)
        .ifPresent(open -> {
          FileChooser chooser = new FileChooser();
          chooser.setTitle(messages.get("export"));
          chooser.setInitialFileName(open.id() + ".md");
          chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter("Markdown", "*.md"));
          File chosen = chooser.showSaveDialog(owner.getScene().getWindow());
          if (chosen != null) {
            model.export(chosen.toPath());
          }
        });
  }
}
