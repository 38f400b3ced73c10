package org.qalam.ui.window;

import java.io.File;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javafx.scene.Node;
import javafx.scene.input.Dragboard;
import javafx.scene.input.TransferMode;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import org.qalam.exchange.DocumentFormat;
import org.qalam.exchange.TextExport;
import org.qalam.ui.keys.Commands;
import org.qalam.ui.keys.WindowCommand;
import org.qalam.ui.text.Messages;

/** Files that come in and go out: chosen in a dialog, or dropped on the window. */
final class TextFiles {
  private final WindowViewModel model;
  private final Node owner;
  private final Commands commands;
  private final Messages messages;

  /**
   * @param owner in whose window the dialogs are shown
   */
  TextFiles(WindowViewModel model, Node owner, Commands commands, Messages messages) {
    this.model = model;
    this.owner = owner;
    this.commands = commands;
    this.messages = messages;
  }

  void chooseImport() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(commands.name(WindowCommand.OPEN));
    chooser
        .getExtensionFilters()
        .addAll(
            new FileChooser.ExtensionFilter(
                messages.get("files.documents"), patterns(DocumentFormat.values())),
            filter("files.text", DocumentFormat.MARKDOWN, DocumentFormat.TEXT),
            filter("files.word", DocumentFormat.DOCX),
            filter("files.opendocument", DocumentFormat.ODT),
            filter("files.page", DocumentFormat.HTML),
            filter("files.pdf", DocumentFormat.PDF),
            new FileChooser.ExtensionFilter(messages.get("files.all"), "*.*"));
    List<File> chosen = chooser.showOpenMultipleDialog(owner.getScene().getWindow());
    if (chosen != null) {
      model.importFiles(chosen.stream().map(File::toPath).toList());
    }
  }

  void chooseExport() {
    chooseExport(DocumentFormat.MARKDOWN);
  }

  /** The same, where one format is meant. */
  void chooseExport(DocumentFormat meant) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(commands.name(WindowCommand.EXPORT));
    chooser.setInitialFileName(model.exportName().replaceFirst("\\.md$", meant.suffix()));
    Map<FileChooser.ExtensionFilter, DocumentFormat> formats = new LinkedHashMap<>();
    formats.put(filter("files.markdown", DocumentFormat.MARKDOWN), DocumentFormat.MARKDOWN);
    formats.put(filter("files.plain", DocumentFormat.TEXT), DocumentFormat.TEXT);
    formats.put(filter("files.word", DocumentFormat.DOCX), DocumentFormat.DOCX);
    formats.put(filter("files.opendocument", DocumentFormat.ODT), DocumentFormat.ODT);
    formats.put(filter("files.page", DocumentFormat.HTML), DocumentFormat.HTML);
    formats.put(filter("files.pdf", DocumentFormat.PDF), DocumentFormat.PDF);
    chooser.getExtensionFilters().addAll(formats.keySet());
    formats.forEach((filter, format) -> {
      if (format == meant) {
        chooser.setSelectedExtensionFilter(filter);
      }
    });
    File chosen = chooser.showSaveDialog(owner.getScene().getWindow());
    if (chosen != null) {
      DocumentFormat asked = formats.getOrDefault(chooser.getSelectedExtensionFilter(), meant);
      model.exportAs(chosen.toPath(), asked);
    }
  }

  private FileChooser.ExtensionFilter filter(String name, DocumentFormat... formats) {
    return new FileChooser.ExtensionFilter(messages.get(name), patterns(formats));
  }

  private static List<String> patterns(DocumentFormat... formats) {
    return Arrays.stream(formats)
        .flatMap(format -> format.suffixes().stream())
        .map(suffix -> "*" + suffix)
        .toList();
  }

  /**
   * Asks where the statement of how a model was used goes.
   *
   * @param actionName a name for people, by an action's id
   */
  void chooseStatement(UnaryOperator<String> actionName) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(commands.name(WindowCommand.STATEMENT));
    chooser.setInitialFileName(
        TextExport.fileName(messages.get("statement.file", model.title()), ".md"));
    chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter("Markdown", "*.md"));
    File chosen = chooser.showSaveDialog(owner.getScene().getWindow());
    if (chosen != null) {
      model.exportStatement(chosen.toPath(), actionName);
    }
  }

  /** Asks where a backup goes. */
  Optional<Path> chooseBackup() {
    FileChooser chooser = backups(WindowCommand.BACKUP);
    chooser.setInitialFileName(
        TextExport.fileName(
            messages.get("backup.file", LocalDate.now(ZoneId.systemDefault()).toString()),
            ".backup"));
    return Optional.ofNullable(chooser.showSaveDialog(owner.getScene().getWindow()))
        .map(File::toPath);
  }

  /** Asks for a folder of notes, all of which come in. */
  void chooseFolder() {
    folder(WindowCommand.OPEN_FOLDER).ifPresent(folder -> model.importFiles(List.of(folder)));
  }

  /** Asks where all documents go as Markdown files. */
  void chooseExportAll() {
    folder(WindowCommand.EXPORT_ALL).ifPresent(model::exportAll);
  }

  private Optional<Path> folder(WindowCommand command) {
    DirectoryChooser chooser = new DirectoryChooser();
    chooser.setTitle(commands.name(command));
    return Optional.ofNullable(chooser.showDialog(owner.getScene().getWindow())).map(File::toPath);
  }

  void chooseRestore() {
    File chosen = backups(WindowCommand.RESTORE).showOpenDialog(owner.getScene().getWindow());
    if (chosen != null) {
      model.restore(chosen.toPath());
    }
  }

  private FileChooser backups(WindowCommand command) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(commands.name(command));
    chooser
        .getExtensionFilters()
        .addAll(
            new FileChooser.ExtensionFilter(messages.get("files.backup"), "*.backup"),
            new FileChooser.ExtensionFilter(messages.get("files.all"), "*.*"));
    return chooser;
  }

  /** Takes files that are dropped on the owner. */
  void takeDropped() {
    owner.setOnDragOver(event -> {
      if (!textFiles(event.getDragboard()).isEmpty()) {
        event.acceptTransferModes(TransferMode.COPY);
      }
    });
    owner.setOnDragDropped(event -> {
      List<Path> files = textFiles(event.getDragboard());
      if (!files.isEmpty()) {
        model.importFiles(files);
        event.setDropCompleted(true);
      }
    });
  }

  private static List<Path> textFiles(Dragboard board) {
    return board.hasFiles()
        ? board.getFiles().stream().map(File::toPath).filter(TextFiles::mayBeTaken).toList()
        : List.of();
  }

  /** By its name alone, since the disk is not asked here: a folder's name mostly has no dot. */
  private static boolean mayBeTaken(Path file) {
    return DocumentFormat.of(file).isPresent() || !String.valueOf(file.getFileName()).contains(".");
  }
}
