package org.qalam.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that the starter gave, and what a teacher would say of them. */
class FidelityTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "He go to work by bus every day. | He goes to work by bus every day.",
        "She don't know where her keys is. | She doesn't know where her keys are.",
        "She has less friends than her sister. | She has fewer friends than her sister.",
        "Yesterday I buyed a new pair of shoes. | Yesterday I bought a new pair of shoes.",
        "Please send me the the report tomorrow. | Please send me the report tomorrow.",
        "Please send send me the report. | Please send me the report.",
        "I look forward to see you in Cairo. | I look forward to seeing you in Cairo.",
        "This is the most easiest way to do it. | This is the easiest way to do it.",
        "My collegue will call you this afternoon. | My colleague will call you this afternoon.",
        "Me and my brother is planning a trip. | My brother and I are planning a trip.",
        "what time do the train leaves | What time does the train leave?",
        "ذهبت الي المدرسه مع اخي | ذهبت إلى المدرسة مع أخي.",
        "Write to layla@example.org befor 5. | Write to layla@example.org before 5."
      })
  void takesACorrection(String sentence, String answer) {
    assertTrue(Fidelity.isCorrection(sentence, answer));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "My collegue will call you this afternoon. | I'll call you this afternoon.",
        "I am agree with your proposal. | I'm glad you agree with my proposal.",
        "Me and my brother is planning a trip. | I'm planning a trip with my brother, it's very"
            + " exciting.",
        "I definately want to see that film. | I'd be happy to see that film.",
        "What time does the library close today? | The library is closed today.",
        "She smiled, closed the book and left. | She smiled and closed the book.",
        "The train leaves at 7.30 from platform 4. | The train leaves at 7.30.",
        "The train leaves at 7. | The train leaves at 8.",
        "Write to me at layla@example.org, please. | Write to me at Layla, please.",
        "See https://example.org/a for it. | See https://example.org for it.",
        "My lists | My lists are very kind.",
        "We was walking home and it were closed. | We were walking home, it's very kind."
      })
  void refusesAnotherSentence(String sentence, String answer) {
    assertFalse(Fidelity.isCorrection(sentence, answer));
  }

  @Test
  void findsNumbersAndBlanksThatTheTextDoesNotHave() {
    String text = "The bridge cost 4 million euros and needs repair.";
    assertEquals(
        List.of("[Your Name]", "2"),
        Fidelity.madeUp(text, "Dear [Your Name], the bridge cost 4 million and needs 2 repairs."));
    assertEquals(List.of(), Fidelity.madeUp(text, "1. The bridge cost 4 million.\n2. It is old."));
    assertEquals(List.of(), Fidelity.madeUp("I have six cats.", "I have 6 cats."));
  }

  @Test
  void measuresHowMuchOfTheTextComesBackAndHowMuchIsNew() {
    String text = "The heating will not work until Monday because an important part is missing.";
    String good = "Until Monday there is no heating, because an important part is missing.";
    String other = "We offer our customers many wonderful products and excellent services.";
    assertTrue(Fidelity.recall(text, good) > 0.7);
    assertEquals(1, Fidelity.precision(text, good));
    assertEquals(0, Fidelity.recall(text, other));
    assertEquals(0, Fidelity.precision(text, other));
  }
}
