package org.qalam.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.commonmark.node.Document;
import org.commonmark.node.Node;

class InlineTextTest {
  record Run(String text, Set<Mark> marks) {}

  @Provide
  Arbitrary<List<Run>> runs() {
    Arbitrary<String> words =
        Arbitraries.of(
                "a",
                "word",
                " ",
                "كلمة",
                "، ",
                ".",
                "*",
                "_",
                "**",
                "`",
                "#",
                "-",
                "1.",
                "<b>",
                "&",
                "[x]",
                "(y)",
                "!",
                "~",
                "\\",
                "|",
                "> ",
                "é",
                "  ",
                "= ",
                "+ ",
                "http://x.y",
                "😀")
            .list()
            .ofMinSize(1)
            .ofMaxSize(4)
            .map(parts -> String.join("", parts));
    Arbitrary<Set<Mark>> marks =
        Arbitraries.of(Mark.BOLD, Mark.ITALIC, Mark.STRIKE).set().ofMaxSize(2);
    return Combinators.combine(words, marks).as(Run::new).list().ofMinSize(1).ofMaxSize(6);
  }

  @Property(tries = 400)
  void wordsAreReadBackWhateverTheirMarksAre(@ForAll("runs") List<Run> runs) {
    InlineText text = new InlineText();
    for (Run run : runs) {
      Set<Mark> marks = EnumSet.noneOf(Mark.class);
      marks.addAll(run.marks);
      if (run.text.startsWith("=")) {
        text.addBreak();
      }
      text.add(run.text, marks, "");
    }
    String wanted = lines(text.plain());
    Document document = new Document();
    document.appendChild(Blocks.paragraph(text));
    String markdown = Markdown.render(document);
    StringBuilder read = new StringBuilder();
    for (Node block : Markdown.children(Markdown.parse(markdown))) {
      read.append(Markdown.plain(block));
    }
    assertEquals(wanted, lines(read.toString()), markdown);
  }

  /** A mark that would be closed by one of the next line, but for the break between them. */
  @Example
  void marksAreTriedWithTheirBreaks() {
    InlineText text = new InlineText();
    text.add("a", EnumSet.of(Mark.BOLD, Mark.STRIKE), "");
    text.add("aa", EnumSet.noneOf(Mark.class), "");
    text.addBreak();
    text.add("= a", EnumSet.of(Mark.BOLD), "");
    Document document = new Document();
    document.appendChild(Blocks.paragraph(text));
    Node read = Markdown.parse(Markdown.render(document)).getFirstChild();
    assertEquals("aaa = a", lines(Markdown.plain(read)));
  }

  /** Without the marks that cannot be written, "1." is not a list's number either. */
  @Example
  void whatWasMarkedAndCannotBeIsNoListsNumber() {
    InlineText text = new InlineText();
    text.add("1. .", EnumSet.of(Mark.BOLD), "");
    text.add("a", EnumSet.noneOf(Mark.class), "");
    text.add("aa", EnumSet.of(Mark.BOLD, Mark.STRIKE), "");
    Document document = new Document();
    document.appendChild(Blocks.paragraph(text));
    Node read = Markdown.parse(Markdown.render(document)).getFirstChild();
    assertEquals("1. .aaa", lines(Markdown.plain(read)));
  }

  /** Without the white space at the ends of lines, where Markdown keeps none. */
  private static String lines(String text) {
    return text.replaceAll("\\s*\n\\s*", " ").replaceAll(" +", " ").strip();
  }
}
