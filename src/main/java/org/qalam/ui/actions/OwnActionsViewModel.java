package org.qalam.ui.actions;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.qalam.assist.Action;
import org.qalam.assist.ActionFileException;
import org.qalam.assist.ActionSheet;
import org.qalam.assist.OwnActions;
import org.qalam.store.DocumentStore;
import org.qalam.task.Delivery;
import org.qalam.task.TaskRunner;
import org.qalam.task.UiThread;

/**
 * The writer's own actions and the changes to them that are not saved yet. Files are read and
 * written on the store's thread. Changes are kept, also over the program's end, until they are
 * saved or dropped; what comes back from the disk never replaces what was typed meanwhile. Confined
 * to the JavaFX thread.
 */
@UiThread
public final class OwnActionsViewModel {
  private final ActionFiles files;
  private final TaskRunner storeRunner;
  private final Executor ui;

  private final ObservableList<Row> rows = FXCollections.observableArrayList();
  private final ObservableList<Row> readOnlyRows = FXCollections.unmodifiableObservableList(rows);
  private final ReadOnlyObjectWrapper<Optional<Draft>> draft =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Notice> notice =
      new ReadOnlyObjectWrapper<>(new Notice.None());

  /** The files as they were read last, in their order. */
  private List<OwnActions.Entry> entries = List.of();

  /** What differs from the files, by id, and each that is or was looked at. */
  private final Map<String, Draft> drafts = new LinkedHashMap<>();

  private final Set<String> overwriting = new HashSet<>();
  private boolean isRead;
  private Runnable takeBack = () -> {};
  private Runnable changed = () -> {};

  /**
   * @param storeRunner the store's thread
   * @param ui runs work on the JavaFX thread
   */
  public OwnActionsViewModel(
      OwnActions own, DocumentStore store, TaskRunner storeRunner, Executor ui) {
    this.files = new ActionFiles(own, store);
    this.storeRunner = storeRunner;
    this.ui = ui;
  }

  /** Has {@code heard} called when files have changed. */
  public void onChanged(Runnable heard) {
    changed = heard;
  }

  /** What is read from the disk together. */
  private record Found(List<OwnActions.Entry> entries, Map<String, String> kept) {}

  /** Reads the files again, and the first time the drafts that were kept. */
  public void refresh() {
    boolean isFirst = !isRead;
    onDisk(
        () -> {
          List<OwnActions.Entry> there = files.list();
          return new Found(there, isFirst ? files.keptDrafts(there) : Map.of());
        },
        found -> {
          isRead = true;
          take(found);
        });
  }

  private void take(Found found) {
    entries = found.entries();
    found
        .kept()
        .forEach((id, text) -> drafts.putIfAbsent(id, new Draft(id, base(id), text, false)));
    drafts.replaceAll(
        (id, now) -> now.isChanged() ? now : new Draft(id, base(id), base(id), now.asText()));
    drafts.values().removeIf(now -> now.hasFile() && !now.isChanged() && entry(now.id()).isEmpty());
    draft.get().ifPresent(open -> draft.set(Optional.ofNullable(drafts.get(open.id()))));
    showRows();
  }

  private Optional<OwnActions.Entry> entry(String id) {
    return entries.stream().filter(entry -> entry.id().equals(id)).findFirst();
  }

  private String base(String id) {
    return entry(id).map(OwnActions.Entry::text).orElse("");
  }

  private void showRows() {
    List<Row> now = new ArrayList<>(entries.stream().map(this::row).toList());
    drafts.values().stream()
        .filter(one -> entry(one.id()).isEmpty())
        .forEach(one -> now.add(new Row(one.id(), name(one), icon(one), true, true)));
    if (!rows.equals(now)) {
      rows.setAll(now);
    }
  }

  private Row row(OwnActions.Entry entry) {
    Optional<Draft> changes = Optional.ofNullable(drafts.get(entry.id())).filter(Draft::isChanged);
    String name = changes.map(this::name).orElseGet(() -> name(entry));
    String icon =
        changes.map(this::icon).orElseGet(() -> entry.action().map(Action::icon).orElse(""));
    return new Row(entry.id(), name, icon, entry.action().isPresent(), changes.isPresent());
  }

  private static String name(OwnActions.Entry entry) {
    return entry
        .action()
        .map(Action::name)
        .or(() -> ActionSheet.of(entry.text()).map(sheet -> sheet.value("name")))
        .filter(name -> !name.isEmpty())
        .orElse(entry.id());
  }

  /** As it will be called; empty for a new one without a name. */
  private String name(Draft of) {
    String given = ActionSheet.of(of.text()).map(sheet -> sheet.value("name")).orElse("");
    return given.isEmpty() && of.hasFile()
        ? entry(of.id()).map(OwnActionsViewModel::name).orElse(of.id())
        : given;
  }

  private String icon(Draft of) {
    return ActionSheet.of(of.text()).map(sheet -> sheet.value("icon")).orElse("");
  }

  // ---- choosing and typing ----

