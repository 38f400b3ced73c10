package org.qalam.ui.library;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.document.DocumentSummary;
import org.qalam.document.Shelf;
import org.qalam.search.Hit;
import org.qalam.search.Snippet;
import org.qalam.ui.keys.Command;
import org.qalam.ui.keys.Commands;
import org.qalam.ui.keys.WindowCommand;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.NodeCell;
import org.qalam.ui.text.OneLineText;
import org.qalam.ui.text.WrappedText;

/** The left column: a filter and the documents. */
public final class LibraryView extends VBox {
  /** Characters before what is marked in a row's second line, which has room for some thirty. */
  private static final int LEAD = 12;

  private final LibraryViewModel model;
  private final Messages messages = Messages.of(LibraryView.class);

  /** What the list shows: the model's documents, but for what changes while one is renamed. */
  private final ObservableList<DocumentSummary> rows = FXCollections.observableArrayList();

  private final ListView<DocumentSummary> list = new ListView<>(rows);
  private final TextField filter = new TextField();
  private final Commands commands;
  private final ContextMenu menu;
  private boolean selecting;

  /** Shows the documents after the next frame, where that is asked for. */
  private Optional<Runnable> waiting = Optional.empty();

  /**
   * @param commands gets what is done in the list
   */
  public LibraryView(LibraryViewModel model, Commands commands) {
    this.model = model;
    this.commands = commands;
    this.menu = menu();
    commands.on(WindowCommand.RENAME_LISTED, this::renameSelected);
    getStyleClass().add("library-view");
    filter.setPromptText(messages.get("filter"));
    filter.setAccessibleText(messages.get("filter"));
    filter.getStyleClass().add("filter");
    filter.textProperty().bindBidirectional(model.filterProperty());
    filter.addEventFilter(KeyEvent.KEY_PRESSED, this::pressedInFilter);
    FontIcon magnifier = new FontIcon("mdi2m-magnify");
    magnifier.setMouseTransparent(true);
    StackPane search = new StackPane(filter, magnifier);
    search.getStyleClass().add("search");
    MenuButton section = new ArrangementMenu(model, messages);
    list.setAccessibleText(messages.get("section"));
    list.setCellFactory(_ -> new Cell());
    WrappedText none = new WrappedText();
    none.getStyleClass().add("empty-words");
    none.textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> {
                  boolean isAll = model.filterProperty().get().isBlank();
                  String otherwise =
                      model.awaitedProperty().get() ? "none.searching" : "none.filtered";
                  return messages.get(isAll ? "none" : otherwise);
                },
                model.filterProperty(),
                model.awaitedProperty()));
    list.setPlaceholder(none);
    list.getSelectionModel()
        .selectedItemProperty()
        .addListener((_, _, chosen) -> {
          if (chosen != null && !selecting) {
            model.open(chosen.id());
          }
        });
    list.setOnKeyPressed(event -> {
      DocumentSummary chosen = list.getSelectionModel().getSelectedItem();
      if (event.getCode() == KeyCode.ENTER && chosen != null) {
        model.openFound(chosen.id());
        event.consume();
      } else if (event.getCode() == KeyCode.DELETE && chosen != null) {
        model.delete(chosen);
        event.consume();
      } else if (chosen != null && commands.press(event, Command.Place.LIST)) {
        event.consume();
      } else if (event.isShortcutDown() && event.getCode() == KeyCode.Z) {
        model.undoDelete();
        event.consume();
      }
    });
    list.setOnContextMenuRequested(event -> {
      if (event.isKeyboardTrigger() && list.getSelectionModel().getSelectedItem() != null) {
        menu.show(list, event.getScreenX(), event.getScreenY());
        event.consume();
      }
    });
    model.currentProperty().addListener((_, _, _) -> choose());
    model.hitsProperty().addListener((_, _, _) -> list.refresh());
    model.arrangementsProperty().addListener((_, _, _) -> list.refresh());
    model.documents().addListener((ListChangeListener<DocumentSummary>) _ -> showSoon());
    list.editingIndexProperty()
        .addListener((_, _, now) -> {
          if (now.intValue() < 0) {
            list.setEditable(false);
            show();
          }
        });
    show();
    VBox.setVgrow(list, Priority.ALWAYS);
    Button bin = new Button(messages.get("bin"), new FontIcon("mdi2t-trash-can-outline"));
    bin.setId("library-bin");
    bin.getStyleClass().addAll("tool", "bin-button");
    bin.setOnAction(_ -> commands.run(WindowCommand.BIN));
    getChildren().addAll(search, meaning(), section, list, bin);
  }

  /** While something is searched: how much of it can be found by its meaning so far. */
  private Label meaning() {
    Label told = new Label();
    told.setId("meaning");
    told.getStyleClass().add("meaning");
    told.textProperty()
        .bind(model.meaningProperty().map(now -> messages.get("meaning", now.known(), now.all())));
    told.visibleProperty()
        .bind(
            Bindings.createBooleanBinding(
                () ->
                    !model.filterProperty().get().isBlank()
                        && !model.meaningProperty().get().isComplete(),
                model.filterProperty(),
                model.meaningProperty()));
    told.managedProperty().bind(told.visibleProperty());
    return told;
  }

  /** Puts the keyboard into the field that searches all documents. */
  public void search() {
    filter.requestFocus();
    filter.selectAll();
  }

  private void pressedInFilter(KeyEvent event) {
    boolean isTyped = !filter.getText().isEmpty();
    switch (event.getCode()) {
      case ESCAPE -> {
        if (!isTyped) {
          return;
        }
        filter.clear();
      }
      case ENTER -> {
        if (isTyped && !rows.isEmpty()) {
          model.openFound(rows.getFirst().id());
        }
      }
      case DOWN -> {
        list.requestFocus();
        if (list.getSelectionModel().isEmpty()) {
          list.getSelectionModel().selectFirst();
        }
      }
      default -> {
        return;
      }
    }
    event.consume();
  }

  /** Starts renaming the open document in the list. */
  public void renameSelected() {
    int index = list.getSelectionModel().getSelectedIndex();
    if (index >= 0) {
      // Editable until this ends: else a second click on a document would rename it.
      list.setEditable(true);
      list.scrollTo(index);
      list.edit(index);
    }
  }

  /** Deletes the chosen document; Undo in the window brings it back. */
  public void deleteSelected() {
    DocumentSummary chosen = list.getSelectionModel().getSelectedItem();
    if (chosen != null) {
      model.delete(chosen);
    }
  }

  /** After the next frame, which often lays out another text as well. */
  private void showSoon() {
    Scene scene = getScene();
    if (scene == null) {
      show();
    } else if (waiting.isEmpty()) {
      Runnable after =
          () -> {
            waiting.ifPresent(scene::removePostLayoutPulseListener);
            waiting = Optional.empty();
            show();
          };
      waiting = Optional.of(after);
      scene.addPostLayoutPulseListener(after);
      Platform.requestNextPulse();
    }
  }

  private void show() {
    if (list.getEditingIndex() < 0) {
      selecting = true;
      try {
        change(rows, model.documents());
      } finally {
        selecting = false;
      }
      choose();
    }
  }

  /** Changes the rows that are not as they should be; those above and below them are left alone. */
  static <T> void change(List<T> rows, List<T> wanted) {
    int shorter = Math.min(rows.size(), wanted.size());
    int above = 0;
    while (above < shorter && rows.get(above).equals(wanted.get(above))) {
      above++;
    }
    int below = 0;
    while (below < shorter - above
        && rows.get(rows.size() - 1 - below).equals(wanted.get(wanted.size() - 1 - below))) {
      below++;
    }
    int old = rows.size() - below - above;
    List<T> now = wanted.subList(above, wanted.size() - below);
    int both = Math.min(old, now.size());
    for (int i = 0; i < both; i++) {
      rows.set(above + i, now.get(i));
    }
    if (now.size() > both) {
      rows.addAll(above + both, now.subList(both, now.size()));
    } else if (old > both) {
      rows.subList(above + both, above + old).clear();
    }
  }

  /** A list that changes moves its selection to another row; no document is opened by that. */
  private void choose() {
    if (list.getEditingIndex() >= 0) {
      return;
    }
    selecting = true;
    try {
      Optional<DocumentSummary> current =
          rows.stream()
              .filter(summary -> model.currentProperty().get().equals(Optional.of(summary.id())))
              .findFirst();
      if (current.isPresent()) {
        list.getSelectionModel().select(current.get());
      } else {
        list.getSelectionModel().clearSelection();
      }
    } finally {
      selecting = false;
    }
  }

  /** One for all rows; it works on the one that it was opened at. */
  private ContextMenu menu() {
    ContextMenu opened = new ContextMenu();
    MenuItem rename = new MenuItem(messages.get("rename"));
    rename.acceleratorProperty().bind(commands.keymap().accelerator(WindowCommand.RENAME_LISTED));
    rename.setOnAction(_ -> renameSelected());
    MenuItem delete = new MenuItem(messages.get("delete"));
    delete.setAccelerator(KeyCombination.keyCombination("Delete"));
    delete.setOnAction(_ -> {
      if (opened.getOwnerNode() instanceof Cell cell && cell.getItem() != null) {
        model.delete(cell.getItem());
      } else {
        deleteSelected();
      }
    });
    MenuItem pin = new MenuItem();
    pin.setId("pin");
    pin.setOnAction(_ ->
        menuRow(opened)
            .ifPresent(
                row -> model.put(row, model.shelf(row).pinned(!model.shelf(row).isPinned()))));
    Menu folder = new Menu(messages.get("folder"));
    folder.setId("folder");
    opened.setOnShowing(_ ->
        menuRow(opened)
            .ifPresent(row -> {
              pin.setText(messages.get(model.shelf(row).isPinned() ? "unpin" : "pin"));
              folder.getItems().setAll(folders(row));
            }));
    opened.getItems().addAll(rename, pin, folder, delete);
    return opened;
  }

  /** The document whose menu is open. */
  private Optional<DocumentSummary> menuRow(ContextMenu opened) {
    return opened.getOwnerNode() instanceof Cell cell
        ? Optional.ofNullable(cell.getItem())
        : Optional.ofNullable(list.getSelectionModel().getSelectedItem());
  }

  /** Folders that a document can be put into, a new one among them. */
  private List<MenuItem> folders(DocumentSummary row) {
    List<MenuItem> items = new ArrayList<>();
    items.add(folder(row, "", messages.get("folder.none")));
    model.arrangement().folders().forEach(name -> items.add(folder(row, name, name)));
    TextField name = new TextField();
    name.setPromptText(messages.get("folder.new"));
    name.setAccessibleText(messages.get("folder.new"));
    name.setId("new-folder");
    CustomMenuItem made = new CustomMenuItem(name, false);
    name.setOnAction(_ -> {
      if (!name.getText().isBlank()) {
        model.put(row, model.shelf(row).in(name.getText()));
        menu.hide();
      }
    });
    items.add(new SeparatorMenuItem());
    items.add(made);
    return items;
  }

  private MenuItem folder(DocumentSummary row, String folder, String words) {
    RadioMenuItem item = new RadioMenuItem(words);
    item.setMnemonicParsing(false);
    item.setSelected(model.shelf(row).folder().equals(folder));
    item.setOnAction(_ -> model.put(row, model.shelf(row).in(folder)));
    return item;
  }

  private final class Cell extends NodeCell<DocumentSummary> {
    private final OneLineText title = new OneLineText();
    private final OneLineText preview = new OneLineText();
    private final FontIcon pin = new FontIcon("mdi2p-pin");
    private final HBox head = new HBox(4, title, pin);
    private final VBox box = new VBox(head, preview);

    /** Made when it is first renamed: a list fills the room below its last row with cells. */
    private @Nullable TextField field;

    Cell() {
      title.getStyleClass().add("document-title");
      preview.getStyleClass().add("document-preview");
      title.setMaxWidth(Double.MAX_VALUE);
      title.setMinWidth(0);
      HBox.setHgrow(title, Priority.ALWAYS);
      head.setAlignment(Pos.CENTER_LEFT);
      pin.getStyleClass().add("pin");
      pin.managedProperty().bind(pin.visibleProperty());
      preview.setMaxWidth(Double.MAX_VALUE);
      setOnMouseClicked(event -> {
        if (event.getButton() == MouseButton.PRIMARY
            && getItem() != null
            && model.hitsProperty().get().containsKey(getItem().id())) {
          model.openFound(getItem().id());
        }
      });
      setOnContextMenuRequested(event -> {
        if (getItem() != null) {
          menu.show(this, event.getScreenX(), event.getScreenY());
          event.consume();
        }
      });
    }

    private TextField field() {
      TextField made = new TextField();
      made.getStyleClass().add("rename-field");
      made.setOnAction(_ -> commit());
      made.focusedProperty()
          .addListener((_, _, now) -> {
            if (!now) {
              commit();
            }
          });
      made.setOnKeyPressed(event -> {
        if (event.getCode() == KeyCode.ESCAPE) {
          cancelEdit();
          event.consume();
        }
      });
      return made;
    }

    /** What follows the title; a text of one line has nothing there and is not empty for that. */
    private String preview(DocumentSummary summary) {
      if (!summary.preview().isEmpty()) {
        return summary.preview();
      }
      return summary.words() == 0 ? messages.get("empty") : messages.get("words", summary.words());
    }

    private void commit() {
      DocumentSummary item = getItem();
      String typed = field == null ? "" : field.getText();
      boolean renamed = isEditing() && item != null && !typed.equals(item.title());
      cancelEdit();
      if (renamed) {
        model.rename(item.id(), typed);
      }
    }

    @Override
    public void startEdit() {
      super.startEdit();
      if (getItem() != null) {
        TextField shown = field == null ? field() : field;
        field = shown;
        shown.setText(getItem().title());
        setGraphic(shown);
        shown.requestFocus();
        shown.selectAll();
      }
    }

    @Override
    public void cancelEdit() {
      super.cancelEdit();
      setGraphic(box);
    }

    @Override
    protected void updateItem(DocumentSummary summary, boolean isEmpty) {
      super.updateItem(summary, isEmpty);
      if (isEmpty || summary == null) {
        setGraphic(null);
        return;
      }
      boolean untitled = summary.title().isEmpty();
      Hit hit = model.hitsProperty().get().get(summary.id());
      if (hit == null || !hit.title().equals(summary.title())) {
        title.setText(untitled ? messages.get("untitled") : summary.title());
      } else {
        title.setMarkedText(hit.title(), hit.titleMarks());
      }
      Shelf shelf = model.shelf(summary);
      pin.setVisible(shelf.isPinned());
      if (hit == null || hit.snippet().marks().isEmpty()) {
        boolean isTold = !shelf.folder().isEmpty() && model.arrangement().folder().isEmpty();
        preview.setText(
            isTold
                ? messages.get("folder.row", shelf.folder(), preview(summary))
                : preview(summary));
      } else {
        Snippet snippet = hit.snippet().near(LEAD);
        preview.setMarkedText(snippet.text(), snippet.marks());
      }
      setGraphic(box);
      setAccessibleText(
          shelf.isPinned() ? messages.get("pinned", title.getText()) : title.getText());
    }
  }
}
