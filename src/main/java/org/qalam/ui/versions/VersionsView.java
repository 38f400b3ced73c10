package org.qalam.ui.versions;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.qalam.document.Revision;
import org.qalam.task.UiThread;
import org.qalam.ui.text.LineView;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.NodeCell;
import org.qalam.ui.text.OneLineText;
import org.qalam.ui.text.StyledLine;
import org.qalam.ui.versions.VersionsViewModel.Shown;
import org.qalam.ui.versions.VersionsViewModel.Version;

/** Versions on the left, the chosen one with its changes on the right. On the JavaFX thread. */
@UiThread
public final class VersionsView extends HBox {
  private static final String STYLESHEET =
      VersionsView.class.getResource("versions.css").toExternalForm();

  private static final double LIST_WIDTH = 230;

  /** In a narrow window the list makes room for the text. */
  private static final double NARROW_LIST = 150;

  private static final double ROOM = 640;

  private final VersionsViewModel model;
  private final Runnable done;
  private final Messages messages = Messages.of(VersionsView.class);
  private final ListView<Version> list;
  private final ComboBox<Version> against = new ComboBox<>();
  private final ToggleGroup sides = new ToggleGroup();
  private final ToggleButton changes = side("changes");
  private final ToggleButton text = side("text");
  private final LineView lines = new LineView();
  private final TextField name = new TextField();
  private final Button keep = new Button();

  /**
   * @param done is told when there is nothing more to look at: a version was restored or copied
   */
  public VersionsView(VersionsViewModel model, Runnable done) {
    this.model = model;
    this.done = done;
    model.sayLeftOut(many -> messages.get("left-out", many));
    getStyleClass().add("versions-view");
    getStylesheets().add(STYLESHEET);
    list = new ListView<>(model.versions());
    list.setId("versions");
    list.setAccessibleText(messages.get("list"));
    list.setCellFactory(_ -> new VersionCell());
    widthProperty()
        .addListener((_, _, width) ->
            list.setMinWidth(width.doubleValue() < ROOM ? NARROW_LIST : LIST_WIDTH));
    list.setMinWidth(LIST_WIDTH);
    list.setPrefWidth(NARROW_LIST);
    list.getSelectionModel()
        .selectedItemProperty()
        .addListener((_, _, now) -> {
          if (now != null) {
            model.chosenProperty().set(now);
          }
        });
    model.chosenProperty().addListener((_, _, now) -> chosen(now));
    model.shownProperty().addListener((_, _, _) -> show());
    VBox.setVgrow(lines, Priority.ALWAYS);
    lines.setId("version-text");
    VBox page = new VBox(10, head(), lines, naming(), buttons());
    page.setMinWidth(0);
    HBox.setHgrow(page, Priority.ALWAYS);
    getChildren().addAll(list, page);
  }

  /** Reads the versions of the open document. */
  public void open() {
    sides.selectToggle(changes);
    name.clear();
    model.open();
    list.getSelectionModel().select(model.chosenProperty().get());
    list.requestFocus();
  }

  private ToggleButton side(String key) {
    ToggleButton side = new ToggleButton(messages.get(key));
    side.setId("version-side-" + key);
    side.getStyleClass().setAll("tab-button");
    side.setToggleGroup(sides);
    return side;
  }

