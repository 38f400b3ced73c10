package org.qalam.ui.print;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.InvalidationListener;
import javafx.beans.property.Property;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory.IntegerSpinnerValueFactory;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.exchange.Paper;
import org.qalam.print.PrintOrder;
import org.qalam.print.Printer;
import org.qalam.task.UiThread;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.WrappedText;

/** What is asked before a document is printed, beside a picture of its pages. JavaFX thread. */
@UiThread
public final class PrintView extends HBox {
  private static final String STYLESHEET =
      PrintView.class.getResource("print.css").toExternalForm();

  private static final double FIELDS_WIDTH = 280;
  private static final double PICTURE_WIDTH = 320;
  private static final double ROOM = FIELDS_WIDTH + PICTURE_WIDTH + 22;
  private static final int MOST_COPIES = 99;

  private final PrintViewModel model;
  private final Messages messages = Messages.of(PrintView.class);
  private final WrappedText printerTold = new WrappedText();
  private final WrappedText rangeTold = new WrappedText();
  private final WrappedText told = new WrappedText();
  private final ComboBox<Printer> printer = new ComboBox<>();
  private final TextField range = new TextField();
  private final Button print = new Button();
  private final Button save = new Button();
  private final ImageView picture = new ImageView();
  private final StackPane preview = new StackPane(picture);
  private final Label number = new Label();
  private final Button previous = turn("previous", "mdi2c-chevron-left", -1);
  private final Button next = turn("next", "mdi2c-chevron-right", 1);

  /**
   * @param savePdf lets the writer save a PDF file instead
   * @param cancel puts this away
   */
  public PrintView(PrintViewModel model, Runnable savePdf, Runnable cancel) {
    this.model = model;
    getStyleClass().add("print-view");
    getStylesheets().add(STYLESHEET);
    printer.setItems(model.printers());
    printer.setMaxWidth(Double.MAX_VALUE);
    printer.setConverter(words(Printer::name));
    printer.setId("print-printer");
    printer
        .valueProperty()
        .addListener((_, _, now) -> model.printerProperty().set(Optional.ofNullable(now)));
    model.printerProperty().addListener((_, _, now) -> printer.setValue(now.orElse(null)));
    ComboBox<Paper> paper =
        choice(
            FXCollections.observableArrayList(Paper.values()),
            model.paperProperty(),
            one -> messages.get("paper." + one));
    paper.setId("print-paper");
    ComboBox<PrintOrder.Sides> sides =
        choice(
            FXCollections.observableArrayList(PrintOrder.Sides.values()),
            model.sidesProperty(),
            one -> messages.get("sides." + one));
    sides.setId("print-sides");
    range.setId("print-pages");
    range.setPromptText(messages.get("pages.prompt"));
    range.textProperty().bindBidirectional(model.rangeProperty());
    range.setOnAction(_ -> print.fire());
    Spinner<Integer> copies = new Spinner<>();
    IntegerSpinnerValueFactory count = new IntegerSpinnerValueFactory(1, MOST_COPIES, 1);
    copies.setValueFactory(count);
    copies.setId("print-copies");
    copies.setMaxWidth(Double.MAX_VALUE);
    model.copiesProperty().addListener((_, _, now) -> count.setValue(now.intValue()));
    count.valueProperty().addListener((_, _, now) -> model.copiesProperty().set(now));
    HBox twoFields = new HBox(12, field("paper", paper), field("copies", copies));
    twoFields.getChildren().forEach(one -> HBox.setHgrow(one, Priority.ALWAYS));
    for (WrappedText words : List.of(printerTold, rangeTold, told)) {
      words.managedProperty().bind(words.visibleProperty());
    }
    told.setId("print-told");
    printerTold.setId("print-printer-told");
    rangeTold.setId("print-pages-told");
    Region space = new Region();
    VBox.setVgrow(space, Priority.ALWAYS);
    VBox fields =
        new VBox(
            14,
            field("printer", printer, printerTold),
            field("pages", range, rangeTold),
            twoFields,
            field("sides", sides),
            space,
            told,
            buttons(savePdf, cancel));
    fields.setMinWidth(FIELDS_WIDTH);
    fields.setPrefWidth(FIELDS_WIDTH);
    HBox.setHgrow(fields, Priority.ALWAYS);
    VBox shown = shown();
    getChildren().addAll(fields, shown);
    // In a narrow window the picture makes room for what is asked.
    setMinWidth(FIELDS_WIDTH);
    widthProperty()
        .addListener((_, _, width) -> {
          boolean hasRoom = width.doubleValue() >= ROOM;
          shown.setVisible(hasRoom);
          shown.setManaged(hasRoom);
        });
    InvalidationListener all = _ -> refresh();
    model.stateProperty().addListener(all);
    model.hasPrintersProperty().addListener(all);
    model.problemProperty().addListener(all);
    model.printerProperty().addListener(all);
    model.rangeProperty().addListener(all);
    model.pageProperty().addListener(all);
    model
        .pictureProperty()
        .addListener((_, _, now) -> picture.setImage(now.map(PrintView::image).orElse(null)));
    refresh();
  }

  /** Takes the open document, with the keyboard on what most press next. */
  public void open() {
    model.open();
    print.requestFocus();
  }

