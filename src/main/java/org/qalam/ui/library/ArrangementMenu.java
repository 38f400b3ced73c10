package org.qalam.ui.library;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import org.qalam.task.UiThread;
import org.qalam.ui.text.Messages;

/** The heading of the list, with what it shows and how it is sorted. On the JavaFX thread. */
@UiThread
final class ArrangementMenu extends MenuButton {
  private final LibraryViewModel model;
  private final Messages messages;

  ArrangementMenu(LibraryViewModel model, Messages messages) {
    this.model = model;
    this.messages = messages;
    getStyleClass().addAll("section", "arrangement");
    setId("arrangement");
    setMnemonicParsing(false);
    setMaxWidth(Double.MAX_VALUE);
    setOnShowing(_ -> getItems().setAll(items()));
    // A menu without items does not open.
    getItems().setAll(items());
    model.arrangementsProperty().addListener((_, _, _) -> tell());
    tell();
  }

  private void tell() {
    String folder = model.arrangement().folder();
    setText(folder.isEmpty() ? messages.get("section") : folder);
    setAccessibleText(messages.get("arrangement", getText()));
  }

  private List<MenuItem> items() {
    List<MenuItem> items = new ArrayList<>();
    items.add(folder("", messages.get("folder.all")));
    model.arrangement().folders().forEach(name -> items.add(folder(name, name)));
    items.add(new SeparatorMenuItem());
    for (Arrangement.Order order : Arrangement.Order.values()) {
      RadioMenuItem item = new RadioMenuItem(messages.get("order." + order));
      item.setSelected(model.arrangement().order() == order);
      item.setOnAction(_ -> model.sortBy(order));
      items.add(item);
    }
    return items;
  }

  private MenuItem folder(String name, String words) {
    RadioMenuItem item = new RadioMenuItem(words);
    item.setMnemonicParsing(false);
    item.setSelected(model.arrangement().folder().equals(name));
    item.setOnAction(_ -> model.showFolder(name));
    return item;
  }
}
