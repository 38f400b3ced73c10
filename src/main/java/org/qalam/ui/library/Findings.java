package org.qalam.ui.library;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.qalam.document.DocumentId;
import org.qalam.search.Hit;
import org.qalam.search.NoteFinder;
import org.qalam.task.Delivery;
import org.qalam.task.UiThread;

/**
 * What was found for what is typed. One search at a time: while it runs, what is typed further
 * waits, and only the newest of it is searched then. An answer to something older is let go.
 * Confined to the JavaFX thread.
 */
@UiThread
final class Findings {
  /** More than this nobody looks through; it says less than another word typed. */
  private static final int MOST = 50;

  private final NoteFinder finder;
  private final Executor ui;
  private final Runnable changed;
  private Map<DocumentId, Hit> hits = Map.of();
  private String asked = "";
  private String answered = "";
  private boolean isSearching;
  private boolean again;

  /**
   * @param changed hears that other hits are there
   */
  Findings(NoteFinder finder, Executor ui, Runnable changed) {
    this.finder = finder;
    this.ui = ui;
    this.changed = changed;
  }

  /**
   * Looks for this; for nothing where it is blank. Until the answer is there the last one stays.
   */
  void ask(String typed) {
    asked = typed;
    if (typed.isBlank()) {
      hits = Map.of();
    } else if (isSearching) {
      again = true;
    } else {
      search();
    }
  }

  /** Looks for the same once more: documents have changed. */
  void askAgain() {
    ask(asked);
  }

  private void search() {
    String now = asked;
    isSearching = true;
    again = false;
    Delivery.deliver(
        finder.search(now, MOST),
        ui,
        found -> {
          isSearching = false;
          if (now.equals(asked)) {
            take(found);
          }
          if (again && !asked.isBlank()) {
            search();
          }
        },
        failure -> {
          isSearching = false;
          System.getLogger(Findings.class.getName())
              .log(System.Logger.Level.WARNING, "a search failed", failure);
        });
  }

  private void take(List<Hit> found) {
    boolean isFirst = !answered.equals(asked);
    answered = asked;
    Map<DocumentId, Hit> now = new LinkedHashMap<>();
    found.forEach(hit -> now.put(hit.id(), hit));
    if (isFirst || !now.equals(hits)) {
      hits = now;
      changed.run();
    }
  }

  /** Whether the answer to what is typed is still to come. */
  boolean isAwaited() {
    return !asked.isBlank() && !asked.equals(answered);
  }

  /** The hits, the best first. */
  Map<DocumentId, Hit> hits() {
    return hits;
  }
}