  private HBox buttons(Runnable savePdf, Runnable cancel) {
    print.setId("print-print");
    print.getStyleClass().setAll("accent-button");
    print.setDefaultButton(false);
    print.setOnAction(_ -> model.print());
    save.setId("print-save");
    save.setText(messages.get("save"));
    save.getStyleClass().setAll("plain-button");
    save.setOnAction(_ -> savePdf.run());
    Button no = new Button(messages.get("cancel"));
    no.setId("print-cancel");
    no.getStyleClass().setAll("plain-button");
    no.setOnAction(_ -> cancel.run());
    HBox buttons = new HBox(8, print, save, no);
    buttons.getChildren().forEach(one -> ((Region) one).setMinWidth(USE_PREF_SIZE));
    return buttons;
  }

  private VBox shown() {
    picture.setPreserveRatio(true);
    picture.setFitWidth(PICTURE_WIDTH);
    picture.setSmooth(true);
    picture.setAccessibleText(messages.get("preview"));
    preview.getStyleClass().add("preview");
    preview.setMinSize(PICTURE_WIDTH, PICTURE_WIDTH * 1.2);
    preview.setMaxSize(PICTURE_WIDTH, USE_PREF_SIZE);
    number.getStyleClass().add("quiet");
    number.setId("print-number");
    HBox turning = new HBox(6, previous, number, next);
    turning.setAlignment(Pos.CENTER);
    VBox shown = new VBox(10, preview, turning);
    shown.setAlignment(Pos.TOP_CENTER);
    shown.setMinWidth(PICTURE_WIDTH);
    return shown;
  }

  private Button turn(String key, String icon, int by) {
    Button button = new Button(null, new FontIcon(icon));
    button.setId("print-" + key);
    button.getStyleClass().add("tool");
    button.setOnAction(_ -> model.pageProperty().set(model.pageProperty().get() + by));
    return button;
  }

  private VBox field(String key, Node... nodes) {
    Label name = new Label(messages.get(key));
    name.getStyleClass().add("field-name");
    name.setLabelFor(nodes[0]);
    VBox field = new VBox(5, name);
    field.getChildren().addAll(nodes);
    return field;
  }

  private static <T> ComboBox<T> choice(
      ObservableList<T> all, Property<T> chosen, Function<T, String> name) {
    ComboBox<T> box = new ComboBox<>(all);
    box.setConverter(words(name));
    box.valueProperty().bindBidirectional(chosen);
    box.setMaxWidth(Double.MAX_VALUE);
    return box;
  }

  private static <T> StringConverter<T> words(Function<T, String> name) {
    return new StringConverter<>() {
      @Override
      public String toString(T one) {
        return one == null ? "" : name.apply(one);
      }

      @Override
      public T fromString(String words) {
        throw new UnsupportedOperationException("the list is not edited");
      }
    };
  }

  private void refresh() {
    PrintState state = model.stateProperty().get();
    int count = state instanceof PrintState.Ready ready ? ready.pages() : 0;
    boolean isReady = count > 0;
    Optional<Boolean> any = model.hasPrintersProperty().get();
    tell(
        printerTold,
        any.isEmpty()
            ? messages.get("printer.looking")
            : any.get() ? "" : messages.get("printer.none"),
        false);
    boolean isThere = any.orElse(false);
    printer.setVisible(isThere);
    printer.setManaged(isThere);
    Optional<PageRange> wanted = model.wanted();
    boolean isWrong = isReady && wanted.isEmpty();
    tell(
        rangeTold,
        isWrong ? messages.get("pages.wrong", count) : count == 1 ? "" : messages.get("pages.told"),
        isWrong);
    Optional<String> problem = model.problemProperty().get();
    tell(told, problem.orElseGet(() -> words(state)), problem.isPresent() || isFailed(state));
    print.setDisable(!isReady || wanted.isEmpty() || model.printerProperty().get().isEmpty());
    print.setText(messages.get("print", isReady ? wanted.map(PageRange::count).orElse(0) : 0));
    int page = model.pageProperty().get();
    number.setText(count > 1 ? messages.get("page", page + 1, count) : "");
    previous.setDisable(!isReady || page <= 0);
    next.setDisable(!isReady || page >= count - 1);
    for (Button turning : new Button[] {previous, next}) {
      turning.setVisible(count > 1);
      String name = messages.get("page." + turning.getId().substring("print-".length()));
      turning.setAccessibleText(name);
      turning.setTooltip(new Tooltip(name));
    }
  }

  private static boolean isFailed(PrintState state) {
    return state instanceof PrintState.Failed;
  }

  private String words(PrintState state) {
    return switch (state) {
      case PrintState.Setting setting -> messages.get("setting", setting.pages());
      case PrintState.Sending sending -> messages.get("sending", sending.pages());
      case PrintState.Failed failed -> failed.sentence();
      case PrintState.Ready _, PrintState.Closed _ -> "";
    };
  }

  private static void tell(WrappedText line, String words, boolean isWrong) {
    line.setText(words);
    line.setVisible(!words.isEmpty());
    line.getStyleClass().setAll("wrapped-text", isWrong ? "wrong" : "muted");
  }

  private static Image image(BufferedImage drawn) {
    int width = drawn.getWidth();
    int height = drawn.getHeight();
    int[] pixels = drawn.getRGB(0, 0, width, height, null, 0, width); // (height, width), ARGB
    WritableImage image = new WritableImage(width, height);
    image
        .getPixelWriter()
        .setPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
    return image;
  }
}
