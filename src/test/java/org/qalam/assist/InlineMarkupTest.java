package org.qalam.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InlineMarkupTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          It is **realy** cold.                  | It is really cold.                | It is **really** cold.
          It is _very cold_ here.                | Here it is very cold.             | Here it is _very cold_.
          See [the lease](https://a.example/b).  | Please see the lease.             | Please see [the lease](https://a.example/b).
          See [the lease](https://a.example/b).  | Look into our contract.           | Look into our contract.
          Ask **[Ms Haddad](mailto:h@a.example)** | Ms Haddad should be asked         | **[Ms Haddad](mailto:h@a.example)** should be asked
          We ~~never~~ pay, _ever_.              | We never pay, not ever.           | We ~~never~~ pay, not _ever_.
          the **old red house** here             | a red house here                  | a **red house** here
          It is **cold**.                        | It is very cold indeed.           | It is very **cold** indeed.
          It is **cold**.                        | It **is** cold.                   | It is **cold**.
          It is cold.                            | It is **cold**.                   | It is **cold**.
          So **one**, _two_ and **_three_** go   | So one, two and three went        | So **one**, _two_ and **_three_** went
          ****one two* three***                  | here one two three                | here ***one two three***
          أرسل **التقرير** غدا                     | أرسل التقرير غداً من فضلك             | أرسل **التقرير** غداً من فضلك
          """)
  void emphasisAndLinksStayOnTheirWords(String original, String answer, String expected) {
    assertEquals(expected, InlineMarkup.of(original).restored(answer));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Give `**this**` to **him** | Give `**this**` to him
          2 * 3 * 4 is 24            | 2 * 3 * 4 is 24
          a snake_case_name here     | a snake_case_name here
          ***all*** of [it](x)       | all of it
          ![a cat](cat.png) sleeps   | ![a cat](cat.png) sleeps
          not **closed               | not **closed
          """)
  void aModelSeesTheWordsWithoutTheirSigns(String markdown, String plain) {
    assertEquals(plain, InlineMarkup.of(markdown).plain());
  }

  private static final List<String> PARTS =
      List.of(
          "cat", " ", "**", "_", "[x](y)", "`", "sat ", "قطة", "~~", "\n", "!", "*", "](", "a ");

  private static String text(List<Integer> picks) {
    StringBuilder text = new StringBuilder();
    picks.forEach(pick -> text.append(PARTS.get(Math.floorMod(pick, PARTS.size()))));
    return text.toString();
  }

  /** Whatever is written: words that come back as they were are set as they were. */
  @Property(tries = 500)
  void whatIsNotChangedComesBackAsItWas(@ForAll @Size(max = 30) List<Integer> picks) {
    String markdown = text(picks);
    InlineMarkup markup = InlineMarkup.of(markdown);
    if (InlineMarkup.of(markup.plain()).plain().equals(markup.plain())) {
      assertEquals(markdown, markup.restored(markup.plain()));
    }
  }

  /** No word of an answer is lost or made up. */
  @Property(tries = 500)
  void theWordsAreThoseOfTheAnswer(@ForAll @Size(max = 20) List<Integer> picks, @ForAll long seed) {
    Random random = new Random(seed);
    List<String> words = List.of("cat", "sat", "here", "the", "قطة");
    StringBuilder answer = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      answer.append(words.get(random.nextInt(words.size()))).append(' ');
    }
    String restored = InlineMarkup.of(text(picks)).restored(answer.toString());
    String bare = restored.replaceAll("\\]\\(y\\)|[*_~\\[]", "");
    assertEquals(answer.toString(), bare);
    assertFalse(restored.contains("****"), restored);
  }
}
