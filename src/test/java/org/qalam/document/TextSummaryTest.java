package org.qalam.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextSummaryTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          Hello\\nWorld              | Hello
          \\n \\t\\n  Hello  there\\n   | Hello there
          # Heading\\n\\ntext         | Heading
          ### Heading ###\\ntext      | Heading
          ## C# and F#               | C# and F#
          #hashtag first             | #hashtag first
          ####### seven              | ####### seven
          ##\\n\\nAfter it            | After it
          # \\tTabbed                 | Tabbed
          Windows\\r\\nline           | Windows
          رسالة إلى صديق\\nالنص       | رسالة إلى صديق
          ' '                        | ''
          ''                         | ''
          """)
  void takesTheTitleFromTheFirstLineThatIsNotBlank(String text, String title) {
    String unescaped = text.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t");
    assertEquals(title, TextSummary.of("", unescaped).title());
  }

  @Test
  void theWritersTitleGoesFirst() {
    TextSummary summary = TextSummary.of(" My\nown ", "First line\nSecond");
    assertEquals("My own", summary.title());
    assertEquals("First line Second", summary.preview());
  }

  @Test
  void thePreviewStartsAfterATitleFromTheText() {
    assertEquals("Second third", TextSummary.of("", "# First\n\nSecond\n\n## third\n").preview());
    assertEquals("Second", TextSummary.of("First", "# First\nSecond").preview());
    assertEquals("", TextSummary.of("", "Only").preview());
  }

  @Test
  void cutsALongFirstLineAtAWord() {
    String line = "word ".repeat(30);
    String title = TextSummary.of("", line).title();
    assertEquals("word ".repeat(16).strip(), title);
  }

  @Test
  void neverCutsThroughAFamilyOfEmojiOrAnAccent() {
    for (String character : new String[] {"👩‍👩‍👧‍👦", "e\u0301", "🇵🇸", "بُّ"}) {
      String title = TextSummary.of("", character.repeat(100)).title();
      assertTrue(title.length() <= TextSummary.TITLE_LENGTH);
      assertTrue(title.length() > TextSummary.TITLE_LENGTH / 2);
      assertEquals("", title.replace(character, ""));
    }
  }

  @Property(tries = 500)
  void titleAndPreviewAreShortLinesOfWholeCharacters(@ForAll String text) {
    TextSummary summary = TextSummary.of("", text);
    assertTrue(summary.title().length() <= TextSummary.TITLE_LENGTH);
    assertTrue(summary.preview().length() <= TextSummary.PREVIEW_LENGTH);
    assertFalse((summary.title() + summary.preview()).chars().anyMatch(Character::isISOControl));
    assertEquals(summary.title().strip(), summary.title());
    assertEquals(summary.words() > 0, text.codePoints().anyMatch(TextSummaryTest::isWordCharacter));
  }

  private static boolean isWordCharacter(int c) {
    return Character.isLetterOrDigit(c) || Character.isIdeographic(c);
  }

  @ParameterizedTest
  @CsvSource({
    "'',0",
    "'  ',0",
    "one,1",
    "'one two  three',3",
    "'don''t - stop!',2",
    "'هذا نصٌّ قصير',3",
    "'3.5 kg',2",
    "'漢字 ok',3",
    "'***',0"
  })
  void countsWords(String text, int words) {
    assertEquals(words, TextSummary.countWords(text));
  }
}
