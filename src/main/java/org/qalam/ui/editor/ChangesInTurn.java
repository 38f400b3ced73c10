package org.qalam.ui.editor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javafx.application.Platform;
import org.fxmisc.richtext.MultiChangeBuilder;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.fxmisc.richtext.model.PlainTextChange;
import org.fxmisc.richtext.model.TextChange;
import org.fxmisc.richtext.util.UndoUtils;
import org.fxmisc.undo.UndoManager;
import org.fxmisc.undo.UndoManagerFactory;
import org.jspecify.annotations.Nullable;
import org.qalam.task.UiThread;
import org.reactfx.EventSource;

/**
 * Makes many changes of the text a few at a time, so that hundreds of them do not hold the window
 * up; they are one step to undo, which takes them back in the same way. Whoever wants to know the
 * text or to change it meanwhile calls {@link #finish()} first. Confined to the JavaFX thread.
 */
@UiThread
final class ChangesInTurn {
  /** What one go may take of the 16 ms of a frame, in nanoseconds. */
  private static final long SHARE = 4_000_000;

  /** So many are made in one go, whatever it takes. */
  static final int FEW = 24;

  /** How many of more than that are made between two looks at the clock. */
  private static final int A_FEW = 4;

  private final StyleClassedTextArea area;
  private final Runnable settled;
  private final EventSource<List<PlainTextChange>> steps = new EventSource<>();
  private final UndoManager<List<PlainTextChange>> undoManager;
  private @Nullable Run run;
  private boolean isChanging;

  /** What comes in the place of some characters. */
  record Put(int start, int end, String text) {}

  /** Changes that are being made, each where the text is as those before it have left it. */
  private static final class Run {
    final List<PlainTextChange> changes;
    final boolean movesCaret;
    final Runnable then;
    int made;

    Run(List<PlainTextChange> changes, boolean movesCaret, Runnable then) {
      this.changes = List.copyOf(changes);
      this.movesCaret = movesCaret;
      this.then = then;
    }
  }

  /**
   * @param settled hears that changes have all been made
   */
  ChangesInTurn(StyleClassedTextArea area, Runnable settled) {
    this.area = area;
    this.settled = settled;
    area.multiPlainChanges().filter(_ -> !isChanging).subscribe(steps::push);
    this.undoManager =
        UndoManagerFactory.unlimitedHistoryFactory()
            .createMultiChangeUM(
                steps,
                TextChange::invert,
                this::play,
                TextChange::mergeWith,
                TextChange::isIdentity,
                UndoUtils.DEFAULT_PREVENT_MERGE_DELAY);
  }

  /** Undoes and redoes what is done in {@code area}; call {@link #finish()} before it does. */
  UndoManager<List<PlainTextChange>> undoManager() {
    return undoManager;
  }

  /** Whether some changes are made and others are not yet. */
  boolean isUnderWay() {
    return run != null;
  }

  /**
   * Makes these changes, more than a few of them in several goes.
   *
   * @param text the whole text as it is now
   * @param puts in reading order, where they are before any of them is made
   * @param then is called when all are made: at once where they are few, else in a later event
   */
  void make(String text, List<Put> puts, Runnable then) {
    finish();
    List<PlainTextChange> changes = new ArrayList<>();
    int more = 0;
    for (Put put : puts) {
      String before = text.substring(put.start(), put.end());
      changes.add(new PlainTextChange(put.start() + more, before, put.text()));
      more += put.text().length() - before.length();
    }
    if (changes.isEmpty()) {
      then.run();
      return;
    }
    undoManager.preventMerge();
    steps.push(changes);
    undoManager.preventMerge();
    begin(new Run(changes, false, then));
  }

  /** Undo and redo want to hear of what they do before they go on. */
  private void play(List<PlainTextChange> changes) {
    steps.push(changes);
    begin(new Run(changes, true, () -> {}));
  }

  private void begin(Run begun) {
    run = begun;
    if (begun.changes.size() <= FEW) {
      some(begun, FEW);
      end(begun);
      begun.then.run();
    } else {
      someMore(begun);
    }
  }

  private void someMore(Run now) {
    if (!now.equals(run)) {
      return;
    }
    long end = System.nanoTime() + SHARE;
    do {
      some(now, A_FEW);
    } while (now.made < now.changes.size() && System.nanoTime() < end);
    if (now.made < now.changes.size()) {
      Platform.runLater(() -> someMore(now));
    } else {
      end(now);
      Platform.runLater(now.then);
    }
  }

  /**
   * Makes all changes that were begun. Who hears of some of them while they are being made, of the
   * caret above all, meets the text with those.
   */
  void finish() {
    Run now = run;
    if (now != null && !isChanging) {
      some(now, now.changes.size());
      end(now);
      Platform.runLater(now.then);
    }
  }

  private void some(Run now, int most) {
    int until = Math.min(now.changes.size(), now.made + most);
    List<PlainTextChange> some = now.changes.subList(now.made, until);
    now.made = until;
    MultiChangeBuilder<Collection<String>, String, Collection<String>> all =
        area.createMultiChange(some.size());
    for (PlainTextChange change : some) {
      all.replaceTextAbsolutely(change.getPosition(), change.getRemovalEnd(), change.getInserted());
    }
    isChanging = true;
    try {
      all.commit();
    } finally {
      isChanging = false;
    }
  }

  private void end(Run ended) {
    run = null;
    if (ended.movesCaret) {
      int caret = ended.changes.getLast().getInsertionEnd();
      area.moveTo(Math.min(caret, area.getLength()));
      area.requestFollowCaret();
    }
    settled.run();
  }
}
