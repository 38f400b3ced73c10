package org.qalam.ui.editor;

import java.util.ArrayList;
import java.util.List;
import org.qalam.document.DocumentId;
import org.qalam.document.TextRange;
import org.qalam.ui.assistant.TextTarget;

/**
 * Passages that follow a text through its edits. Confined to the JavaFX thread; needs no toolkit.
 */
final class Anchors {
  private final List<Passage> passages = new ArrayList<>();

  /** A followed passage. */
  final class Passage implements TextTarget.Anchor {
    private final DocumentId document;
    private int start;
    private int end;
    private final boolean grows;
    private boolean unchanged = true;

    private Passage(DocumentId document, TextRange range, boolean grows) {
      this.grows = grows;
      this.document = document;
      this.start = range.start();
      this.end = range.end();
    }

    DocumentId document() {
      return document;
    }

    @Override
    public TextRange range() {
      return new TextRange(start, end);
    }

    @Override
    public boolean isUnchanged() {
      return unchanged && passages.contains(this);
    }

    @Override
    public void close() {
      passages.remove(this);
    }

    private void edited(int at, int removed, int inserted) {
      int to = at + removed;
      if (grows && removed == 0 && at == start && start == end) {
        unchanged = false;
        end += inserted;
        return;
      }
      boolean before = to <= start && !(removed == 0 && at == start && start == end);
      if (before) {
        start += inserted - removed;
        end += inserted - removed;
      } else if (at < end) {
        unchanged = false;
        start = Math.min(start, at);
        end = Math.max(end, to) + inserted - removed;
      }
    }
  }

  Passage add(DocumentId document, TextRange range) {
    return add(document, range, false);
  }

  /**
   * @param grows whether what is put into the passage while it is empty belongs to it
   */
  Passage add(DocumentId document, TextRange range, boolean grows) {
    Passage passage = new Passage(document, range, grows);
    passages.add(passage);
    return passage;
  }

  /**
   * The open document's text lost {@code removed} characters at {@code at} and got others there.
   */
  void edited(int at, int removed, int inserted) {
    passages.forEach(passage -> passage.edited(at, removed, inserted));
  }

  /** Another document was opened: passages of the one before are not followed any longer. */
  void opened(DocumentId document) {
    passages.removeIf(passage -> !passage.document.equals(document));
  }
}