  /** Opens an action for changing. What was changed in another one is kept. */
  void choose(String id) {
    if (draft.get().filter(open -> open.id().equals(id)).isPresent()) {
      return;
    }
    Draft opened =
        drafts.computeIfAbsent(
            id,
            _ ->
                new Draft(
                    id, base(id), base(id), entry(id).flatMap(OwnActions.Entry::action).isEmpty()));
    draft.set(Optional.of(opened));
  }

  /** Shows none of them. */
  void chooseNone() {
    draft.set(Optional.empty());
  }

  /** Begins a new action with this text. */
  void begin(String text) {
    int number = 1;
    while (number < ActionFiles.MOST_UNNAMED && drafts.containsKey(Draft.unnamedId(number))) {
      number++;
    }
    Draft begun = Draft.unnamed(number, text);
    if (drafts.putIfAbsent(begun.id(), begun) == null) {
      keep(begun);
    }
    showRows();
    choose(begun.id());
  }

  /** Begins a new action as a copy of one of the program's. */
  void beginLike(Action builtIn, String name) {
    begin(ActionSheet.ofBuiltIn(builtIn, name).text());
  }

  /** Begins a new action as a copy of the one that is open, as it was typed. */
  void duplicate(UnaryOperator<String> copyName) {
    draft
        .get()
        .ifPresent(open ->
            begin(
                ActionSheet.of(open.text())
                    .map(sheet ->
                        sheet.with("name", copyName.apply(name(open))).with("shortcut", ""))
                    .map(ActionSheet::text)
                    .orElse(open.text())));
  }

  /** Sets a key of the open action. */
  void set(String key, String value) {
    changeSheet(sheet -> sheet.value(key).equals(value.strip()) ? sheet : sheet.with(key, value));
  }

  void setPrompt(String prompt) {
    changeSheet(sheet -> sheet.prompt().equals(prompt.strip()) ? sheet : sheet.withPrompt(prompt));
  }

  private void changeSheet(UnaryOperator<ActionSheet> change) {
    draft
        .get()
        .ifPresent(open ->
            open.sheet()
                .ifPresent(sheet -> {
                  ActionSheet now = change.apply(sheet);
                  if (now != sheet) {
                    type(now.text());
                  }
                }));
  }

  /** Replaces the text of the open action's file. */
  void type(String text) {
    draft.get().filter(open -> !open.text().equals(text)).ifPresent(open -> put(open.with(text)));
  }

  private void put(Draft now) {
    drafts.put(now.id(), now);
    keep(now);
    if (draft.get().filter(open -> open.id().equals(now.id())).isPresent()) {
      draft.set(Optional.of(now));
    }
    showRows();
  }

  /** Shows the open action as text, or as a form where that is possible. */
  void showAsText(boolean on) {
    draft.get().ifPresent(open -> put(open.shownAsText(on)));
  }

  /** So that it is still there after the program's end. */
  private void keep(Draft now) {
    String text = now.isChanged() ? now.text() : "";
    onDisk(() -> files.keepDraft(now.id(), text), _ -> {});
  }

  /** What is wrong with the open action; it can be saved where there is nothing. */
  List<ActionSheet.Problem> problems() {
    return draft
        .get()
        .map(open ->
            open.sheet()
                .map(sheet -> problems(open, sheet))
                .orElseGet(() ->
                    ActionSheet.problem(open.text()).stream()
                        .map(words -> new ActionSheet.Problem("", words))
                        .toList()))
        .orElse(List.of());
  }

  private static List<ActionSheet.Problem> problems(Draft open, ActionSheet sheet) {
    List<ActionSheet.Problem> found = new ArrayList<>(sheet.problems());
    if (!open.hasFile() && sheet.value("name").isEmpty()) {
      found.add(new ActionSheet.Problem("name", ""));
    }
    return found;
  }

  // ---- on the disk ----

  /** Writes the open action's file. */
  void save() {
    draft.get().filter(_ -> problems().isEmpty()).ifPresent(this::save);
  }

  private void save(Draft saved) {
    String name = name(saved);
    boolean overwrites = overwriting.remove(saved.id());
    onDisk(
        () -> files.save(saved, name, overwrites),
        done -> {
          if (done.isElsewhere()) {
            overwriting.add(saved.id());
            tell(new Notice.ChangedElsewhere(name));
          } else {
            saved(saved, done);
            tell(new Notice.Saved(name));
          }
        });
  }

  /** What was typed since stays, as a change to what is on the disk now. */
  private void saved(Draft saved, ActionFiles.Saving done) {
    Draft typed = drafts.getOrDefault(saved.id(), saved);
    drafts.remove(saved.id());
    Draft now = new Draft(done.id(), saved.text(), typed.text(), typed.asText());
    drafts.put(done.id(), now);
    if (!saved.hasFile()) {
      keep(new Draft(saved.id(), "", "", false));
    }
    keep(now);
    if (draft.get().filter(open -> open.id().equals(saved.id())).isPresent()) {
      draft.set(Optional.of(now));
    }
    filesChanged(done.entries());
  }

