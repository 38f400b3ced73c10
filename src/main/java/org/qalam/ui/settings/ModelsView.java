package org.qalam.ui.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.collections.ListChangeListener;
import javafx.collections.MapChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.catalog.InstalledModel;
import org.qalam.catalog.ModelManifest;
import org.qalam.catalog.UnfinishedImport;
import org.qalam.task.UiThread;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.WrappedText;

/**
 * The page of models: the switch for all of them, which there are, choose, add, remove; and plainly
 * what to expect of them. Confined to the JavaFX thread.
 */
@UiThread
public final class ModelsView extends StackPane {
  /** Also what the buttons of the other settings look like. */
  public static final String STYLESHEET =
      Objects.requireNonNull(ModelsView.class.getResource("models.css"), "models.css")
          .toExternalForm();

  private static final double MEGABYTE = 1e6;
  private static final double GIGABYTE = 1e9;

  private final Messages messages = Messages.of(ModelsView.class);
  private final ModelsViewModel models;
  private final VBox page = new VBox(14);
  private final VBox installed = new VBox(10);
  private final WrappedText problem = new WrappedText();
  private final PlaceCard place;
  private final Map<String, PreparationRow> preparations = new HashMap<>(); // by model id
  private Optional<InstalledModel> asked = Optional.empty();

  /** Shows {@code models}. */
  public ModelsView(ModelsViewModel models) {
    this.models = models;
    place = new PlaceCard(models.place(), messages);
    getStyleClass().add("models-view");
    getStylesheets().add(STYLESHEET);
    problem.setId("problem");
    problem.getStyleClass().add("amber");
    page.getStyleClass().add("page");
    page.getChildren()
        .addAll(
            label(messages.get("title"), "title"),
            featureSwitch(),
            problem,
            label(messages.get("installed"), "section"),
            installed,
            label(messages.get("place"), "section"),
            place,
            label(messages.get("thrift"), "section"),
            new ThriftCard(models.thrift(), messages),
            label(messages.get("add"), "section"),
            new StackPane(new AddModelPane(models)),
            about("about.starter"),
            about("about.llama"));
    ScrollPane scroll = new ScrollPane(page);
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    getChildren().add(scroll);
    models.models().addListener((ListChangeListener<InstalledModel>) _ -> list());
    models.unfinished().addListener((ListChangeListener<UnfinishedImport>) _ -> list());
    models.chosenProperty().addListener((_, _, _) -> list());
    models
        .preparation()
        .states()
        .addListener(
            (MapChangeListener<String, PreparationState>)
                _ -> preparations.values().forEach(PreparationRow::update));
    models.problemProperty().addListener((_, _, _) -> tellProblem());
    tellProblem();
    list();
  }

  /** Puts something else that can be set above the models. */
  public void addFirst(String title, Node settings) {
    page.getChildren().addAll(0, List.of(label(title, "title"), settings));
  }

  private static Label label(String text, String style) {
    Label label = new Label(text);
    label.getStyleClass().add(style);
    return label;
  }

  private Node featureSwitch() {
    CheckBox on = new CheckBox(messages.get("features"));
    on.setId("features");
    on.getStyleClass().add("strong");
    on.setSelected(models.enabledProperty().get());
    models.enabledProperty().addListener((_, _, enabled) -> on.setSelected(enabled));
    on.setOnAction(_ -> models.setEnabled(on.isSelected()));
    WrappedText told = new WrappedText(messages.get("features.told"));
    told.getStyleClass().add("muted");
    VBox box = new VBox(6, on, told);
    box.getStyleClass().add("card");
    return box;
  }

  private Node about(String key) {
    WrappedText told = new WrappedText(messages.get(key + ".told"));
    told.getStyleClass().add("muted");
    return new VBox(4, label(messages.get(key), "strong"), told);
  }

  private void tellProblem() {
    Optional<String> sentence = models.problemProperty().get();
    problem.setText(
        sentence.map(known -> known.isEmpty() ? messages.get("unexpected") : known).orElse(""));
    problem.setVisible(sentence.isPresent());
    problem.setManaged(sentence.isPresent());
  }

  private void list() {
    installed.getChildren().clear();
    preparations.clear();
    for (InstalledModel model : models.models()) {
      installed.getChildren().add(card(model));
    }
    if (models.models().isEmpty()) {
      installed.getChildren().add(label(messages.get("none"), "quiet"));
    }
    for (UnfinishedImport left : models.unfinished()) {
      installed.getChildren().add(card(left));
    }
  }

