package org.qalam.ui.proof;

import java.util.Locale;
import javafx.beans.InvalidationListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.qalam.task.UiThread;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.WrappedText;

/**
 * The settings of spelling and grammar: on or off, what memory it takes, and what is left alone. It
 * binds to {@link ProofViewModel}. Confined to the JavaFX thread.
 */
@UiThread
public final class ProofCard extends VBox {
  /** Megabytes of heap that rules and word lists take, measured (docs/performance.md). */
  private static final int ENGLISH = 100;

  private static final int ARABIC = 45;

  private final ProofViewModel model;
  private final Messages messages = Messages.of(ProofCard.class);
  private final WrappedText memory = new WrappedText();
  private final VBox words = new VBox(4);
  private final VBox rules = new VBox(4);

  /** Shows {@code model}. */
  public ProofCard(ProofViewModel model) {
    super(14);
    this.model = model;
    getStyleClass().add("card");
    memory.setId("proof-memory");
    words.setId("proof-words");
    rules.setId("proof-rules");
    getChildren()
        .addAll(
            onOff(),
            new VBox(4, label(messages.get("words"), "strong"), words),
            new VBox(4, label(messages.get("rules"), "strong"), rules));
    model.words().addListener((InvalidationListener) _ -> listWords());
    model.rulesOff().addListener((InvalidationListener) _ -> listRules());
    model.onProperty().addListener((_, _, _) -> tellMemory());
    model.languagesProperty().addListener((_, _, _) -> tellMemory());
    tellMemory();
    listWords();
    listRules();
  }

  private Node onOff() {
    CheckBox on = new CheckBox(messages.get("on"));
    on.setId("proof-on");
    on.getStyleClass().add("strong");
    on.setAccessibleHelp(messages.get("on.told"));
    on.setSelected(model.onProperty().get());
    model.onProperty().addListener((_, _, now) -> on.setSelected(now));
    on.setOnAction(_ -> model.setOn(on.isSelected()));
    WrappedText told = new WrappedText(messages.get("on.told"));
    told.getStyleClass().add("muted");
    memory.getStyleClass().add("muted");
    return new VBox(6, on, told, memory);
  }

  private void tellMemory() {
    boolean english = model.isLoaded("en");
    boolean arabic = model.isLoaded("ar");
    int taken = (english ? ENGLISH : 0) + (arabic ? ARABIC : 0);
    if (taken == 0) {
      memory.setText(messages.get("memory.none", ENGLISH, ENGLISH + ARABIC));
    } else if (!model.onProperty().get()) {
      memory.setText(messages.get("memory.left", taken));
    } else {
      memory.setText(
          messages.get(
              english && arabic ? "memory.both" : "memory.one",
              taken,
              Locale.of(english ? "en" : "ar").getDisplayLanguage(),
              Locale.of("ar").getDisplayLanguage()));
    }
  }

  private void listWords() {
    words.getChildren().clear();
    for (String word : model.words()) {
      words
          .getChildren()
          .add(
              row(
                  word,
                  button(
                      messages.get("words.remove"),
                      messages.get("words.remove.accessible", word),
                      () -> model.removeWord(word))));
    }
    if (model.words().isEmpty()) {
      words.getChildren().add(told(messages.get("words.none")));
    }
  }

  private void listRules() {
    rules.getChildren().clear();
    for (LeftAlone.Rule rule : model.rulesOff()) {
      rules
          .getChildren()
          .add(
              row(
                  rule.name(),
                  button(
                      messages.get("rules.on"),
                      messages.get("rules.on.accessible", rule.name()),
                      () -> model.turnOn(rule))));
    }
    if (model.rulesOff().isEmpty()) {
      rules.getChildren().add(told(messages.get("rules.none")));
    }
  }

  private static HBox row(String name, Button button) {
    WrappedText words = new WrappedText(name);
    HBox.setHgrow(words, Priority.ALWAYS);
    HBox row = new HBox(10, words, button);
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }

  private static Button button(String text, String accessible, Runnable work) {
    Button button = new Button(text);
    button.getStyleClass().add("link-button");
    button.setAccessibleText(accessible);
    button.setMinWidth(USE_PREF_SIZE);
    button.setOnAction(_ -> work.run());
    return button;
  }

  private static WrappedText told(String sentence) {
    WrappedText told = new WrappedText(sentence);
    told.getStyleClass().add("muted");
    return told;
  }

  private static Label label(String text, String style) {
    Label label = new Label(text);
    label.getStyleClass().add(style);
    return label;
  }
}
