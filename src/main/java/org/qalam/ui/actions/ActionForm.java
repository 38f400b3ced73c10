package org.qalam.ui.actions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.TraversalDirection;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.TilePane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.assist.ActionSheet;
import org.qalam.task.UiThread;
import org.qalam.ui.assistant.ActionIcons;
import org.qalam.ui.keys.KeyField;
import org.qalam.ui.keys.Keys;
import org.qalam.ui.keys.ShortcutsViewModel;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.TextAreaWrapping;
import org.qalam.ui.text.TextDirection;
import org.qalam.ui.text.WrappedText;

/**
 * An action as a form: a field for each of what its file can say, each with its sentence where
 * something is wrong. It writes what is typed into {@link OwnActionsViewModel} at once. Confined to
 * the JavaFX thread.
 */
@UiThread
final class ActionForm extends VBox {
  private static final double GAP = 12;

  /** Some that suit texts; any other can be written into the field. */
  private static final List<String> ICONS =
      List.of(
          "mdi2s-star-outline",
          "mdi2f-feather",
          "mdi2p-pencil-outline",
          "mdi2e-emoticon-happy-outline",
          "mdi2b-briefcase-outline",
          "mdi2e-email-outline",
          "mdi2l-lightbulb-outline",
          "mdi2f-format-list-bulleted",
          "mdi2t-table",
          "mdi2t-translate",
          "mdi2s-school-outline",
          "mdi2h-heart-outline");

  private static final List<String> PLACEHOLDERS = List.of("selection", "document", "language");

  private final OwnActionsViewModel model;
  private final ShortcutsViewModel shortcuts;
  private final Messages messages;
  private final Map<String, TextInputControl> texts = new HashMap<>();
  private final Map<String, ComboBox<String>> choices = new HashMap<>();
  private final Map<String, WrappedText> sentences = new HashMap<>();
  private final FontIcon icon = new FontIcon("mdi2s-star-outline");
  private final TextField name = new TextField();
  private final TextArea prompt = new TextArea();
  private final KeyField shortcut = new KeyField(this::pressed);
  private final WrappedText other = new WrappedText();

  /** Why the keys that were pressed last were not taken. */
  private Optional<String> refusal = Optional.empty();

  private String shownId = "";
  private String shownKeys = "";

  /** While the fields are filled they write nothing back. */
  private boolean isFilling;

  ActionForm(OwnActionsViewModel model, ShortcutsViewModel shortcuts, Messages messages) {
    super(GAP);
    this.model = model;
    this.shortcuts = shortcuts;
    this.messages = messages;
    getStyleClass().add("action-form");
    shortcuts.rows().addListener((ListChangeListener<ShortcutsViewModel.Row>) _ -> showShortcut());
    prepare("name", name);
    other.getStyleClass().add("amber");
    other.setId("form-problem");
    getChildren()
        .addAll(
            other,
            field("name", name),
            field("prompt", promptBox()),
            row(field("kind", choice("kind")), field("result", choice("result"))),
            row(field("tone", choice("tone")), field("length", choice("length"))),
            row(field("language", choice("language")), field("shortcut", shortcutBox())),
            field("icon", iconBox()),
            sampling());
  }

  // ---- fields ----

  private VBox field(String key, Node control) {
    Label label = new Label(messages.get("form." + key));
    label.getStyleClass().add("field-name");
    label.setLabelFor(control);
    WrappedText sentence = new WrappedText();
    sentence.setId("problem-" + key);
    sentence.getStyleClass().add("amber");
    sentences.put(key, sentence);
    show(sentence, "");
    VBox field = new VBox(4, label, control, sentence);
    field.setMinWidth(0);
    return field;
  }

  private static HBox row(Node... fields) {
    HBox row = new HBox(GAP, fields);
    for (Node field : fields) {
      HBox.setHgrow(field, Priority.ALWAYS);
      ((Region) field).setPrefWidth(120);
    }
    return row;
  }

