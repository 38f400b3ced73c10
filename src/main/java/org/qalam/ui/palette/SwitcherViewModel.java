package org.qalam.ui.palette;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.task.Delivery;
import org.qalam.task.TaskRunner;
import org.qalam.task.UiThread;
import org.qalam.ui.palette.PaletteViewModel.Choice;
import org.qalam.ui.palette.PaletteViewModel.Heading;
import org.qalam.ui.palette.PaletteViewModel.Row;
import org.qalam.ui.text.Messages;

/**
 * Documents to go to: with nothing typed those changed last, else those whose titles what is typed
 * is about, the nearest first. Ten thousand titles take longer than a frame, so those changed last
 * are looked through at once and all of them on another thread. Confined to the JavaFX thread.
 */
@UiThread
public final class SwitcherViewModel implements PaletteModel {
  /** More than this nobody reads. */
  private static final int MOST = 60;

  /** Titles that are looked through while the JavaFX thread waits. */
  private static final int AT_ONCE = 300;

  private final Supplier<List<DocumentSummary>> source;
  private final TaskRunner background;
  private final Executor ui;
  private final Consumer<DocumentId> open;
  private final Messages messages = Messages.of(PaletteView.class);
  private final Titles here = new Titles();
  private final Titles there = new Titles(); // of the background's thread
  private List<DocumentSummary> documents = List.of();
  private Runnable more = () -> {};
  private String typedLast = "";
  private String answered = "";
  private List<Row> answer = List.of();
  private boolean isSearching;
  private long refreshes;

  /** Titles as they are sought, kept from one search to the next. Confined to one thread. */
  private static final class Titles {
    private final Map<String, SoughtWords> known = new HashMap<>();

    private record Found(DocumentSummary document, int distance) {}

    List<DocumentSummary> find(List<DocumentSummary> documents, String typed) {
      if (known.size() > 2 * documents.size() + AT_ONCE) {
        known.clear(); // of titles that are none any more
      }
      SoughtWords wanted = SoughtWords.of(typed);
      List<Found> found = new ArrayList<>();
      for (DocumentSummary document : documents) {
        OptionalInt distance =
            known.computeIfAbsent(document.title(), SoughtWords::of).distance(wanted);
        if (distance.isPresent() && !wanted.isEmpty()) {
          found.add(new Found(document, distance.getAsInt()));
        }
      }
      found.sort(Comparator.comparingInt(Found::distance));
      return found.stream().limit(MOST).map(Found::document).toList();
    }
  }

  /**
   * @param source all documents, last changed first; the open one is not there to go to
   * @param background looks through many titles
   * @param open shows a document
   */
  public SwitcherViewModel(
      Supplier<List<DocumentSummary>> source,
      TaskRunner background,
      Executor ui,
      Consumer<DocumentId> open) {
    this.source = source;
    this.background = background;
    this.ui = ui;
    this.open = open;
  }

  @Override
  public void onMore(Runnable hears) {
    more = hears;
  }

  @Override
  public void refresh() {
    documents = source.get();
    refreshes++;
    answered = "";
  }

  @Override
  public List<Row> rows(String typed) {
    typedLast = typed;
    if (typed.isBlank()) {
      List<Row> rows = new ArrayList<>(rows(first(MOST)));
      if (!rows.isEmpty()) {
        rows.addFirst(new Heading(messages.get("switcher.recent")));
      }
      return rows;
    }
    if (typed.equals(answered)) {
      return answer;
    }
    if (documents.size() > AT_ONCE) {
      searchAll();
    }
    return rows(here.find(first(AT_ONCE), typed));
  }

  private List<DocumentSummary> first(int most) {
    return documents.subList(0, Math.min(most, documents.size()));
  }

  /** One search at a time; what is typed meanwhile is searched then, the newest alone. */
  private void searchAll() {
    if (isSearching) {
      return;
    }
    isSearching = true;
    String typed = typedLast;
    List<DocumentSummary> all = documents;
    long since = refreshes;
    Delivery.deliver(
        background.submit(() -> there.find(all, typed)),
        ui,
        found -> {
          isSearching = false;
          if (!typed.equals(typedLast) || refreshes != since) {
            if (!typedLast.isBlank()) {
              searchAll();
            }
            return;
          }
          answered = typed;
          answer = rows(found);
          more.run();
        },
        failure -> {
          isSearching = false;
          System.getLogger(SwitcherViewModel.class.getName())
              .log(System.Logger.Level.WARNING, "titles could not be looked through", failure);
        });
  }

  private List<Row> rows(List<DocumentSummary> found) {
    return found.stream().map(document -> (Row) new Choice(command(document), false)).toList();
  }

  private Command command(DocumentSummary document) {
    String title =
        document.title().isBlank() ? messages.get("switcher.untitled") : document.title();
    return new Command(document.id().toString(), "", title, "mdi2f-file-document-outline", "");
  }

  @Override
  public void run(Command command) {
    open.accept(DocumentId.parse(command.id()));
  }
}
