package org.qalam.ui.privacy;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.task.UiThread;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.WrappedText;

/** Asks for the passphrase, or for the recovery key. It binds to {@link UnlockViewModel}. */
@UiThread
public final class UnlockView extends VBox {
  private static final double WIDTH = 380;

  private final UnlockViewModel model;
  private final Messages messages = Messages.of(UnlockView.class);
  private final SecretField passphrase;
  private final TextField recovery = new TextField();
  private final VBox byRecovery;
  private final Hyperlink other = new Hyperlink();
  private final Button unlock = new Button();

  /**
   * @param isBackup whether it is a backup that is locked, and not the notes
   */
  public UnlockView(UnlockViewModel model, boolean isBackup) {
    super(14);
    this.model = model;
    getStyleClass().add("unlock");
    getStylesheets().add(PrivacyCard.STYLESHEET);
    setAlignment(Pos.CENTER);
    FontIcon icon = new FontIcon("mdi2l-lock-outline");
    icon.getStyleClass().add("unlock-icon");
    Label title = new Label(messages.get(isBackup ? "unlock.backup" : "unlock.title"));
    title.getStyleClass().add("unlock-title");
    passphrase = new SecretField("passphrase", messages.get("passphrase"), messages);
    passphrase.onEnter(this::run);
    Label name = new Label(messages.get("recovery"));
    name.getStyleClass().add("strong");
    name.setLabelFor(recovery);
    recovery.setId("recovery");
    recovery.setPromptText("XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX");
    recovery.setOnAction(_ -> run());
    byRecovery = new VBox(4, name, recovery);
    unlock.setId("unlock");
    unlock.setText(messages.get("unlock"));
    unlock.getStyleClass().add("accent-button");
    unlock.setOnAction(_ -> run());
    unlock.disableProperty().bind(model.workingProperty());
    other.setId("other-way");
    shown(other, model.hasRecoveryKey());
    other.setOnAction(_ -> turnTo(!byRecovery.isVisible()));
    ProgressIndicator working = new ProgressIndicator();
    working.getStyleClass().add("unlock-working");
    working.visibleProperty().bind(model.workingProperty());
    HBox row = new HBox(12, unlock, other, working);
    row.setAlignment(Pos.CENTER_LEFT);
    WrappedText problem = new WrappedText("");
    problem.getStyleClass().add("privacy-problem");
    problem.setId("unlock-problem");
    model
        .problemProperty()
        .addListener((_, _, words) -> {
          problem.setText(words);
          shown(problem, !words.isEmpty());
          if (!words.isEmpty()) {
            focus();
          }
        });
    shown(problem, false);
    VBox form = new VBox(12, passphrase, byRecovery, problem, row);
    form.setMaxWidth(WIDTH);
    VBox head = new VBox(8, icon, title);
    head.setAlignment(Pos.CENTER);
    getChildren().addAll(head, form);
    turnTo(false);
  }

  private static void shown(Node node, boolean on) {
    node.setVisible(on);
    node.setManaged(on);
  }

  private void turnTo(boolean recovering) {
    shown(passphrase, !recovering);
    shown(byRecovery, recovering);
    model.forgetProblem();
    other.setText(messages.get(recovering ? "use-passphrase" : "use-recovery"));
    focus();
  }

  private void run() {
    if (byRecovery.isVisible()) {
      model.recover(recovery.getText());
    } else {
      model.unlock(passphrase.typed());
    }
  }

  /** Puts the keyboard where the writer goes on. */
  public void focus() {
    if (byRecovery.isVisible()) {
      recovery.requestFocus();
    } else {
      passphrase.focus();
    }
  }
}
