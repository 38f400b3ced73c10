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
import org.qalam.ui.text.OneLineText;
import org.qalam.ui.text.WrappedText;

/** The passages of an answer to a question, below it; each leads to its place in its text. */
final class SourceRows extends VBox {
  /** Characters of a passage that are shown: most passages are shorter. */
  private static final int SHOWN = 300;

  /** The same below the name of a document, which takes a line. */
  private static final int SHOWN_OF_NOTE = 160;

  /** Passages of all documents that are shown where they answer nothing. */
  private static final int NEAREST = 2;

  private final Messages messages;
  private final Consumer<CitedAnswer.Source> show;
  private final Label title = new Label();

  /**
   * @param show takes a passage that is to be shown
   */
  SourceRows(Messages messages, Consumer<CitedAnswer.Source> show) {
    this.messages = messages;
    this.show = show;
    setId("sources");
    getStyleClass().add("sources");
    title.getStyleClass().add("section");
  }

  /** The sources that the answer cites; all that were read where it cites none. */
  void tell(Answer answer) {
    getChildren().clear();
    List<CitedAnswer.Source> all = answer.sources();
    if (all.isEmpty()) {
      return;
    }
    List<Integer> cited = CitedAnswer.cited(answer.text());
    List<CitedAnswer.Source> told =
        all.stream()
            .filter(source -> cited.isEmpty() || cited.contains(source.number()))
            .limit(cited.isEmpty() && answer.isFromNotes() ? NEAREST : all.size())
            .toList();
    if (told.isEmpty()) {
      return;
    }
    String key = cited.isEmpty() ? "sources.nearest" : "sources";
    title.setText(messages.get(answer.isFromNotes() ? key + ".notes" : key));
    getChildren().add(title);
    told.forEach(source -> getChildren().add(row(source)));
  }

  private HBox row(CitedAnswer.Source source) {
    Label number = new Label(String.valueOf(source.number()));
    number.getStyleClass().add("number");
    number.setMinWidth(USE_PREF_SIZE);
    String line = source.text().strip().replaceAll("\\s+", " ");
    boolean isOfNote = source.note().isPresent();
    WrappedText words = new WrappedText(shortened(line, isOfNote ? SHOWN_OF_NOTE : SHOWN));
    words.getStyleClass().add("muted");
    VBox told = new VBox(2, words);
    HBox.setHgrow(told, Priority.ALWAYS);
    HBox row = new HBox(8, number, told);
    row.getStyleClass().add("source");
    row.setAccessibleRole(AccessibleRole.BUTTON);
    row.setAccessibleText(messages.get("source.accessible", source.number(), line));
    source
        .note()
        .ifPresent(note -> {
          String name = note.title().isEmpty() ? messages.get("source.untitled") : note.title();
          OneLineText heading = new OneLineText();
          heading.setText(name);
          heading.getStyleClass().add("note");
          heading.setMaxWidth(Double.MAX_VALUE);
          told.getChildren().addFirst(heading);
          row.setAccessibleText(
              messages.get("source.accessible.note", source.number(), name, line));
        });
    row.setFocusTraversable(true);
    Tooltip.install(row, new Tooltip(messages.get(isOfNote ? "source.told.note" : "source.told")));
    row.setOnMouseClicked(_ -> show.accept(source));
    row.setOnKeyPressed(event -> {
      if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
        show.accept(source);
        event.consume();
      }
    });
    return row;
  }

  private static String shortened(String line, int most) {
    if (line.length() <= most) {
      return line;
    }
    int space = line.lastIndexOf(' ', most);
    return new TextRange(0, space > 0 ? space : most).of(line) + "…";
  }
}
