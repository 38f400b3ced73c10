package org.qalam.ui.assistant;

import java.util.List;
import java.util.function.Consumer;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.qalam.assist.CitedAnswer;
import org.qalam.document.TextRange;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.WrappedText;

/** The passages of an answer to a question, below it; each leads to its place in the text. */
final class SourceRows extends VBox {
  /** Characters of a passage that are shown: most passages are shorter. */
  private static final int SHOWN = 300;

  private final Messages messages;
  private final Consumer<String> show;
  private final Label title = new Label();

  /**
   * @param show takes the text of a passage that is to be shown
   */
  SourceRows(Messages messages, Consumer<String> show) {
    this.messages = messages;
    this.show = show;
    setId("sources");
    getStyleClass().add("sources");
    title.getStyleClass().add("section");
  }

  /** The sources that the answer cites; all that were read where it cites none. */
  void tell(Answer answer) {
    getChildren().clear();
    if (!answer.isCited()) {
      return;
    }
    List<CitedAnswer.Source> all = CitedAnswer.read(answer.original(), "");
    List<Integer> cited = CitedAnswer.cited(answer.text());
    List<CitedAnswer.Source> told =
        all.stream().filter(source -> cited.isEmpty() || cited.contains(source.number())).toList();
    if (told.isEmpty()) {
      return;
    }
    title.setText(messages.get(cited.isEmpty() ? "sources.nearest" : "sources"));
    getChildren().add(title);
    told.forEach(source -> getChildren().add(row(source)));
  }

  private HBox row(CitedAnswer.Source source) {
    Label number = new Label(String.valueOf(source.number()));
    number.getStyleClass().add("number");
    number.setMinWidth(USE_PREF_SIZE);
    String line = source.text().strip().replaceAll("\\s+", " ");
    WrappedText words = new WrappedText(shortened(line));
    words.getStyleClass().add("muted");
    HBox.setHgrow(words, Priority.ALWAYS);
    HBox row = new HBox(8, number, words);
    row.getStyleClass().add("source");
    row.setAccessibleRole(AccessibleRole.BUTTON);
    row.setAccessibleText(messages.get("source.accessible", source.number(), line));
    row.setFocusTraversable(true);
    Tooltip.install(row, new Tooltip(messages.get("source.told")));
    row.setOnMouseClicked(_ -> show.accept(source.text()));
    row.setOnKeyPressed(event -> {
      if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
        show.accept(source.text());
        event.consume();
      }
    });
    return row;
  }

  private static String shortened(String line) {
    if (line.length() <= SHOWN) {
      return line;
    }
    int space = line.lastIndexOf(' ', SHOWN);
    return new TextRange(0, space > 0 ? space : SHOWN).of(line) + "…";
  }
}
