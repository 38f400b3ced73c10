package org.qalam.ui.privacy;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.qalam.task.UiThread;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.WrappedText;

/**
 * The settings of the passphrase: set, change, remove, when it is asked for, and the recovery key
 * while it is to be written down. It binds to {@link PrivacyViewModel}.
 */
@UiThread
public final class PrivacyCard extends VBox {
  static final String STYLESHEET =
      Objects.requireNonNull(PrivacyCard.class.getResource("privacy.css")).toExternalForm();

  /** What the card asks for now. */
  private enum Form {
    NONE,
    PROTECT,
    CHANGE,
    RENEW,
    REMOVE
  }

  private final PrivacyViewModel model;
  private final Messages messages = Messages.of(PrivacyCard.class);
  private final WrappedText state = new WrappedText("");
  private final FlowPane choices = new FlowPane(8, 8);
  private final VBox form = new VBox(10);
  private final VBox recovery = new VBox(10);
  private final WrappedText problem = new WrappedText("");
  private final WrappedText done = new WrappedText("");
  private final HBox rest;

  public PrivacyCard(PrivacyViewModel model) {
    super(14);
    this.model = model;
    getStyleClass().addAll("card", "privacy");
    getStylesheets().add(STYLESHEET);
    Label title = new Label(messages.get("title"));
    title.getStyleClass().add("strong");
    rest = lockAfter();
    problem.getStyleClass().add("privacy-problem");
    problem.setId("privacy-problem");
    done.getStyleClass().add("muted");
    ProgressBar working = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);
    working.setMaxWidth(Double.MAX_VALUE);
    working.setAccessibleText(messages.get("working"));
    working.visibleProperty().bind(model.workingProperty());
    working.managedProperty().bind(model.workingProperty());
    getChildren().addAll(title, state, recovery, choices, form, working, problem, done, rest);
    choices.disableProperty().bind(model.workingProperty());
    form.disableProperty().bind(model.workingProperty());
    model.secretProperty().addListener((_, _, _) -> turnTo(Form.NONE));
    model.recoveryKeyProperty().addListener((_, _, _) -> turnTo(Form.NONE));
    model.onChanged(() -> {
      turnTo(Form.NONE);
      say(done, messages.get("changed"));
    });
    model.problemProperty().addListener((_, _, words) -> say(problem, words));
    turnTo(Form.NONE);
  }

  /** Asks for a new passphrase at once. */
  public void askForNew() {
    turnTo(Form.CHANGE);
  }

  private static void say(WrappedText place, String words) {
    place.setText(words);
    shown(place, !words.isEmpty());
  }

  private static void shown(Node node, boolean on) {
    node.setVisible(on);
    node.setManaged(on);
  }

  private void turnTo(Form next) {
    boolean isSecret = model.secretProperty().get();
    String key = model.recoveryKeyProperty().get();
    say(done, "");
    say(problem, "");
    state.setText(messages.get(isSecret ? "state.secret" : "state.open"));
    recovery.getChildren().setAll(key.isEmpty() ? List.of() : shownOnce(key));
    shown(recovery, !key.isEmpty());
    choices.getChildren().clear();
    form.getChildren().clear();
    if (isSecret) {
      choices
          .getChildren()
          .addAll(
              choice("lock-now", "plain-button", model::lockNow),
              choice("change", "plain-button", () -> turnTo(Form.CHANGE)),
              choice("renew", "plain-button", () -> turnTo(Form.RENEW)),
              choice("remove", "danger-button", () -> turnTo(Form.REMOVE)));
    } else {
      choices.getChildren().add(choice("protect", "accent-button", () -> turnTo(Form.PROTECT)));
    }
    shown(choices, next == Form.NONE && key.isEmpty());
    shown(form, next != Form.NONE);
    shown(rest, isSecret && next == Form.NONE && key.isEmpty());
    switch (next) {
      case NONE -> {}
      case PROTECT -> askForTwo("protect.told", false, false);
      case CHANGE -> askForTwo("change.told", !model.isRecovered(), true);
      case RENEW -> askForOne("renew", "accent-button", model::renewRecoveryKey);
      case REMOVE -> askForOne("remove", "danger-button", model::unprotect);
    }
  }

  private Button choice(String key, String style, Runnable run) {
    Button button = new Button(messages.get(key));
    button.setId("privacy-" + key);
    button.getStyleClass().add(style);
    button.setOnAction(_ -> run.run());
    return button;
  }

  /** A new passphrase, twice, and the old one where it is needed. */
  private void askForTwo(String told, boolean withOld, boolean isChange) {
    SecretField old = new SecretField("old-passphrase", messages.get("old"), messages);
    SecretField fresh = new SecretField("new-passphrase", messages.get("new"), messages);
    SecretField again = new SecretField("again-passphrase", messages.get("again"), messages);
    Runnable go =
        () -> {
          if (!fresh.typed().equals(again.typed())) {
            say(problem, messages.get("differ"));
            again.focus();
          } else if (isChange) {
            model.change(old.typed(), fresh.typed());
          } else {
            model.protect(fresh.typed());
          }
        };
    again.onEnter(go);
    Button run = choice(isChange ? "change-now" : "protect-now", "accent-button", go);
    run.disableProperty()
        .bind(Bindings.createBooleanBinding(() -> fresh.typed().isEmpty(), fresh.text()));
    if (withOld) {
      form.getChildren().add(old);
    }
    form.getChildren().addAll(fresh, again, told(told), buttons(run));
    (withOld ? old : fresh).focus();
  }

  private void askForOne(String key, String style, Consumer<String> work) {
    SecretField passphrase =
        new SecretField("old-passphrase", messages.get("passphrase"), messages);
    Runnable go = () -> work.accept(passphrase.typed());
    passphrase.onEnter(go);
    form.getChildren()
        .addAll(passphrase, told(key + ".told"), buttons(choice(key + "-now", style, go)));
    passphrase.focus();
  }

  private Node told(String key) {
    WrappedText told = new WrappedText(messages.get(key));
    told.getStyleClass().add("muted");
    return told;
  }

  private HBox buttons(Button run) {
    HBox buttons = new HBox(8, run, choice("cancel", "plain-button", () -> turnTo(Form.NONE)));
    buttons.setAlignment(Pos.CENTER_LEFT);
    return buttons;
  }

  /** The recovery key, until the writer says that it is written down. */
  private List<Node> shownOnce(String key) {
    TextField words = new TextField(key);
    words.setId("recovery-key");
    words.setEditable(false);
    words.getStyleClass().add("recovery-key");
    words.setAccessibleText(messages.get("recovery"));
    Label name = new Label(messages.get("recovery"));
    name.getStyleClass().add("strong");
    Button copy =
        choice(
            "copy",
            "plain-button",
            () -> {
              ClipboardContent content = new ClipboardContent();
              content.putString(key);
              Clipboard.getSystemClipboard().setContent(content);
            });
    CheckBox written = new CheckBox(messages.get("written"));
    written.setId("recovery-written");
    Button close = choice("recovery-done", "accent-button", model::forgetRecoveryKey);
    close.disableProperty().bind(written.selectedProperty().not());
    HBox row = new HBox(8, close, copy);
    row.setAlignment(Pos.CENTER_LEFT);
    return List.of(name, words, told("recovery.told"), written, row);
  }

  private HBox lockAfter() {
    ComboBox<LockAfter> choice = new ComboBox<>();
    choice.setId("lock-after");
    choice.getItems().addAll(LockAfter.values());
    choice.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(LockAfter limit) {
            return limit == null ? "" : messages.get("lock-after." + limit.name());
          }

          @Override
          public LockAfter fromString(String text) {
            throw new UnsupportedOperationException("the list is not edited");
          }
        });
    choice.setValue(model.lockAfterProperty().get());
    model.lockAfterProperty().addListener((_, _, limit) -> choice.setValue(limit));
    choice.valueProperty().addListener((_, _, limit) -> model.setLockAfter(limit));
    choice.setMinWidth(Region.USE_PREF_SIZE);
    Label name = new Label(messages.get("lock-after"));
    name.setLabelFor(choice);
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    HBox row = new HBox(10, name, gap, choice);
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }
}