  private Node card(UnfinishedImport left) {
    WrappedText told =
        new WrappedText(
            messages.get("unfinished.told", size(left.bytes()), UnfinishedImport.KEPT.toDays()));
    told.getStyleClass().add("muted");
    Button remove = button("remove", "link-button", () -> models.remove(left));
    remove.setId("remove-unfinished-" + left.id());
    remove.setAccessibleText(messages.get("unfinished.remove.accessible", left.id()));
    VBox card =
        new VBox(4, label(messages.get("unfinished", left.id()), "strong"), told, new HBox(remove));
    card.getStyleClass().add("card");
    return card;
  }

  private Node card(InstalledModel model) {
    ModelManifest manifest = model.manifest();
    boolean isChosen = models.chosenProperty().get().equals(Optional.of(model));
    Label name = label(manifest.name(), "strong");
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    HBox head = new HBox(10, name, gap);
    head.setAlignment(Pos.CENTER_LEFT);
    if (isChosen) {
      Label chosen = label(messages.get("chosen"), "chosen");
      chosen.setGraphic(new FontIcon("mdi2c-check"));
      chosen.setMinWidth(USE_PREF_SIZE);
      head.getChildren().add(chosen);
    } else {
      Button choose = button("choose", "plain-button", () -> models.choose(model));
      choose.setId("choose-" + model.id());
      head.getChildren().add(choose);
    }
    WrappedText facts =
        new WrappedText(
            messages.get(
                "facts", size(manifest.size()), manifest.quantization(), manifest.contextLength()));
    WrappedText languages =
        new WrappedText(messages.get("joined", languages(manifest), license(manifest)));
    facts.getStyleClass().add("muted");
    languages.getStyleClass().add("muted");
    VBox card = new VBox(4, head, facts, languages);
    card.getStyleClass().add("card");
    if (isChosen) {
      card.getStyleClass().add("current");
    }
    if (!model.bundled()) {
      PreparationRow preparation =
          new PreparationRow(model, models.preparation(), messages, this::size);
      preparations.put(model.id(), preparation);
      card.getChildren().add(preparation);
    }
    card.getChildren().add(removal(model));
    return card;
  }

  private Node removal(InstalledModel model) {
    String name = model.manifest().name();
    Button copy = button("copy", "link-button", () -> place.copy(model));
    copy.setId("copy-" + model.id());
    copy.setAccessibleText(messages.get("copy.accessible", name));
    if (model.bundled()) {
      HBox row = new HBox(12, label(messages.get("bundled"), "quiet"), copy);
      row.setAlignment(Pos.CENTER_LEFT);
      return row;
    }
    if (!asked.equals(Optional.of(model))) {
      Button remove = button("remove", "link-button", () -> ask(Optional.of(model)));
      remove.setId("remove-" + model.id());
      remove.setAccessibleText(messages.get("remove.accessible", name));
      return new HBox(12, copy, remove);
    }
    WrappedText question = new WrappedText(messages.get("remove.ask", name, size(bytes(model))));
    question.getStyleClass().add("amber");
    Button yes =
        button(
            "remove.yes",
            "danger-button",
            () -> {
              asked = Optional.empty();
              models.remove(model);
              list();
            });
    yes.setId("remove-yes");
    Button no = button("remove.no", "plain-button", () -> ask(Optional.empty()));
    return new VBox(8, question, new HBox(8, yes, no));
  }

  private long bytes(InstalledModel model) {
    long prepared =
        models.preparation().states().get(model.id()) instanceof PreparationState.Prepared disk
            ? disk.bytes()
            : 0;
    return model.manifest().size() + prepared;
  }

  private void ask(Optional<InstalledModel> model) {
    asked = model;
    list();
  }

  private Button button(String key, String style, Runnable work) {
    Button button = new Button(messages.get(key));
    button.getStyleClass().add(style);
    button.setOnAction(_ -> work.run());
    return button;
  }

  private String languages(ModelManifest manifest) {
    return manifest.languages().isEmpty()
        ? messages.get("languages.unknown")
        : messages.get(
            "languages",
            manifest.languages().stream()
                .map(code -> Locale.of(code).getDisplayLanguage())
                .collect(Collectors.joining(messages.get("comma"))));
  }

  private String license(ModelManifest manifest) {
    return manifest.license().isBlank()
        ? messages.get("license.unknown")
        : messages.get("license", manifest.license());
  }

  private String size(long bytes) {
    return bytes < GIGABYTE
        ? messages.get("size.mb", bytes / MEGABYTE)
        : messages.get("size.gb", bytes / GIGABYTE);
  }
}
