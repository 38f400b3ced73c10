package org.qalam.ui.actions;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.task.UiThread;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.WrappedText;

/** What just happened on the page, and a button that takes it back where that is possible. */
@UiThread
final class NoticeLine extends HBox {
  /** Remarks on an import that are told; more would take the page's place. */
  private static final int MOST_REMARKS = 4;

  private final Messages messages;
  private final WrappedText words = new WrappedText();
  private final Button undo;

  NoticeLine(OwnActionsViewModel model, Messages messages) {
    super(10);
    this.messages = messages;
    setId("actions-notice");
    getStyleClass().add("notice-line");
    setAlignment(Pos.CENTER_LEFT);
    HBox.setHgrow(words, Priority.ALWAYS);
    undo = new Button(messages.get("undo"));
    undo.setId("actions-undo");
    undo.getStyleClass().add("plain-button");
    undo.setMinWidth(Region.USE_PREF_SIZE);
    undo.setOnAction(_ -> model.takeBack());
    Button close = new Button(null, new FontIcon("mdi2c-close"));
    close.getStyleClass().add("tool");
    close.setTooltip(new Tooltip(messages.get("dismiss")));
    close.setAccessibleText(messages.get("dismiss"));
    close.setOnAction(_ -> model.dismiss());
    getChildren().addAll(words, undo, close);
    model.noticeProperty().addListener((_, _, now) -> show(now));
    show(model.noticeProperty().get());
  }

  private void show(Notice notice) {
    boolean isThere = !(notice instanceof Notice.None);
    setVisible(isThere);
    setManaged(isThere);
    boolean canTakeBack = notice instanceof Notice.Deleted || notice instanceof Notice.Dropped;
    undo.setVisible(canTakeBack);
    undo.setManaged(canTakeBack);
    words.setText(
        switch (notice) {
          case Notice.None() -> "";
          case Notice.Saved(String name) -> messages.get("notice.saved", name);
          case Notice.Exported(String file) -> messages.get("notice.exported", file);
          case Notice.Deleted(String name) -> messages.get("notice.deleted", called(name));
          case Notice.Dropped(String name) -> messages.get("notice.dropped", called(name));
          case Notice.ChangedElsewhere(String name) -> messages.get("notice.elsewhere", name);
          case Notice.Imported imported -> imported(imported);
          case Notice.Failed(String sentence) ->
              sentence.isEmpty() ? messages.get("notice.unexpected") : sentence;
        });
  }

  private String called(String name) {
    return name.isEmpty() ? messages.get("unnamed") : name;
  }

  private String imported(Notice.Imported imported) {
    Stream<String> some = imported.remarks().stream().limit(MOST_REMARKS);
    int more = imported.remarks().size() - MOST_REMARKS;
    Stream<String> rest = more > 0 ? Stream.of(messages.get("notice.more", more)) : Stream.empty();
    return Stream.of(Stream.of(messages.get("notice.imported", imported.number())), some, rest)
        .flatMap(part -> part)
        .collect(Collectors.joining(" "));
  }
}
