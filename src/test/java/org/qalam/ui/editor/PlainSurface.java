package org.qalam.ui.editor;

import java.util.ArrayList;
import java.util.List;
import org.qalam.document.TextRange;
import org.qalam.ui.assistant.TextTarget;

/** Stands in for the control: a text, a selection, and a writer's hands. */
public final class PlainSurface implements Surface {
  private final EditorViewModel model;
  private String text = "";
  private TextRange selection = new TextRange(0, 0);
  final List<TextRange> highlights = new ArrayList<>();
  List<TextTarget.Mark> marks = List.of();
  boolean focused;

  public PlainSurface(EditorViewModel model) {
    this.model = model;
    model.attach(this);
  }

  /** The writer types at the end. */
  public void type(String added) {
    change(new TextRange(text.length(), text.length()), added);
    select(text.length(), text.length());
  }

  /** The writer replaces a passage. */
  void change(TextRange range, String other) {
    text = text.substring(0, range.start()) + other + text.substring(range.end());
    model.edited(range.start(), range.length(), other.length());
  }

  /** The writer selects. */
  void select(int start, int end) {
    selection = new TextRange(start, end);
    model.selectionMoved();
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public TextRange selection() {
    return selection;
  }

  @Override
  public int caret() {
    return selection.end();
  }

  @Override
  public Page prepare(String other) {
    return () -> other;
  }

  @Override
  public void open(Page page, int caret) {
    change(new TextRange(0, text.length()), page.text());
    select(caret, caret);
  }

  @Override
  public void replace(TextRange range, String other, TextRange selected) {
    change(range, other);
    select(selected.start(), selected.end());
  }

  @Override
  public void replaceAll(List<TextTarget.Replacement> replacements, Runnable then) {
    for (TextTarget.Replacement replacement : replacements) {
      change(replacement.passage().range(), replacement.text());
    }
    then.run();
  }

  @Override
  public void settle() {
    // nothing is ever half done here
  }

  @Override
  public void mark(List<TextTarget.Mark> next) {
    marks = List.copyOf(next);
  }

  @Override
  public void reveal(TextRange range) {
    select(range.start(), range.start());
  }

  @Override
  public void select(TextRange range) {
    select(range.start(), range.end());
  }

  @Override
  public AutoCloseable highlight(TextRange range) {
    highlights.add(range);
    return () -> highlights.remove(range);
  }

  @Override
  public void requestFocus() {
    focused = true;
  }
}
