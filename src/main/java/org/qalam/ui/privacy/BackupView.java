package org.qalam.ui.privacy;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.qalam.secret.Passphrase;
import org.qalam.task.UiThread;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.WrappedText;

/**
 * What is asked before all documents go to one file: whether it gets a passphrase of its own. It
 * binds to {@link BackupViewModel}.
 */
@UiThread
public final class BackupView extends VBox {
  private final BackupViewModel model;
  private final ReadOnlyBooleanProperty secret;
  private final Supplier<Optional<Path>> file;
  private final Messages messages = Messages.of(BackupView.class);
  private final CheckBox own = new CheckBox();
  private final SecretField fresh;
  private final SecretField again;
  private final VBox fields;
  private final WrappedText told = new WrappedText();
  private final WrappedText problem = new WrappedText();
  private final Button run = new Button();

  /**
   * @param secret whether the notes are under a passphrase
   * @param file asks where the backup goes; nothing where the writer has thought better of it
   * @param cancel puts this away
   */
  public BackupView(
      BackupViewModel model,
      ReadOnlyBooleanProperty secret,
      Supplier<Optional<Path>> file,
      Runnable cancel) {
    super(14);
    this.model = model;
    this.secret = secret;
    this.file = file;
    getStyleClass().addAll("privacy", "backup");
    getStylesheets().add(PrivacyCard.STYLESHEET);
    own.setId("backup-own");
    own.selectedProperty().addListener((_, _, _) -> refresh());
    own.setOnAction(_ -> focusNext());
    fresh = new SecretField("backup-passphrase", messages.get("backup.passphrase"), messages);
    again = new SecretField("backup-again", messages.get("again"), messages);
    fresh.onEnter(again::focus);
    again.onEnter(this::write);
    fields = new VBox(10, fresh, again);
    told.setId("backup-told");
    told.getStyleClass().add("muted");
    problem.setId("backup-problem");
    problem.getStyleClass().add("privacy-problem");
    ProgressBar working = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);
    working.setMaxWidth(Double.MAX_VALUE);
    working.setAccessibleText(messages.get("working"));
    ReadOnlyBooleanProperty isWorking = model.workingProperty();
    working.visibleProperty().bind(isWorking);
    working.managedProperty().bind(isWorking);
    isWorking.addListener((_, _, _) -> refresh());
    own.disableProperty().bind(isWorking);
    fields.disableProperty().bind(isWorking);
    getChildren()
        .addAll(
            new WrappedText(messages.get("backup.what")),
            own,
            fields,
            told,
            working,
            problem,
            buttons(cancel));
    fresh.text().addListener((_, _, _) -> say(""));
    again.text().addListener((_, _, _) -> say(""));
    secret.addListener((_, _, _) -> refresh());
    model
        .problemProperty()
        .addListener((_, _, words) -> {
          say(words);
          if (!words.isEmpty()) {
            run.requestFocus();
          }
        });
    refresh();
  }

  private HBox buttons(Runnable cancel) {
    run.setId("backup-run");
    run.setText(messages.get("backup.run"));
    run.getStyleClass().setAll("accent-button");
    run.setOnAction(_ -> write());
    BooleanBinding isUnsaid = own.selectedProperty().and(fresh.text().isEmpty());
    run.disableProperty().bind(model.workingProperty().or(isUnsaid));
    Button no = new Button(messages.get("cancel"));
    no.setId("backup-cancel");
    no.getStyleClass().setAll("plain-button");
    no.setOnAction(_ -> cancel.run());
    no.disableProperty().bind(model.workingProperty());
    HBox buttons = new HBox(8, run, no);
    buttons.setAlignment(Pos.CENTER_LEFT);
    return buttons;
  }

  /** Comes into sight, with the keyboard on what most press next. */
  public void open() {
    focusNext();
  }

  /** Goes out of sight: what was typed is forgotten. */
  public void forget() {
    own.setSelected(false);
    fresh.clear();
    again.clear();
    say("");
  }

  private void focusNext() {
    if (own.isSelected()) {
      fresh.focus();
    } else {
      run.requestFocus();
    }
  }

  private void refresh() {
    boolean isSecret = secret.get();
    boolean isOwn = own.isSelected();
    own.setText(messages.get(isSecret ? "backup.other" : "backup.own"));
    shown(fields, isOwn);
    String words = isOwn ? "backup.told.own" : isSecret ? "backup.told.notes" : "backup.told.open";
    told.setText(messages.get(model.workingProperty().get() ? "backup.working" : words));
    say("");
  }

  private void write() {
    Optional<String> passphrase = own.isSelected() ? Optional.of(fresh.typed()) : Optional.empty();
    int length = passphrase.map(String::length).orElse(1);
    if (length == 0) {
      fresh.focus();
    } else if (length > Passphrase.LONGEST) {
      say(messages.get("too-long", length, Passphrase.LONGEST));
      fresh.focus();
    } else if (passphrase.isPresent() && !passphrase.get().equals(again.typed())) {
      say(messages.get("differ"));
      again.focus();
    } else {
      file.get().ifPresent(chosen -> model.write(chosen, passphrase));
    }
  }

  private void say(String words) {
    problem.setText(words);
    shown(problem, !words.isEmpty());
  }

  private static void shown(Node node, boolean on) {
    node.setVisible(on);
    node.setManaged(on);
  }
}
