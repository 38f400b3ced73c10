package org.qalam.ui.library;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.document.Shelf;
import org.qalam.language.NameOrder;
import org.qalam.task.UiThread;

/**
 * Which documents the list shows and in which order: folder, pins, sorting. On the JavaFX thread.
 */
@UiThread
final class Arrangement {
  /** What the list is sorted by; pinned documents come first in each. */
  enum Order {
    CHANGED,
    TITLE,
    MADE;

    /** What was kept; the first where it is none. */
    static Order parse(String name) {
      for (Order order : values()) {
        if (order.name().equals(name)) {
          return order;
        }
      }
      return CHANGED;
    }
  }

  private Map<DocumentId, Shelf> shelves = Map.of();

  /** Of titles, in the language that the window speaks. */
  private final Map<String, NameOrder.Place> places = new HashMap<>();

  private Order order = Order.CHANGED;
  private String folder = "";

  /**
   * Where documents are kept now.
   *
   * @return whether that is something else than before
   */
  boolean put(Map<DocumentId, Shelf> now) {
    boolean isOther = !shelves.equals(now);
    shelves = Map.copyOf(now);
    if (!folder.isEmpty() && !folders().contains(folder)) {
      folder = "";
      isOther = true;
    }
    return isOther;
  }

  Shelf of(DocumentSummary document) {
    return shelves.getOrDefault(document.id(), Shelf.NONE);
  }

  Order order() {
    return order;
  }

  void sortBy(Order by) {
    order = by;
  }

  /** The folder that is shown; empty for all documents. */
  String folder() {
    return folder;
  }

  void show(String other) {
    folder = other;
  }

  /** All folders with a document in them or in a folder within, by name. */
  List<String> folders() {
    if (shelves.values().stream().allMatch(shelf -> shelf.folder().isEmpty())) {
      return List.of();
    }
    Comparator<String> part = NameOrder.here();
    TreeSet<List<String>> names =
        new TreeSet<>((one, other) -> {
          int common = Math.min(one.size(), other.size());
          for (int i = 0; i < common; i++) {
            int order = part.compare(one.get(i), other.get(i));
            if (order != 0) {
              return order;
            }
          }
          return one.size() - other.size();
        });
    for (Shelf shelf : shelves.values()) {
      List<String> parts = List.of(shelf.folder().split("/", -1));
      for (int depth = 1; !shelf.folder().isEmpty() && depth <= parts.size(); depth++) {
        names.add(parts.subList(0, depth));
      }
    }
    return names.stream().map(name -> String.join("/", name)).toList();
  }

  /** Documents of the folder and of those in it, in the order that was chosen. */
  List<DocumentSummary> arrange(List<DocumentSummary> documents) {
    List<DocumentSummary> arranged = new ArrayList<>();
    for (DocumentSummary document : documents) {
      if (folder.isEmpty() || of(document).isIn(folder)) {
        arranged.add(document);
      }
    }
    Comparator<DocumentSummary> pinned =
        Comparator.comparing((DocumentSummary document) -> !of(document).isPinned());
    arranged.sort(
        switch (order) {
          case CHANGED -> pinned; // the store's own order
          case TITLE -> pinned.thenComparing(places(arranged.size()));
          case MADE -> pinned.thenComparing(DocumentSummary::created, Comparator.reverseOrder());
        });
    return arranged;
  }

  /** By the place of a title, which is found once for as long as there is a document with it. */
  private Function<DocumentSummary, NameOrder.Place> places(int documents) {
    NameOrder names = NameOrder.here();
    if (places.size() > 2 * documents) {
      places.clear();
    }
    return document -> places.computeIfAbsent(document.title(), names::place);
  }
}
