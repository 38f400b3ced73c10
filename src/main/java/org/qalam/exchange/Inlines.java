package org.qalam.exchange;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;

/** The words of a paragraph of the tree as runs, which is how other formats keep them. */
final class Inlines extends AbstractVisitor {
  /**
   * Words that look alike.
   *
   * @param text a line break is a run of its own, {@code \n}
   * @param link empty for none
   */
  record Run(String text, Set<Mark> marks, String link) {
    boolean isBreak() {
      return text.equals("\n");
    }

    Run part(int start, int end) {
      return new Run(text.substring(start, end), marks, link);
    }
  }

  private final List<Run> runs = new ArrayList<>();
  private Set<Mark> marks = EnumSet.noneOf(Mark.class);
  private String link = "";

  private Inlines() {}

  /** The runs below a paragraph, heading or cell. */
  static List<Run> of(Node block) {
    Inlines inlines = new Inlines();
    inlines.visitChildren(block);
    return inlines.runs;
  }

  /** The words of runs; a break is one character. */
  static String text(List<Run> runs) {
    StringBuilder text = new StringBuilder();
    runs.forEach(run -> text.append(run.text()));
    return text.toString();
  }

  private void add(String text, Set<Mark> with) {
    if (text.isEmpty()) {
      return;
    }
    Run last = runs.isEmpty() ? null : runs.getLast();
    if (last != null && !last.isBreak() && last.marks().equals(with) && last.link().equals(link)) {
      runs.set(runs.size() - 1, new Run(last.text() + text, last.marks(), link));
    } else {
      runs.add(new Run(text, with, link));
    }
  }

  private static Set<Mark> with(Set<Mark> marks, Mark mark) {
    Set<Mark> more = EnumSet.of(mark);
    more.addAll(marks);
    return more;
  }

  private void within(Node node, Mark mark) {
    Set<Mark> before = marks;
    marks = with(marks, mark);
    visitChildren(node);
    marks = before;
  }

  @Override
  public void visit(Text text) {
    add(text.getLiteral(), marks);
  }

  @Override
  public void visit(Code code) {
    add(code.getLiteral(), with(marks, Mark.CODE));
  }

  @Override
  public void visit(Emphasis emphasis) {
    within(emphasis, Mark.ITALIC);
  }

  @Override
  public void visit(StrongEmphasis emphasis) {
    within(emphasis, Mark.BOLD);
  }

  @Override
  public void visit(SoftLineBreak line) {
    add(" ", marks);
  }

  @Override
  public void visit(HardLineBreak line) {
    runs.add(new Run("\n", EnumSet.noneOf(Mark.class), ""));
  }

  @Override
  public void visit(Link node) {
    within(node, node.getDestination());
  }

  /** A picture is not fetched: its words lead to it. */
  @Override
  public void visit(Image image) {
    String before = link;
    within(image, image.getDestination());
    if (Markdown.plain(image).isEmpty()) {
      link = InlineText.isSafe(image.getDestination()) ? image.getDestination() : "";
      add(image.getDestination(), marks);
      link = before;
    }
  }

  private void within(Node node, String destination) {
    String before = link;
    link = InlineText.isSafe(destination) ? destination : "";
    visitChildren(node);
    link = before;
  }

  @Override
  public void visit(CustomNode node) {
    if (node instanceof Strikethrough) {
      within(node, Mark.STRIKE);
    } else if (node instanceof TaskMark task) {
      add(task.sign(), marks);
    } else {
      visitChildren(node);
    }
  }
}
