package org.qalam.ui.settings;

import java.io.File;
import java.util.List;
import java.util.stream.Collectors;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.catalog.UnfinishedImport;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.WrappedText;

/** Adds a model: a file, chosen or dropped here; with progress, and a way to stop. */
public final class AddModelPane extends VBox {
  private static final PseudoClass DROPPING = PseudoClass.getPseudoClass("dropping");

  private final Messages messages = Messages.of(AddModelPane.class);
  private final ModelsViewModel models;
  private final FlowPane choice = new FlowPane(8, 8);
  private final WrappedText hint = new WrappedText();
  private final VBox running = new VBox(8);
  private final Label file = new Label();
  private final Label percent = new Label();
  private final ProgressBar bar = new ProgressBar();
  private final Button cancel = new Button(messages.get("add.cancel"));
  private final HBox outcome = new HBox(8);
  private final FontIcon outcomeIcon = new FontIcon("mdi2a-alert-outline");
  private final WrappedText outcomeText = new WrappedText();

  /** Adds to {@code models}. */
  public AddModelPane(ModelsViewModel models) {
    this.models = models;
    getStyleClass().add("add-model");
    getStylesheets().add(ModelsView.STYLESHEET);
    Button chooseFile =
        new Button(messages.get("add.file"), new FontIcon("mdi2f-file-plus-outline"));
    chooseFile.getStyleClass().add("accent-button");
    chooseFile.setOnAction(_ -> chooseFile());
    Button chooseFolder =
        new Button(messages.get("add.folder"), new FontIcon("mdi2f-folder-plus-outline"));
    chooseFolder.getStyleClass().add("plain-button");
    chooseFolder.setOnAction(_ -> chooseFolder());
    choice.getChildren().addAll(chooseFile, chooseFolder);
    hint.getStyleClass().add("muted");
    buildRunning();
    outcome.setAlignment(Pos.TOP_LEFT);
    outcome.getStyleClass().add("outcome");
    HBox.setHgrow(outcomeText, Priority.ALWAYS);
    outcome.getChildren().addAll(outcomeIcon, outcomeText);
    getChildren().addAll(outcome, choice, hint, running);
    setOnDragOver(this::dragOver);
    setOnDragExited(_ -> pseudoClassStateChanged(DROPPING, false));
    setOnDragDropped(this::dropped);
    models.importStateProperty().addListener((_, _, state) -> show(state));
    models.unfinished().addListener((ListChangeListener<UnfinishedImport>) _ -> tellHint());
    show(models.importStateProperty().get());
    tellHint();
  }

  /** What can be dropped here, and what would go on where it stopped. */
  private void tellHint() {
    String names =
        models.unfinished().stream()
            .map(UnfinishedImport::id)
            .collect(Collectors.joining(messages.get("comma")));
    String general = messages.get("add.hint");
    hint.setText(
        names.isEmpty()
            ? general
            : messages.get("add.unfinished", general, names, models.unfinished().size()));
  }

  private void buildRunning() {
    file.getStyleClass().add("strong");
    percent.getStyleClass().add("quiet");
    percent.setMinWidth(Region.USE_PREF_SIZE);
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    bar.setMaxWidth(Double.MAX_VALUE);
    bar.setAccessibleText(messages.get("add.progress"));
    cancel.getStyleClass().add("plain-button");
    cancel.setOnAction(_ -> models.cancelImport());
    running.getChildren().addAll(new HBox(8, file, gap, percent), bar, cancel);
  }

  private void show(ImportState state) {
    boolean isRunning = state instanceof ImportState.Running;
    set(running, isRunning);
    set(choice, !isRunning);
    set(hint, !isRunning);
    set(outcome, state instanceof ImportState.Failed || state instanceof ImportState.Done);
    outcome.getStyleClass().remove("good");
    switch (state) {
      case ImportState.Running now -> {
        file.setText(messages.get("add.running", now.file()));
        bar.setProgress(now.fraction());
        percent.setText(now.fraction() < 0 ? "" : messages.get("add.percent", now.fraction()));
        cancel.setDisable(now.cancelling());
        cancel.setText(messages.get(now.cancelling() ? "add.cancelling" : "add.cancel"));
      }
      case ImportState.Failed failed -> {
        outcomeIcon.setIconLiteral("mdi2a-alert-outline");
        outcomeText.setText(
            failed.sentence().isEmpty() ? messages.get("unexpected") : failed.sentence());
      }
      case ImportState.Done done -> {
        outcome.getStyleClass().add("good");
        outcomeIcon.setIconLiteral("mdi2c-check");
        outcomeText.setText(messages.get("add.done", done.name()));
      }
      case ImportState.Ready _ -> {}
    }
  }

  private static void set(Region node, boolean shown) {
    node.setVisible(shown);
    node.setManaged(shown);
  }

  private void chooseFile() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(messages.get("add.file.title"));
    chooser
        .getExtensionFilters()
        .addAll(
            new FileChooser.ExtensionFilter(
                messages.get("add.models"),
                "*.gguf",
                "*.GGUF",
                "*.safetensors",
                "*.safetensors.index.json",
                "*.pth",
                "*.onnx"),
            new FileChooser.ExtensionFilter(messages.get("add.any"), "*.*"));
    File chosen = chooser.showOpenDialog(getScene().getWindow());
    if (chosen != null) {
      models.add(chosen.toPath());
    }
  }

  private void chooseFolder() {
    DirectoryChooser chooser = new DirectoryChooser();
    chooser.setTitle(messages.get("add.folder.title"));
    File chosen = chooser.showDialog(getScene().getWindow());
    if (chosen != null) {
      models.add(chosen.toPath());
    }
  }

  private void dragOver(DragEvent event) {
    if (event.getDragboard().hasFiles()
        && !(models.importStateProperty().get() instanceof ImportState.Running)) {
      event.acceptTransferModes(TransferMode.COPY);
      pseudoClassStateChanged(DROPPING, true);
    }
    event.consume();
  }

  private void dropped(DragEvent event) {
    List<File> files = event.getDragboard().getFiles();
    if (!files.isEmpty()) {
      models.add(files.getFirst().toPath());
    }
    event.setDropCompleted(!files.isEmpty());
    event.consume();
  }
}
