package org.qalam.assist;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Random writings, with all that Markdown, Arabic and Windows put into them. */
final class Writings {
  private static final List<String> SENTENCES =
      List.of(
          "She dont like apples. ",
          "He have two cat and a dog. ",
          "Dr. Smith came at 3.15 p.m. to see us.",
          "Here is the summary: we won. ",
          "\"Come in,\" she said. ",
          "What time do the train leaves?  ",
          "ذهبت الي المدرسه مع اخي. ",
          "إليك النص المصحح: البيت جميل. ",
          "Ça va très bien ! ",
          "日本語の文。",
          "🙂 nice 👩🏽‍💻 day",
          "<think>",
          "```inline``` ",
          "**bold** _it_ ",
          "a",
          "...",
          "12. ",
          "\u00a0");

  private static final List<String> LINE_STARTS =
      List.of(
          "",
          "",
          "",
          "# ",
          "### ",
          "- ",
          "* ",
          "+ ",
          "- [ ] ",
          "- [x] ",
          "1. ",
          "12) ",
          "١. ",
          "> ",
          ">> ",
          "> - ",
          "  ",
          "    ",
          "\t",
          "```",
          "```java",
          "~~~",
          "---",
          "| a | b |");

  private static final List<String> LINE_ENDS = List.of("\n", "\n", "\n\n", "\r\n", "\r\n\r\n", "");

  private Writings() {}

  static Arbitrary<String> markdown() {
    Arbitrary<String> anyCharacters = Arbitraries.strings().ofMaxLength(5);
    Arbitrary<String> words =
        Arbitraries.frequencyOf(Tuple.of(6, Arbitraries.of(SENTENCES)), Tuple.of(1, anyCharacters))
            .list()
            .ofMaxSize(4)
            .map(parts -> String.join("", parts));
    Arbitrary<String> line =
        net.jqwik.api.Combinators.combine(
                Arbitraries.of(LINE_STARTS), words, Arbitraries.of(LINE_ENDS))
            .as((start, middle, end) -> start + middle + end);
    return line.list().ofMaxSize(8).map(lines -> String.join("", lines));
  }
}