  private FlowPane head() {
    sides
        .selectedToggleProperty()
        .addListener((_, before, now) -> {
          if (now == null) {
            sides.selectToggle(before);
          } else {
            show();
          }
        });
    against.setItems(model.versions());
    against.setId("version-against");
    against.setMaxWidth(280);
    against.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(Version version) {
            return version == null ? "" : named(version);
          }

          @Override
          public Version fromString(String words) {
            throw new UnsupportedOperationException("the list is not edited");
          }
        });
    against.valueProperty().bindBidirectional(model.againstProperty());
    Label with = new Label(messages.get("against"));
    with.getStyleClass().add("quiet");
    with.setLabelFor(against);
    HBox side = new HBox(4, changes, text);
    HBox other = new HBox(8, with, against);
    other.setAlignment(Pos.CENTER_LEFT);
    FlowPane head = new FlowPane(16, 6, side, other);
    var isText = text.selectedProperty();
    with.visibleProperty().bind(isText.not());
    against.visibleProperty().bind(isText.not());
    return head;
  }

  private HBox naming() {
    name.setId("version-name");
    name.setPromptText(messages.get("name"));
    name.setAccessibleText(messages.get("name"));
    name.setOnAction(_ -> keep());
    HBox.setHgrow(name, Priority.ALWAYS);
    keep.setId("version-keep");
    keep.setOnAction(_ -> keep());
    keep.getStyleClass().setAll("plain-button");
    keep.setMinWidth(USE_PREF_SIZE);
    HBox naming = new HBox(8, name, keep);
    naming.setAlignment(Pos.CENTER_LEFT);
    return naming;
  }

  private void keep() {
    model.name(name.getText());
  }

  private FlowPane buttons() {
    BooleanBinding isNow =
        Bindings.createBooleanBinding(
            () -> model.chosenProperty().get().revision().isEmpty(), model.chosenProperty());
    BooleanBinding isUnread =
        Bindings.createBooleanBinding(
            () -> !(model.shownProperty().get() instanceof Shown.Text), model.shownProperty());
    Button restore =
        button(
            "restore",
            () -> {
              model.restore();
              done.run();
            });
    restore.getStyleClass().setAll("accent-button");
    Button copy =
        button(
            "copy",
            () -> {
              model.copy();
              done.run();
            });
    Button remove = button("remove", model::remove);
    restore.disableProperty().bind(isNow.or(isUnread));
    copy.disableProperty().bind(isUnread);
    remove.disableProperty().bind(isNow);
    keep.textProperty()
        .bind(Bindings.when(isNow).then(messages.get("keep")).otherwise(messages.get("rename")));
    return new FlowPane(8, 6, restore, copy, remove);
  }

  private Button button(String key, Runnable action) {
    Button button = new Button(messages.get(key));
    button.setId("version-" + key);
    button.getStyleClass().setAll("plain-button");
    button.setMinWidth(USE_PREF_SIZE);
    button.setOnAction(_ -> action.run());
    return button;
  }

  private void chosen(Version version) {
    list.getSelectionModel().select(version);
    name.setText(version.revision().map(Revision::name).orElse(""));
  }

  private void show() {
    switch (model.shownProperty().get()) {
      case Shown.Nothing() -> lines.show(List.of());
      case Shown.Problem(String sentence) -> lines.show(StyledLine.plain(sentence));
      case Shown.Text(String whole, List<StyledLine> marked) -> {
        boolean isAlone = model.versions().size() == 1;
        boolean isItself = model.chosenProperty().get().equals(model.againstProperty().get());
        if (text.isSelected() || (isItself && !isAlone)) {
          lines.show(StyledLine.plain(whole));
        } else if (marked.isEmpty()) {
          lines.show(StyledLine.plain(messages.get(isAlone ? "alone" : "equal")));
        } else {
          lines.show(marked);
        }
      }
    }
  }

  /** A version in one line: its name and its time. */
  private String named(Version version) {
    return version
        .revision()
        .map(revision ->
            revision.isNamed()
                ? messages.get("named", revision.name(), time(revision.saved()))
                : time(revision.saved()))
        .orElseGet(() -> messages.get("now"));
  }

  /** The time of day for today, with the date for earlier. */
  private static String time(Instant instant) {
    Locale locale = Locale.getDefault(Locale.Category.FORMAT);
    ZoneId zone = ZoneId.systemDefault();
    boolean isToday = LocalDate.ofInstant(instant, zone).equals(LocalDate.now(zone));
    DateTimeFormatter format =
        isToday
            ? DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
            : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT);
    return format.withLocale(locale).withZone(zone).format(instant);
  }

  private final class VersionCell extends NodeCell<Version> {
    private final OneLineText title = new OneLineText();
    private final OneLineText words = new OneLineText();
    private final VBox box = new VBox(title, words);

    VersionCell() {
      title.getStyleClass().add("version-title");
      words.getStyleClass().add("version-words");
      title.setMaxWidth(Double.MAX_VALUE);
      words.setMaxWidth(Double.MAX_VALUE);
    }

    @Override
    protected void updateItem(Version version, boolean isEmpty) {
      super.updateItem(version, isEmpty);
      if (isEmpty || version == null) {
        setGraphic(null);
        return;
      }
      title.setText(
          version
              .revision()
              .map(revision -> revision.isNamed() ? revision.name() : time(revision.saved()))
              .orElseGet(() -> messages.get("now")));
      words.setText(
          version
              .revision()
              .map(revision -> {
                String many = messages.get("words", revision.words());
                return revision.isNamed()
                    ? messages.get("named", time(revision.saved()), many)
                    : many;
              })
              .orElseGet(() -> messages.get("now.more")));
      setGraphic(box);
      setAccessibleText(named(version));
    }
  }
}
