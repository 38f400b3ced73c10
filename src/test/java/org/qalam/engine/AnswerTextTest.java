package org.qalam.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class AnswerTextTest {
  private final StringBuilder heard = new StringBuilder();

  @Test
  void answerEndsBeforeAStopTextThatComesInPieces() {
    AnswerText answer = answer("\nUser:");
    assertFalse(answer.add("Hello\nUs"));
    assertEquals("Hello", heard.toString());
    assertTrue(answer.add("er: more"));
    answer.end("");
    assertEquals("Hello", answer.text());
    assertEquals("Hello", heard.toString());
  }

  @Test
  void whatOnlyLookedLikeAStopTextIsToldLater() {
    AnswerText answer = answer("\nUser:");
    answer.add("Hello\nUs");
    answer.add(" all");
    answer.end("");
    assertEquals("Hello\nUs all", heard.toString());
  }

  @Test
  void heldBackEndIsToldAtTheEnd() {
    AnswerText answer = answer("END");
    answer.add("The E");
    answer.end("");
    assertEquals("The E", heard.toString());
  }

  @Property
  void whatIsHeardIsTheTextUpToTheFirstStop(
      @ForAll @StringLength(max = 40) @CharRange(from = 'a', to = 'c') String text,
      @ForAll @StringLength(min = 1, max = 3) @CharRange(from = 'a', to = 'c') String stop) {
    StringBuilder pieces = new StringBuilder();
    AnswerText answer =
        new AnswerText(
            List.of(stop),
            new GenerationListener() {
              @Override
              public void writing(String piece) {
                pieces.append(piece);
              }
            });
    for (int i = 0; i < text.length(); i++) {
      if (answer.add(text.substring(i, i + 1))) {
        break;
      }
    }
    answer.end("");
    int at = text.indexOf(stop);
    String expected = at < 0 ? text : text.substring(0, at);
    assertEquals(expected, answer.text());
    assertEquals(expected, pieces.toString());
  }

  private AnswerText answer(String stop) {
    return new AnswerText(
        List.of(stop),
        new GenerationListener() {
          @Override
          public void writing(String piece) {
            heard.append(piece);
          }
        });
  }
}
