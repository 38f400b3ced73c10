package org.qalam.ui.actions;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qalam.assist.ActionFileException;
import org.qalam.assist.ActionSheet;
import org.qalam.assist.OwnActions;
import org.qalam.store.DocumentStore;

/**
 * The files of the writer's own actions, and the drafts that are kept among the settings. All of it
 * touches the disk: on the store's thread.
 */
final class ActionFiles {
  /** Settings: the text of a draft, by its id. */
  private static final String DRAFT_SETTING = "actions.draft.";

  /** Drafts without a file at the same time. */
  static final int MOST_UNNAMED = 20;

  private final OwnActions own;
  private final DocumentStore store;

  ActionFiles(OwnActions own, DocumentStore store) {
    this.own = own;
    this.store = store;
  }

  /** What is there. */
  List<OwnActions.Entry> list() {
    return own.list();
  }

  /** The drafts that were kept, by their ids. */
  Map<String, String> keptDrafts(List<OwnActions.Entry> entries) {
    List<String> ids = new ArrayList<>(entries.stream().map(OwnActions.Entry::id).toList());
    for (int number = 1; number <= MOST_UNNAMED; number++) {
      ids.add(Draft.unnamedId(number));
    }
    Map<String, String> kept = new LinkedHashMap<>();
    for (String id : ids) {
      store
          .setting(DRAFT_SETTING + id)
          .filter(text -> !text.isEmpty())
          .ifPresent(text -> kept.put(id, text));
    }
    return kept;
  }

  /** Keeps a draft's text, or with nothing forgets it. */
  boolean keepDraft(String id, String text) {
    if (!store.setting(DRAFT_SETTING + id).orElse("").equals(text)) {
      store.putSetting(DRAFT_SETTING + id, text);
    }
    return true;
  }

  /**
   * What came of saving.
   *
   * @param id of the action, which a new one has only now
   * @param isElsewhere whether nothing was saved since the file is another than the draft's base
   */
  record Saving(String id, List<OwnActions.Entry> entries, boolean isElsewhere) {}

  /**
   * Writes a draft's file, a new or a deleted one too.
   *
   * @param name from which the name of a new file is made
   * @param overwrites whether a file that was changed elsewhere is replaced
   */
  Saving save(Draft draft, String name, boolean overwrites) {
    String id = draft.id();
    if (!draft.hasFile()) {
      id = own.create(name, draft.text());
    } else if (own.list().stream().noneMatch(entry -> entry.id().equals(draft.id()))) {
      own.restore(id, draft.text());
    } else if (!overwrites && !own.text(id).equals(draft.base())) {
      return new Saving(id, own.list(), true);
    } else {
      own.save(id, draft.text());
    }
    return new Saving(id, own.list(), false);
  }

  /**
   * What was deleted, to be restored.
   *
   * @param text of the file
   */
  record Deletion(String text, List<OwnActions.Entry> entries) {}

  Deletion delete(String id) {
    String text = own.text(id);
    own.delete(id);
    return new Deletion(text, own.list());
  }

  List<OwnActions.Entry> restore(String id, String text) {
    own.restore(id, text);
    return own.list();
  }

  boolean order(List<String> ids) {
    own.order(ids);
    return true;
  }

  /**
   * What came of an import.
   *
   * @param ids of the new actions
   * @param remarks what could not be taken over, a sentence each
   */
  record Arrival(List<String> ids, List<String> remarks, List<OwnActions.Entry> entries) {}

  /** Takes files over; one that cannot be used does not keep the others out. */
  Arrival importFrom(List<Path> files) {
    List<String> ids = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    for (Path file : files) {
      try {
        OwnActions.Imported imported = own.importFrom(file);
        ids.addAll(imported.ids());
        remarks.addAll(imported.remarks());
      } catch (ActionFileException e) {
        remarks.add(e.getMessage() + ".");
      }
    }
    return new Arrival(ids, remarks, own.list());
  }

  boolean export(String id, Path target) {
    own.export(id, target);
    return true;
  }

  /** Writes other keys into a file, and changes nothing else in it. */
  List<OwnActions.Entry> setShortcut(String id, String keys) {
    ActionSheet sheet =
        ActionSheet.of(own.text(id))
            .orElseThrow(
                () -> new ActionFileException("actions/" + id + ".md", "its keys cannot be set"));
    own.save(id, sheet.with("shortcut", keys).text());
    return own.list();
  }
}
