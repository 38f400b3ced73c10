package org.qalam.ui.editor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.ContextMenuEvent;
import javafx.stage.WindowEvent;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.qalam.document.TextRange;
import org.qalam.proof.Remark;
import org.qalam.task.UiThread;
import org.qalam.ui.proof.ProofViewModel;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.WrappedText;

/**
 * What can be done about the words under the pointer, or at the caret, above the text's own menu:
 * what could stand there instead, or that they are right. Confined to the JavaFX thread.
 */
@UiThread
final class ProofMenu {
  private static final double WIDTH = 300;

  private final StyleClassedTextArea area;
  private final ProofViewModel proof;
  private final ProofMarks marks;
  private final Messages messages;
  private final BiConsumer<TextRange, String> replace;
  private final List<MenuItem> added = new ArrayList<>();

  /** The words that were gone to last. */
  private Optional<TextRange> visited = Optional.empty();

  /**
   * @param replace puts other words in the place of some, in one step
   */
  ProofMenu(
      StyleClassedTextArea area,
      ProofViewModel proof,
      ProofMarks marks,
      Messages messages,
      BiConsumer<TextRange, String> replace) {
    this.area = area;
    this.proof = proof;
    this.marks = marks;
    this.messages = messages;
    this.replace = replace;
    area.addEventFilter(ContextMenuEvent.CONTEXT_MENU_REQUESTED, this::requested);
    menu().addEventHandler(WindowEvent.WINDOW_HIDDEN, _ -> clear());
  }

  private ContextMenu menu() {
    return area.getContextMenu();
  }

  private void requested(ContextMenuEvent event) {
    clear();
    boolean isByKey = event.isKeyboardTrigger();
    int offset =
        isByKey
            ? area.getCaretPosition()
            : area.hit(event.getX(), event.getY()).getInsertionIndex();
    Optional<ProofMarks.Place> place = marks.at(offset);
    if (place.isPresent()) {
      event.consume();
      show(
          place.get(),
          isByKey ? below(place.get()) : new Point2D(event.getScreenX(), event.getScreenY()));
    }
  }

  /** Goes to the next words with a remark, from the end on at the beginning, and opens the menu. */
  void next() {
    int caret = area.getCaretPosition();
    boolean isVisited =
        visited.filter(range -> range.start() <= caret && caret <= range.end()).isPresent();
    Optional<ProofMarks.Place> here = isVisited ? Optional.empty() : marks.at(caret);
    if (here.isPresent()) {
      goTo(here.get());
    } else {
      marks.seek(isVisited ? Math.max(caret, visited.orElseThrow().end()) : caret, this::goTo);
    }
  }

  private void goTo(ProofMarks.Place place) {
    if (area.getScene() != null && isThere(place)) {
      visited = Optional.of(place.range());
      area.moveTo(place.range().start());
      area.requestFollowCaret();
      area.layout();
      show(place, below(place));
    }
  }

  private Point2D below(ProofMarks.Place place) {
    Optional<Bounds> bounds =
        area.getCharacterBoundsOnScreen(place.range().start(), place.range().end());
    return bounds
        .map(box -> new Point2D(box.getMinX(), box.getMaxY() + 2))
        .orElseGet(() -> area.localToScreen(area.getWidth() / 2, area.getHeight() / 3));
  }

  /** Opens the menu as soon as it is known what could stand there. */
  private void show(ProofMarks.Place place, Point2D at) {
    proof.suggest(
        place.text(),
        place.remark(),
        suggestions -> {
          if (area.getScene() == null || !isThere(place)) {
            return;
          }
          clear();
          added.addAll(items(place, suggestions));
          menu().getItems().addAll(0, added);
          menu().show(area, at.getX(), at.getY());
        });
  }

  /** Whether the words are still the same. */
  private boolean isThere(ProofMarks.Place place) {
    TextRange range = place.range();
    return range.end() <= area.getLength()
        && area.getText(range.start(), range.end()).equals(place.remark().range().of(place.text()));
  }

  private void clear() {
    menu().getItems().removeAll(added);
    added.clear();
  }

  private List<MenuItem> items(ProofMarks.Place place, List<String> suggestions) {
    Remark remark = place.remark();
    WrappedText told = new WrappedText(remark.message());
    told.getStyleClass().add("proof-message");
    told.setPrefWidth(WIDTH);
    CustomMenuItem head = new CustomMenuItem(told, false);
    head.getStyleClass().add("proof-head");
    List<MenuItem> items = new ArrayList<>(List.of(head));
    for (String suggestion : suggestions) {
      MenuItem item = new MenuItem(suggestion);
      item.setMnemonicParsing(false);
      item.getStyleClass().add("proof-suggestion");
      item.setOnAction(_ -> {
        if (isThere(place)) {
          replace.accept(place.range(), suggestion);
        }
      });
      items.add(item);
    }
    if (suggestions.isEmpty()) {
      MenuItem none = new MenuItem(messages.get("proof.none"));
      none.setDisable(true);
      items.add(none);
    }
    items.add(new SeparatorMenuItem());
    items.add(item("proof.ignore", () -> proof.ignore(place.text(), remark)));
    items.add(
        remark.kind() == Remark.Kind.SPELLING
            ? item("proof.add", () -> proof.addWord(remark.range().of(place.text())))
            : item("proof.off", () -> proof.turnOff(remark)));
    items.add(new SeparatorMenuItem());
    return items;
  }

  private MenuItem item(String key, Runnable action) {
    MenuItem item = new MenuItem(messages.get(key));
    item.setId(key.replace('.', '-'));
    item.setOnAction(_ -> action.run());
    return item;
  }
}
