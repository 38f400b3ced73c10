package org.qalam.ui.editor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.fxmisc.richtext.model.StyleSpan;
import org.fxmisc.richtext.model.StyleSpans;
import org.junit.jupiter.api.Test;

class MarkdownStylesTest {
  private static final int LONGEST = 12;

  /** A part of a text and its styles. */
  record Part(String text, List<String> styles) {}

  private static List<Part> parts(String text) {
    List<Part> parts = new ArrayList<>();
    int from = 0;
    for (StyleSpan<Collection<String>> span : MarkdownStyles.characters(text, LONGEST)) {
      int to = from + span.getLength();
      parts.add(new Part(text.substring(from, to), List.copyOf(span.getStyle())));
      from = to;
    }
    return parts;
  }

  /** The text that has a style, its marks left out. */
  private static String with(String style, String text) {
    return parts(text).stream()
        .filter(part -> part.styles().contains(style) && !part.styles().contains("mark"))
        .map(Part::text)
        .collect(Collectors.joining("|"));
  }

  private static String marks(String text) {
    return parts(text).stream()
        .filter(part -> part.styles().contains("mark"))
        .map(Part::text)
        .collect(Collectors.joining("|"));
  }

  @Property(tries = 1000)
  void coverExactlyTheText(@ForAll("paragraphs") String text) {
    StyleSpans<Collection<String>> spans = MarkdownStyles.characters(text, LONGEST);
    assertEquals(text.length(), spans.length());
    String again = parts(text).stream().map(Part::text).collect(Collectors.joining());
    assertEquals(text, again);
  }

  @Property(tries = 1000)
  void neverCutACharacterInTwo(@ForAll("paragraphs") String text) {
    for (Part part : parts(text)) {
      assertFalse(
          !part.text().isEmpty() && Character.isLowSurrogate(part.text().charAt(0)),
          part.toString());
    }
  }

  @Provide
  Arbitrary<String> paragraphs() {
    return Arbitraries.of(
            "#", "# ", "* ", "- ", "1. ", "> ", "*", "**", "_", "`", " ", "word", "قطة", "قِطّة",
            "«", "»", "،", "٢٤", "😀", "𐐷", "שלום", ".", "\t", "a_b")
        .list()
        .ofMaxSize(14)
        .map(words -> String.join("", words));
  }

  @Test
  void makeAHeadingLargeAndItsMarkQuiet() {
    assertEquals(" Dear Ms Keller", with("h1", "# Dear Ms Keller"));
    assertEquals("#", marks("# Dear Ms Keller"));
    assertEquals(" Deeper", with("h3", "### Deeper"));
    assertEquals(" Deepest", with("h4", "###### Deepest"));
  }

  @Test
  void leaveANumberSignInAWordAlone() {
    assertEquals("", marks("#heating is broken"));
    assertEquals("", marks("Room #12"));
    assertEquals("", marks("####### seven"));
  }

  @Test
  void showBoldItalicAndCode() {
    assertEquals("very", with("strong", "It is **very** cold"));
    assertEquals("**|**", marks("It is **very** cold"));
    assertEquals("very|so", with("em", "It is *very* cold, _so_ cold"));
    assertEquals("a * b * c", with("code", "Try `a * b * c` now"));
    assertEquals("", with("em", "Try `a * b * c` now"));
  }

  @Test
  void showBoldInAHeading() {
    assertEquals("now", with("strong", "## Come **now**"));
    assertEquals(" Come |now", with("h2", "## Come **now**"));
  }

  @Test
  void leaveMarksAloneThatMeanThemselves() {
    assertEquals("", marks("2 * 3 * 4"));
    assertEquals("", marks("a_long_name"));
    assertEquals("", marks("an open **end"));
    assertEquals("", marks("****"));
  }

  @Test
  void makeTheMarkOfAListQuietAndAQuoteAQuote() {
    assertEquals("- ", marks("- milk"));
    assertEquals("12. ", marks("12. milk"));
    assertEquals("١. ", marks("١. حليب").replace("|", ""));
    assertEquals("", marks("-milk"));
    assertEquals("> said she", with("quote", "> said she"));
  }

  @Test
  void giveAnEmptyParagraphNoLength() {
    assertEquals(0, MarkdownStyles.characters("", LONGEST).length());
  }

  @Test
  void makeEachArabicWordAPartOfItsOwn() {
    List<Part> parts = parts("قالوا في الهاتف");
    assertEquals(
        List.of("قالوا", " ", "في", " ", "الهاتف"), parts.stream().map(Part::text).toList());
    for (int i = 1; i < parts.size(); i++) {
      assertFalse(
          parts.get(i).styles().equals(parts.get(i - 1).styles()),
          "neighbours of the same style would be drawn as one");
    }
  }

  @Test
  void keepVowelSignsWithTheirWord() {
    assertEquals(
        List.of("يأتِ", " ", "أحدٌ"), parts("يأتِ أحدٌ").stream().map(Part::text).toList());
  }

  @Test
  void cutRightToLeftPunctuationOneByOneAndLeaveTheRestWhole() {
    assertEquals(
        List.of("قطة", ":", " ", ".", ".", " ", "قطة", " ", "Mr. Kaya, 1,5", "."),
        parts("قطة: .. قطة Mr. Kaya, 1,5.").stream().map(Part::text).toList());
  }

  @Test
  void takeAWordToPiecesThatIsTooLongForALine() {
    List<String> words = List.of("قطة", "ـ".repeat(LONGEST), "ـ".repeat(LONGEST + 1));
    assertEquals(
        List.of(1, 1, LONGEST + 1), words.stream().map(word -> parts(word).size()).toList());
    assertEquals(LONGEST + 2, parts("# " + "ـ".repeat(LONGEST)).size(), "headings are larger");
  }

  @Test
  void leaveTextWithoutArabicInOnePiece() {
    assertEquals(List.of(new Part("Nobody came.", List.of())), parts("Nobody came."));
  }

  @Test
  void areFoundInAVeryLongParagraphWithinASecond() {
    String hard = "**a _b `c *d ".repeat(8_000);
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> assertTrue(MarkdownStyles.characters(hard, LONGEST).length() == hard.length()));
  }
}
