package org.qalam.ui.versions;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.qalam.document.DocumentId;
import org.qalam.document.Revision;
import org.qalam.store.RevisionStore;
import org.qalam.task.TaskRunner;
import org.qalam.task.UiThread;
import org.qalam.ui.diff.Differences;
import org.qalam.ui.text.StyledLine;

/**
 * The versions of the open document: its text now, and the earlier ones that were kept. On the
 * JavaFX thread; the store's work is done on the store's, and comparing in the background.
 */
@UiThread
public final class VersionsViewModel {
  /**
   * A text that can be looked at.
   *
   * @param revision empty for the text as it is in the window
   */
  public record Version(Optional<Revision> revision) {
    static final Version NOW = new Version(Optional.empty());

    Optional<UUID> id() {
      return revision.map(Revision::id);
    }
  }

  /** What is on show of the chosen version. */
  public sealed interface Shown {
    /** It is being read, or nothing is chosen. */
    record Nothing() implements Shown {}

    /**
     * A text, and what would have to be done to it for the one that it is compared with.
     *
     * @param changes empty where both texts are equal
     */
    record Text(String text, List<StyledLine> changes) implements Shown {}

    /** It cannot be read. */
    record Problem(String sentence) implements Shown {}
  }

  private final RevisionStore store;
  private final TaskRunner storeRunner;
  private final TaskRunner background;
  private final Executor ui;
  private final OpenText open;
  private final Consumer<String> problem;
  private final ObservableList<Version> versions = FXCollections.observableArrayList();
  private final ObjectProperty<Version> chosen = new SimpleObjectProperty<>(Version.NOW);
  private final ObjectProperty<Version> against = new SimpleObjectProperty<>(Version.NOW);
  private final ReadOnlyObjectWrapper<Shown> shown =
      new ReadOnlyObjectWrapper<>(new Shown.Nothing());
  private IntFunction<String> leftOut = Integer::toString;
  private int asked;

  /**
   * @param storeRunner the store's thread
   * @param background where texts are compared
   * @param problem is told a sentence when the store could not do something
   */
  public VersionsViewModel(
      RevisionStore store,
      TaskRunner storeRunner,
      TaskRunner background,
      Executor ui,
      OpenText open,
      Consumer<String> problem) {
    this.store = store;
    this.storeRunner = storeRunner;
    this.background = background;
    this.ui = ui;
    this.open = open;
    this.problem = problem;
    chosen.addListener((_, _, _) -> show());
    against.addListener((_, _, _) -> show());
  }

  /** Words for paragraphs that are left out of a comparison, by their number. */
  void sayLeftOut(IntFunction<String> words) {
    leftOut = words;
  }

  /** Reads the versions of the open document, what was typed last among them. */
  public void open() {
    chosen.set(Version.NOW);
    against.set(Version.NOW);
    versions.setAll(Version.NOW);
    refresh(Optional.empty(), true);
  }

  /**
   * Reads them anew.
   *
   * @param wanted the one to choose
   * @param isFirst whether the newest of them is chosen where there is no such one
   */
  private void refresh(Optional<UUID> wanted, boolean isFirst) {
    Optional<DocumentId> document = open.document();
    if (document.isEmpty()) {
      return;
    }
    // What cannot be saved now is tried again by whoever saves; its versions can be seen meanwhile.
    var _ =
        open.flush()
            .exceptionally(_ -> null)
            .thenCompose(_ -> storeRunner.submit(() -> store.revisions(document.get())))
            .whenCompleteAsync(
                (List<Revision> revisions, Throwable failure) -> {
                  if (failure != null) {
                    problem.accept(sentence(failure));
                  } else if (document.equals(open.document())) {
                    take(revisions, wanted, isFirst);
                  }
                },
                ui);
  }