  private TextField text(String key) {
    TextField field = new TextField();
    prepare(key, field);
    return field;
  }

  private void prepare(String key, TextInputControl field) {
    field.setId("form-" + key);
    field.setAccessibleText(messages.get("form." + key));
    field
        .nodeOrientationProperty()
        .bind(
            Bindings.createObjectBinding(
                () -> TextDirection.of(field.getText()), field.textProperty()));
    field
        .textProperty()
        .addListener((_, _, now) -> {
          if (!isFilling) {
            write(key, now);
          }
        });
    texts.put(key, field);
  }

  private void write(String key, String value) {
    if (key.equals(ActionSheet.PROMPT)) {
      model.setPrompt(value);
    } else {
      model.set(key, value);
    }
  }

  private ComboBox<String> choice(String key) {
    ComboBox<String> box = new ComboBox<>();
    box.setId("form-" + key);
    box.setAccessibleText(messages.get("form." + key));
    box.setMaxWidth(Double.MAX_VALUE);
    box.getItems().setAll(FormChoices.of(key));
    box.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(String value) {
            return value == null ? "" : words(key, value);
          }

          @Override
          public String fromString(String text) {
            throw new UnsupportedOperationException("the list is not edited");
          }
        });
    box.valueProperty()
        .addListener((_, _, now) -> {
          if (!isFilling && now != null) {
            model.set(key, now);
          }
        });
    choices.put(key, box);
    return box;
  }

  private String words(String key, String value) {
    return messages.getOr(
        "form." + key + "." + value, Locale.of(value).getDisplayLanguage(), value);
  }

  private Node promptBox() {
    prepare(ActionSheet.PROMPT, prompt);
    TextAreaWrapping.follow(prompt);
    prompt.setPrefRowCount(6);
    prompt.setPromptText(messages.get("form.prompt.hint"));
    prompt.addEventFilter(KeyEvent.KEY_PRESSED, event -> moveOn(prompt, event));
    FlowPane marks = new FlowPane(6, 6);
    marks.setAlignment(Pos.CENTER_LEFT);
    for (String mark : PLACEHOLDERS) {
      Button button = new Button("{{" + mark + "}}");
      button.setId("mark-" + mark);
      button.setMnemonicParsing(false);
      button.getStyleClass().add("mark-button");
      button.setTooltip(new Tooltip(messages.get("form.mark." + mark)));
      button.setAccessibleHelp(messages.get("form.mark." + mark));
      button.setOnAction(_ -> {
        prompt.replaceSelection("{{" + mark + "}}");
        prompt.requestFocus();
        prompt.deselect();
      });
      marks.getChildren().add(button);
    }
    return new VBox(6, prompt, marks);
  }

  /** A text area takes Tab as text; in a form it goes to the next field. */
  static void moveOn(TextArea area, KeyEvent event) {
    if (event.getCode() == KeyCode.TAB && !event.isControlDown()) {
      area.requestFocusTraversal(
          event.isShiftDown() ? TraversalDirection.PREVIOUS : TraversalDirection.NEXT);
      event.consume();
    }
  }

  private Node shortcutBox() {
    shortcut.setId("form-shortcut");
    shortcut.setMaxWidth(Double.MAX_VALUE);
    shortcut.describe(messages.get("form.shortcut"));
    shortcut.listeningProperty().addListener((_, _, _) -> showShortcut());
    return shortcut;
  }

  private void pressed(Optional<Keys> keys) {
    refusal = keys.flatMap(shortcuts::refusal);
    if (refusal.isEmpty()) {
      model.set("shortcut", keys.map(Keys::toString).orElse(""));
    }
    showShortcut();
  }

  private Node iconBox() {
    TextField named = text("icon");
    named.setPromptText("mdi2s-star-outline");
    named.setPrefColumnCount(16);
    HBox field = new HBox(8, icon, named);
    field.setAlignment(Pos.CENTER_LEFT);
    HBox.setHgrow(named, Priority.ALWAYS);
    TilePane some = new TilePane(4, 4);
    some.setPrefColumns(ICONS.size());
    for (String literal : ICONS) {
      Button button = new Button(null, new FontIcon(literal));
      button.getStyleClass().add("tool");
      button.setAccessibleText(literal);
      button.setOnAction(_ -> named.setText(literal));
      some.getChildren().add(button);
    }
    return new VBox(6, field, some);
  }

  private Node sampling() {
    List<Node> fields = new ArrayList<>();
    for (String key : FormChoices.SAMPLING) {
      fields.add(field(key, text(key)));
    }
    HBox row = row(fields.toArray(Node[]::new));
    Label title = new Label(messages.get("form.sampling"));
    title.getStyleClass().add("section");
    WrappedText told = new WrappedText(messages.get("form.sampling.told"));
    told.getStyleClass().add("muted");
    return new VBox(6, title, told, row);
  }

  // ---- what is shown ----

  /** Shows an action; a field that says it already stays as it is, with its caret. */
  void show(Draft draft) {
    draft.sheet().ifPresent(sheet -> show(draft, sheet));
  }

  private void show(Draft draft, ActionSheet sheet) {
    isFilling = true;
    if (!draft.id().equals(shownId) || !sheet.value("shortcut").equals(shownKeys)) {
      refusal = Optional.empty();
    }
    shownId = draft.id();
    shownKeys = sheet.value("shortcut");
    try {
      texts.forEach((key, field) -> {
        String value = key.equals(ActionSheet.PROMPT) ? sheet.prompt() : sheet.value(key);
        if (!field.getText().strip().equals(value)) {
          field.setText(value);
        }
      });
      choices.forEach((key, box) -> box.setValue(FormChoices.shown(key, sheet)));
      texts.forEach((key, field) -> {
        if (key.equals("name")) {
          field.setPromptText(draft.hasFile() ? draft.id() : "");
        } else if (FormChoices.SAMPLING.contains(key)) {
          field.setPromptText(FormChoices.defaultOf(key, sheet));
        }
      });
      String literal = sheet.value("icon");
      ActionIcons.show(icon, literal.isEmpty() ? "mdi2s-star-outline" : literal);
      shortcut.show(Keys.parse(shownKeys));
    } finally {
      isFilling = false;
    }
    tellProblems();
  }

  private void tellProblems() {
    Map<String, String> told = new HashMap<>();
    for (ActionSheet.Problem problem : model.problems()) {
      String key = sentences.containsKey(problem.key()) ? problem.key() : "";
      String words =
          messages.getOr(
              "form." + problem.key() + ".wrong", messages.get("sentence", problem.words()));
      told.merge(key, words, (first, _) -> first);
    }
    if (prompt.getText().isBlank() && told.containsKey(ActionSheet.PROMPT)) {
      told.put(ActionSheet.PROMPT, messages.get("form.prompt.missing"));
    }
    sentences.forEach((key, sentence) -> {
      if (!key.equals("shortcut")) {
        show(sentence, told.getOrDefault(key, ""));
      }
    });
    show(other, told.getOrDefault("", ""));
    showShortcut();
  }

  private void showShortcut() {
    Optional.ofNullable(sentences.get("shortcut"))
        .ifPresent(sentence ->
            show(
                sentence,
                shortcut.listeningProperty().get()
                    ? messages.get("form.shortcut.listening")
                    : refusal.orElseGet(() -> shortcuts.advice(shownKeys, shownId))));
  }

  private static void show(WrappedText sentence, String words) {
    sentence.setText(words);
    sentence.setVisible(!words.isEmpty());
    sentence.setManaged(!words.isEmpty());
  }

  /** Puts the keyboard where a new action begins. */
  void focusFirst() {
    (name.getText().isBlank() ? name : prompt).requestFocus();
  }
}