  private void filesChanged(List<OwnActions.Entry> found) {
    take(new Found(found, Map.of()));
    changed.run();
  }

  /** Drops the changes of the open action; a new one goes. Can be taken back. */
  void drop() {
    draft
        .get()
        .filter(Draft::isChanged)
        .ifPresent(dropped -> {
          String name = name(dropped);
          put(dropped.with(dropped.base()));
          if (!dropped.hasFile()) {
            drafts.remove(dropped.id());
            draft.set(Optional.empty());
          }
          showRows();
          takeBack =
              () -> {
                put(dropped);
                choose(dropped.id());
              };
          tell(new Notice.Dropped(name));
        });
  }

  /** Deletes the open action's file. Can be taken back. */
  void delete() {
    draft
        .get()
        .ifPresent(open -> {
          if (!open.hasFile()) {
            drop();
            return;
          }
          String name = name(open);
          onDisk(
              () -> files.delete(open.id()),
              done -> {
                Draft last = drafts.getOrDefault(open.id(), open);
                drafts.remove(open.id());
                keep(last.with(last.base()));
                if (draft.get().filter(shown -> shown.id().equals(open.id())).isPresent()) {
                  draft.set(Optional.empty());
                }
                filesChanged(done.entries());
                takeBack = () -> restore(last, done.text());
                tell(new Notice.Deleted(name));
              });
        });
  }

  private void restore(Draft last, String text) {
    onDisk(
        () -> files.restore(last.id(), text),
        found -> {
          drafts.put(last.id(), last);
          keep(last);
          filesChanged(found);
          choose(last.id());
        });
  }

  /** Takes the last deletion, or dropping, back. */
  void takeBack() {
    Runnable work = takeBack;
    takeBack = () -> {};
    tell(new Notice.None());
    work.run();
  }

  /** Moves an action among the others, by so many places. */
  void move(String id, int by) {
    List<String> ids = new ArrayList<>(entries.stream().map(OwnActions.Entry::id).toList());
    int at = ids.indexOf(id);
    int to = at + by;
    if (at < 0 || to < 0 || to >= ids.size()) {
      return;
    }
    Collections.swap(ids, at, to);
    List<OwnActions.Entry> moved = new ArrayList<>(entries);
    Collections.swap(moved, at, to);
    entries = moved;
    showRows();
    onDisk(() -> files.order(ids), _ -> changed.run());
  }

  /** Takes files over: actions, or the buttons of WritingTools. */
  void importFrom(List<Path> sources) {
    onDisk(
        () -> files.importFrom(sources),
        arrived -> {
          filesChanged(arrived.entries());
          arrived.ids().stream().findFirst().ifPresent(this::choose);
          tell(new Notice.Imported(arrived.ids().size(), arrived.remarks()));
        });
  }

  /** Copies the file of the open action, as it was saved, to where the writer wants it. */
  void export(Path target) {
    draft
        .get()
        .filter(Draft::hasFile)
        .ifPresent(open ->
            onDisk(
                () -> files.export(open.id(), target),
                _ -> tell(new Notice.Exported(String.valueOf(target.getFileName())))));
  }

  /** Gives an action other keys, or with nothing none, in its file and in what is being typed. */
  public void setShortcut(String id, String keys) {
    onDisk(
        () -> files.setShortcut(id, keys),
        found -> {
          Optional.ofNullable(drafts.get(id)).ifPresent(typed -> rebase(typed, found, keys));
          filesChanged(found);
        });
  }

  private void rebase(Draft typed, List<OwnActions.Entry> found, String keys) {
    String base =
        found.stream()
            .filter(entry -> entry.id().equals(typed.id()))
            .map(OwnActions.Entry::text)
            .findFirst()
            .orElse(typed.base());
    String text =
        ActionSheet.of(typed.text())
            .map(sheet -> sheet.with("shortcut", keys).text())
            .orElse(typed.text());
    put(new Draft(typed.id(), base, typed.isChanged() ? text : base, typed.asText()));
  }

  private <T> void onDisk(Callable<T> work, Consumer<T> done) {
    Delivery.deliver(storeRunner.submit(work), ui, done, this::failed);
  }

  private void failed(Throwable failure) {
    if (failure instanceof ActionFileException known) {
      tell(new Notice.Failed(known.getMessage() + "."));
    } else {
      System.getLogger(OwnActionsViewModel.class.getName())
          .log(System.Logger.Level.ERROR, "an own action's file was not read or written", failure);
      tell(new Notice.Failed(""));
    }
  }

  private void tell(Notice now) {
    notice.set(now);
  }

  /** Puts away what was told. */
  void dismiss() {
    tell(new Notice.None());
  }

  // ---- what can be seen ----

  ObservableList<Row> rows() {
    return readOnlyRows;
  }

  ReadOnlyObjectProperty<Optional<Draft>> draftProperty() {
    return draft.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<Notice> noticeProperty() {
    return notice.getReadOnlyProperty();
  }
}
