package org.qalam.ui.assistant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import org.qalam.document.DocumentId;
import org.qalam.document.TextRange;

/** A text without a window, whose passages move with it. */
final class PlainText implements TextTarget {
  final ObjectProperty<Optional<DocumentId>> document =
      new SimpleObjectProperty<>(Optional.of(DocumentId.random()));
  final ObjectProperty<TextRange> selection = new SimpleObjectProperty<>(new TextRange(0, 0));
  final StringBuilder text = new StringBuilder();
  private final List<Mark> marks = new ArrayList<>();
  int highlights;
  final List<String> highlighted = new ArrayList<>();
  int steps;

  /** What is to be told later of changes that come in turn; empty where it is told at once. */
  Optional<List<Runnable>> later = Optional.empty();

  List<TextTarget.Mark> shown = List.of();

  PlainText(String text) {
    this.text.append(text);
  }

  void select(String passage) {
    int start = text.indexOf(passage);
    selection.set(new TextRange(start, start + passage.length()));
  }

  void caretAt(int offset) {
    selection.set(new TextRange(offset, offset));
  }

  /** The writer changes the text. */
  void type(int at, int deleted, String inserted) {
    text.replace(at, at + deleted, inserted);
    for (Mark mark : marks) {
      mark.edited(at, deleted, inserted.length());
    }
    caretAt(at + inserted.length());
  }

  /** The writer opens another document. */
  void open(DocumentId id, String other) {
    text.setLength(0);
    text.append(other);
    selection.set(new TextRange(0, 0));
    document.set(Optional.of(id));
  }

  int openAnchors() {
    return marks.size();
  }

  @Override
  public ObservableValue<Optional<DocumentId>> document() {
    return document;
  }

  @Override
  public String text() {
    return text.toString();
  }

  @Override
  public ObservableValue<TextRange> selection() {
    return selection;
  }

  @Override
  public Anchor anchor(TextRange range) {
    Mark mark = new Mark(range);
    marks.add(mark);
    return mark;
  }

  @Override
  public void replace(Anchor passage, String inserted) {
    TextRange range = passage.range();
    type(range.start(), range.length(), inserted);
  }

  @Override
  public Anchor place(TextRange range) {
    Mark mark = new Mark(range);
    mark.grows = true;
    marks.add(mark);
    return mark;
  }

  @Override
  public void replaceAll(List<Replacement> replacements, Runnable then) {
    steps++;
    for (Replacement replacement : replacements) {
      replace(replacement.passage(), replacement.text());
    }
    later.ifPresentOrElse(kept -> kept.add(then), then);
  }

  @Override
  public void mark(List<TextTarget.Mark> next) {
    shown = List.copyOf(next);
  }

  @Override
  public void reveal(Anchor passage) {
    caretAt(passage.range().start());
  }

  @Override
  public void insertAfter(Anchor passage, String inserted, boolean inline) {
    type(passage.range().end(), 0, inline ? inserted : "\n\n" + inserted);
  }

  @Override
  public AutoCloseable highlight(Anchor passage) {
    highlights++;
    String marked = passage.range().of(text);
    highlighted.add(marked);
    return () -> {
      highlights--;
      highlighted.remove(marked);
    };
  }

  @Override
  public void requestFocus() {}

  private final class Mark implements Anchor {
    private final Optional<DocumentId> owner = document.get();
    private final String original;
    private int start;
    private int end;
    private boolean grows;

    Mark(TextRange range) {
      start = range.start();
      end = range.end();
      original = range.of(text);
    }

    void edited(int at, int deleted, int inserted) {
      if (grows && deleted == 0 && at == start && start == end) {
        end += inserted;
      } else if (at + deleted <= start && !(at == start && start == end)) {
        start += inserted - deleted;
        end += inserted - deleted;
      } else if (at < end) {
        end = Math.max(start, end + inserted - deleted);
      }
    }

    @Override
    public TextRange range() {
      return new TextRange(start, end);
    }

    @Override
    public boolean isUnchanged() {
      return document.get().equals(owner)
          && end <= text.length()
          && text.substring(start, end).equals(original);
    }

    @Override
    public void close() {
      marks.remove(this);
    }
  }
}
