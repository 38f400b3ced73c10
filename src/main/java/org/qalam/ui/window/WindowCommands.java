package org.qalam.ui.window;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import org.qalam.document.DocumentSummary;
import org.qalam.task.UiThread;
import org.qalam.ui.palette.Command;
import org.qalam.ui.palette.Command.Listing;
import org.qalam.ui.palette.Offer;
import org.qalam.ui.text.Messages;

/**
 * What the window's menu has as commands for the palette, names and keys as they are there, and the
 * looks and documents to go to. Confined to the JavaFX thread.
 */
@UiThread
final class WindowCommands {
  /** The menu's item that opens the palette. */
  static final String PALETTE = "palette";

  /** So many documents, last changed first; the list of documents filters all of them. */
  private static final int DOCUMENTS = 300;

  /** What needs an open document. */
  private static final Set<String> OF_DOCUMENT =
      Set.of(
          "export",
          "print",
          "statement",
          "versions",
          "rename",
          "delete",
          "find",
          "bold",
          "italic",
          "turn",
          "ask",
          "ask-notes");

  private final WindowViewModel model;
  private final Messages messages;

  /** Heading and icon of one of the menu's items. */
  private record Place(String group, String icon) {}

  WindowCommands(WindowViewModel model, Messages messages) {
    this.model = model;
    this.messages = messages;
  }

  /** All items of a menu and its submenus, but the one that opens the palette. */
  List<Offer> of(List<MenuItem> items) {
    return items.stream()
        .flatMap(WindowCommands::flat)
        .filter(item -> item.getId() != null && !item.getId().equals(PALETTE))
        .map(this::offer)
        .toList();
  }

  private static Stream<MenuItem> flat(MenuItem item) {
    return item instanceof Menu menu
        ? menu.getItems().stream().flatMap(WindowCommands::flat)
        : Stream.of(item);
  }

  private Offer offer(MenuItem item) {
    String key = item.getId();
    Place place = place(key);
    String keys = item.getAccelerator() == null ? "" : item.getAccelerator().getDisplayText();
    boolean isShown = item instanceof CheckMenuItem check && check.isSelected();
    String name = isShown ? messages.get(key + ".hide") : item.getText();
    Command command =
        new Command(
                "window." + key,
                messages.get("command.group." + place.group()),
                name,
                place.icon(),
                keys)
            .unless(unavailable(key, item));
    return command.by(
        item instanceof CheckMenuItem check
            ? () -> check.setSelected(!check.isSelected())
            : item::fire);
  }

  private Optional<String> unavailable(String key, MenuItem item) {
    if (OF_DOCUMENT.contains(key) && model.library().currentProperty().get().isEmpty()) {
      return Optional.of(messages.get("command.no-document"));
    }
    if (!item.isDisable()) {
      return Optional.empty();
    }
    boolean isMistake = key.equals("next-mistake");
    return Optional.of(messages.get(isMistake ? "command.unchecked" : "command.idle"));
  }

  private static Place place(String key) {
    return switch (key) {
      case "new" -> new Place("documents", "mdi2p-plus");
      case "open" -> new Place("documents", "mdi2f-folder-open-outline");
      case "export" -> new Place("documents", "mdi2e-export-variant");
      case "print" -> new Place("documents", "mdi2p-printer-outline");
      case "statement" -> new Place("documents", "mdi2f-file-sign");
      case "versions" -> new Place("documents", "mdi2h-history");
      case "bin" -> new Place("documents", "mdi2t-trash-can-outline");
      case "backup" -> new Place("documents", "mdi2a-archive-arrow-down-outline");
      case "restore" -> new Place("documents", "mdi2b-backup-restore");
      case "go-to" -> new Place("documents", "mdi2f-file-search-outline");
      case "search" -> new Place("documents", "mdi2t-text-search");
      case "open-folder" -> new Place("documents", "mdi2f-folder-plus-outline");
      case "export-all" -> new Place("documents", "mdi2f-folder-download-outline");
      case "rename" -> new Place("documents", "mdi2r-rename-box");
      case "delete" -> new Place("documents", "mdi2d-delete-outline");
      case "find" -> new Place("text", "mdi2m-magnify");
      case "replace" -> new Place("text", "mdi2f-find-replace");
      case "next-mistake" -> new Place("text", "mdi2s-spellcheck");
      case "bold" -> new Place("text", "mdi2f-format-bold");
      case "italic" -> new Place("text", "mdi2f-format-italic");
      case "turn" -> new Place("text", "mdi2f-format-pilcrow-arrow-left");
      case "view-list" -> new Place("view", "mdi2d-dock-left");
      case "view-panel" -> new Place("view", "mdi2d-dock-right");
      case "zoom-in" -> new Place("view", "mdi2m-magnify-plus-outline");
      case "zoom-out" -> new Place("view", "mdi2m-magnify-minus-outline");
      case "zoom-normal" -> new Place("view", "mdi2f-format-size");
      case "actions" -> new Place("window", "mdi2a-auto-fix");
      case "ask" -> new Place("window", "mdi2c-comment-question-outline");
      case "ask-notes" -> new Place("window", "mdi2t-text-box-search-outline");
      case "pause" -> new Place("window", "mdi2p-pause");
      case "lock" -> new Place("window", "mdi2l-lock-outline");
      case "settings" -> new Place("window", "mdi2c-cog-outline");
      default -> new Place("window", "mdi2c-circle-small");
    };
  }

  /** The looks that are not chosen now. */
  List<Offer> looks(ObjectProperty<Theme.Choice> choice) {
    return Stream.of(Theme.Choice.values())
        .filter(look -> look != choice.get())
        .map(look ->
            new Command(
                    "theme." + look.setting(),
                    messages.get("command.group.view"),
                    messages.get("command.theme", messages.get("theme." + look.setting())),
                    icon(look),
                    "")
                .by(() -> choice.set(look)))
        .toList();
  }

  private static String icon(Theme.Choice look) {
    return switch (look) {
      case LIGHT -> "mdi2w-white-balance-sunny";
      case DARK -> "mdi2w-weather-night";
      case SYSTEM -> "mdi2t-theme-light-dark";
    };
  }

  /** Documents to go to; the open one is there already. */
  List<Offer> documents() {
    Optional<?> open = model.library().currentProperty().get();
    return model.library().all().stream()
        .filter(document -> !open.equals(Optional.of(document.id())))
        .limit(DOCUMENTS)
        .map(this::goTo)
        .toList();
  }

  private Offer goTo(DocumentSummary document) {
    String name = document.title().isBlank() ? messages.get("untitled") : document.title();
    return new Command(
            "document." + document.id(),
            messages.get("command.group.open"),
            name,
            "mdi2f-file-document-outline",
            "")
        .listed(Listing.WHEN_TYPED)
        .by(() -> model.library().open(document.id()));
  }
}
