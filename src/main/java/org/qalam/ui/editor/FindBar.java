package org.qalam.ui.editor;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.IndexRange;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.ui.text.Messages;

/**
 * Finds a text in the document: as one types, next and previous, how many there are; and puts
 * another in its place, here or everywhere.
 */
final class FindBar extends GridPane {
  private final StyleClassedTextArea area;
  private final Messages messages;
  private final Replacing replacing;
  private final TextField field = new TextField();
  private final TextField replacement = new TextField();
  private final Label count = new Label();
  private final Button more;
  private final HBox replacements;
  private final Runnable close;

  /** Puts texts in the place of others, in one step to undo. */
  @FunctionalInterface
  interface Replacing {
    /**
     * Does it, at once where they are few, else over several frames.
     *
     * @param puts in reading order
     * @param then is called when all is there
     */
    void replace(List<ChangesInTurn.Put> puts, Runnable then);
  }

  FindBar(StyleClassedTextArea area, Messages messages, Replacing replacing, Runnable close) {
    this.area = area;
    this.messages = messages;
    this.replacing = replacing;
    this.close = close;
    getStyleClass().add("find-bar");
    field.setId("find-field");
    prompt(field, "find.prompt");
    field.textProperty().addListener((_, _, _) -> step(true, true));
    field.addEventHandler(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.ENTER) {
            step(!event.isShiftDown(), false);
            event.consume();
          }
        });
    replacement.setId("find-replacement");
    prompt(replacement, "find.replacement");
    replacement.setOnAction(_ -> replace());
    count.setId("find-count");
    count.getStyleClass().add("find-count");
    more = button("mdi2f-find-replace", "find.more", () -> showReplacing(!isReplacing()));
    HBox steps =
        row(
            count,
            button("mdi2c-chevron-up", "find.previous", () -> step(false, false)),
            button("mdi2c-chevron-down", "find.next", () -> step(true, false)),
            more,
            button("mdi2c-close", "find.close", this::end));
    replacements =
        row(
            named("find-replace", "find.replace", this::replace),
            named("find-replace-all", "find.all", this::replaceAll));
    // The keyboard goes from field to field first, then to what is done with them.
    add(field, 0, 0);
    add(replacement, 0, 1);
    add(replacements, 1, 1);
    add(steps, 1, 0);
    showReplacing(false);
    addEventHandler(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.ESCAPE) {
            end();
            event.consume();
          }
        });
  }

  private static HBox row(Node... parts) {
    HBox row = new HBox(parts);
    row.getStyleClass().add("find-row");
    return row;
  }

  private void prompt(TextField typed, String key) {
    typed.setPromptText(messages.get(key));
    typed.setAccessibleText(messages.get(key));
  }

  private Button button(String icon, String key, Runnable action) {
    Button button = new Button(null, new FontIcon(icon));
    button.getStyleClass().add("tool");
    button.setTooltip(new Tooltip(messages.get(key)));
    button.setAccessibleText(messages.get(key));
    button.setOnAction(_ -> action.run());
    return button;
  }

  private Button named(String id, String key, Runnable action) {
    Button button = new Button(messages.get(key));
    button.setId(id);
    button.setMinWidth(USE_PREF_SIZE);
    button.setOnAction(_ -> action.run());
    return button;
  }

  private boolean isReplacing() {
    return replacements.isVisible();
  }

  private void showReplacing(boolean isShown) {
    for (Node part : List.of(replacement, replacements)) {
      part.setVisible(isShown);
      part.setManaged(isShown);
    }
    String key = isShown ? "find.less" : "find.more";
    more.setAccessibleText(messages.get(key));
    more.getTooltip().setText(messages.get(key));
  }

  /**
   * Puts the keyboard into a field: where it is known what to look for, into that for what comes
   * instead.
   *
   * @param isReplacing whether that one is shown
   */
  void begin(String selected, boolean isReplacing) {
    boolean isKnown = !selected.isEmpty() && selected.indexOf('\n') < 0;
    if (isKnown) {
      field.setText(selected);
    }
    showReplacing(isReplacing);
    TextField next = isReplacing && isKnown ? replacement : field;
    next.requestFocus();
    next.selectAll();
    step(true, true);
  }

  private void end() {
    close.run();
    area.requestFocus();
  }

  /** Selects the next or previous place; while typing also the one at the caret itself. */
  private void step(boolean forward, boolean typing) {
    List<Integer> places = places();
    if (places.isEmpty()) {
      count.setText(field.getText().isEmpty() ? "" : messages.get("find.none"));
      return;
    }
    int from = area.getSelection().getStart();
    int chosen = -1;
    if (forward) {
      for (int i = 0; i < places.size() && chosen < 0; i++) {
        if (places.get(i) > from || (typing && places.get(i) == from)) {
          chosen = i;
        }
      }
      chosen = Math.max(chosen, 0);
    } else {
      for (int i = places.size() - 1; i >= 0 && chosen < 0; i--) {
        if (places.get(i) < from) {
          chosen = i;
        }
      }
      chosen = chosen < 0 ? places.size() - 1 : chosen;
    }
    int start = places.get(chosen);
    area.selectRange(start, start + field.getText().length());
    area.requestFollowCaret();
    count.setText(messages.get("find.count", chosen + 1, places.size()));
  }

  private List<Integer> places() {
    return TextSearch.places(area.getText(), field.getText());
  }

  /** The place that is selected, which {@link #step} has chosen or the writer. */
  private OptionalInt selected() {
    IndexRange selected = area.getSelection();
    return places().stream()
        .filter(place ->
            place == selected.getStart() && selected.getLength() == field.getText().length())
        .mapToInt(place -> place)
        .findFirst();
  }

  private ChangesInTurn.Put put(int place) {
    return new ChangesInTurn.Put(place, place + field.getText().length(), replacement.getText());
  }

  /** Replaces the place that is selected, and goes on to the next one. */
  private void replace() {
    OptionalInt place = selected();
    if (place.isEmpty()) {
      step(true, true);
      return;
    }
    int at = place.getAsInt();
    replacing.replace(
        List.of(put(at)),
        () -> {
          int end = at + replacement.getText().length();
          area.selectRange(end, end);
          step(true, true);
        });
  }

  private void replaceAll() {
    List<ChangesInTurn.Put> puts = new ArrayList<>();
    places().forEach(place -> puts.add(put(place)));
    if (puts.isEmpty()) {
      step(true, true);
      return;
    }
    replacing.replace(puts, () -> count.setText(messages.get("find.replaced", puts.size())));
  }
}