  private void take(List<Revision> revisions, Optional<UUID> wanted, boolean isFirst) {
    Optional<UUID> before = wanted.or(() -> chosen.get().id());
    versions.setAll(Version.NOW);
    revisions.forEach(revision -> versions.add(new Version(Optional.of(revision))));
    Optional<Version> same =
        versions.stream()
            .filter(version -> before.isPresent() && version.id().equals(before))
            .findFirst();
    if (against.get().id().isPresent() && !versions.contains(against.get())) {
      against.set(Version.NOW);
    }
    chosen.set(same.orElse(versions.get(isFirst && versions.size() > 1 ? 1 : 0)));
    show();
  }

  private void show() {
    int question = ++asked;
    Version left = chosen.get();
    Version right = against.get();
    String now = open.text();
    if (open.document().isEmpty()) {
      shown.set(new Shown.Nothing());
      return;
    }
    var _ =
        storeRunner
            .submit(() -> List.of(text(left, now), text(right, now)))
            .thenCompose(
                both -> background.submit(() -> new Shown.Text(both.getFirst(), compared(both))))
            .whenCompleteAsync(
                (Shown.Text text, Throwable failure) -> {
                  if (question == asked) {
                    shown.set(failure == null ? text : new Shown.Problem(sentence(failure)));
                  }
                },
                ui);
  }

  private List<StyledLine> compared(List<String> both) {
    return Differences.between(both.getFirst(), both.getLast(), leftOut);
  }

  private String text(Version version, String now) {
    return version.id().map(store::revisionText).orElse(now);
  }

  /** Puts the chosen version in the place of the text, which is kept as a version before. */
  public void restore() {
    Optional<DocumentId> document = open.document();
    if (!(shown.get() instanceof Shown.Text text) || chosen.get().id().isEmpty()) {
      return;
    }
    var _ =
        open.flush()
            .thenCompose(_ ->
                storeRunner.submit(
                    () -> store.keepRevision(Objects.requireNonNull(document.orElse(null)), "")))
            .whenCompleteAsync(
                (Revision _, Throwable failure) -> {
                  if (failure != null) {
                    problem.accept(sentence(failure));
                  } else if (document.equals(open.document())) {
                    open.replace(text.text());
                  }
                },
                ui);
  }

  /** Makes a document of the chosen version. */
  public void copy() {
    if (shown.get() instanceof Shown.Text text) {
      open.createDocument(text.text());
    }
  }

  /** Keeps the text as it is now under a name, or gives the chosen version another. */
  public void name(String name) {
    String clean = name.strip();
    Optional<UUID> id = chosen.get().id();
    if (id.isPresent()) {
      change(() -> {
        store.nameRevision(id.get(), clean);
        return id.get();
      });
    } else {
      open.document()
          .ifPresent(document -> {
            var _ =
                open.flush()
                    .whenCompleteAsync(
                        (_, failure) -> {
                          if (failure != null) {
                            problem.accept(sentence(failure));
                          } else {
                            change(() -> store.keepRevision(document, clean).id());
                          }
                        },
                        ui);
          });
    }
  }

  /** Takes the chosen version away for good. */
  public void remove() {
    chosen
        .get()
        .id()
        .ifPresent(id ->
            change(() -> {
              store.removeRevision(id);
              return id;
            }));
  }

  private void change(Callable<UUID> work) {
    var _ =
        storeRunner
            .submit(work)
            .whenCompleteAsync(
                (UUID id, Throwable failure) -> {
                  if (failure != null) {
                    problem.accept(sentence(failure));
                  } else {
                    refresh(Optional.of(id), false);
                  }
                },
                ui);
  }

  private static String sentence(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  /** The text as it is now, then earlier ones, newest first. */
  public ObservableList<Version> versions() {
    return versions;
  }

  /** The one that is on show. */
  public ObjectProperty<Version> chosenProperty() {
    return chosen;
  }

  /** The one that it is compared with. */
  public ObjectProperty<Version> againstProperty() {
    return against;
  }

  /** What is on show. */
  public ReadOnlyObjectProperty<Shown> shownProperty() {
    return shown.getReadOnlyProperty();
  }
}
