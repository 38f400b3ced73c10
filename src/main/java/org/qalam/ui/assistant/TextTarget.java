package org.qalam.ui.assistant;

import java.util.List;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import org.qalam.document.DocumentId;
import org.qalam.document.TextRange;
import org.qalam.task.UiThread;

/**
 * The open text as the assistant sees it. Confined to the JavaFX thread; a test can stand in for it
 * without a toolkit.
 */
@UiThread
public interface TextTarget {
  /** The open document; its value is empty where none is open. */
  ObservableValue<Optional<DocumentId>> document();

  /** The whole text. */
  String text();

  /**
   * The selected passage, empty at the caret where nothing is selected; changes as the writer
   * moves.
   */
  ObservableValue<TextRange> selection();

  /**
   * Follows a passage while the writer goes on typing: edits before it shift it, edits inside it
   * change it (and are seen by {@link Anchor#isUnchanged()}).
   */
  Anchor anchor(TextRange range);

  /** Like {@link #anchor}; but where it is empty, what is put there belongs to it. */
  Anchor place(TextRange range);

  /** A passage that moves with the text. Close it when it is no longer needed. */
  interface Anchor extends AutoCloseable {
    /** Where the passage is now. */
    TextRange range();

    /** Whether its text is still what it was when the anchor was set, in the same document. */
    boolean isUnchanged();

    @Override
    void close();
  }

  /** Replaces the passage in one undo step, selects the new text and scrolls to it. */
  void replace(Anchor passage, String text);

  /**
   * Replaces several passages, in reading order, in one undo step. Hundreds of them come into the
   * text over several frames; whatever else is asked of this meanwhile has the rest put in first.
   *
   * @param then is called when all are replaced: before this returns where they are few
   */
  void replaceAll(List<Replacement> replacements, Runnable then);

  /** What comes in a passage's place. */
  record Replacement(Anchor passage, String text) {}

  /** Marks these passages, which may be empty, and no others. */
  void mark(List<Mark> marks);

  /**
   * A passage to be marked.
   *
   * @param current whether it is the one that is being looked at
   */
  record Mark(Anchor passage, Kind kind, boolean current) {
    /** What would become of it. */
    public enum Kind {
      /** It would go, or give way to other words. */
      DELETION,
      /** Words would come here. */
      INSERTION,
      /** It would be worded anew. */
      REWRITING,
      /** Either of the first two, in what is the writer's to change. */
      GUARDED,
      /** It would be worded anew, and what is the writer's to change would not come back. */
      GUARDED_REWRITING
    }
  }

  /** Puts the caret to the passage's start and scrolls there. */
  void reveal(Anchor passage);

  /**
   * Inserts a new paragraph (or, with {@code inline}, just the text) after the passage in one undo
   * step, selects it and scrolls to it.
   */
  void insertAfter(Anchor passage, String text, boolean inline);

  /** Shows the passage and marks it as the one being worked on, until the handle is closed. */
  AutoCloseable highlight(Anchor passage);

  /** Puts the keyboard back into the text. */
  void requestFocus();
}
