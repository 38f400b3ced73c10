package org.qalam.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qalam.assist.Finding.Check;

class AnswerChecksTest {
  private static final String PIECE = "She dont like apples and he have two cat in the house.";
  private static final String GOOD = "She doesn't like apples and he has two cats in the house.";
  private static final String QUESTION = "What are the capital of France and who live there?";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "proofread | She dont like apples and he have two cat. | She doesn't like apples and he has"
            + " two cats.",
        "proofread | The garden is quiet in the evening. | The garden is quiet in the evening.",
        "proofread | what time do the train leaves | What time does the train leave?",
        "proofread | ذهبت الي المدرسه مع اخي | ذهبت إلى المدرسة مع أخي.",
        "proofread | i am sorry i cant help you with the move | I am sorry, I can't help you with"
            + " the move.",
        "proofread | Le chat sont sur la table et je le regarde dans la maison. | Le chat est sur"
            + " la table et je le regarde dans la maison.",
        "rewrite | I want to know if you maybe have found my bike at the station. | I would like to"
            + " know whether you have found my bike at the station.",
        "professional | hey cant come tomorrow, kid is sick | I am unable to come tomorrow because"
            + " my child is sick.",
        "professional | hey cant help with the move | I'm sorry, but I can't help with the move.",
        "professional | send me the report by friday | Please provide me with the report by"
            + " Friday.",
        "professional | sorry for the late answer, was ill | I apologize for the late reply; I was"
            + " ill.",
        "professional | can't make it to the meeting on monday, sorry | Unfortunately, I will not"
            + " be able to attend Monday's meeting.",
        "professional | أنا مشغول غدا ولن أحضر الاجتماع | أعتذر عن عدم حضور الاجتماع غدا لانشغالي.",
        "friendly | Send me the report by Friday. | I'd be happy to get the report from you by"
            + " Friday!",
        "friendly | Tell me whether you will come to the meeting. | Please let me know if you will"
            + " come to the meeting!",
        "concise | Due to the fact that it was raining very hard we did not go out of the house. |"
            + " We stayed in because of the rain.",
        "rewrite | Where is the station that I can take the train to Berlin from? | Which station"
            + " has trains to Berlin?",
        "summarize | The library will be closed from 3 to 7 May for repairs. Books can be returned"
            + " at the town hall. | The library is closed from 3 to 7 May; the town hall takes"
            + " books back.",
        "continue | The old man walked to the harbour in the rain. | He sat down on the wall and"
            + " looked at the boats.",
        "instruct | The shop is closed on Monday and on Friday. | Das Geschäft ist am Montag und am"
            + " Freitag nicht geöffnet."
      })
  void isQuietAboutAGoodAnswer(String action, String piece, String answer) {
    assertEquals(List.of(), checks(action, piece, answer));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n\t"})
  void findsAnEmptyAnswer(String answer) {
    assertEquals(List.of(Check.EMPTY), checks("proofread", PIECE, answer));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The meeting is on Monday and we are not ready. | La réunion est lundi et nous ne sommes"
            + " pas dans les temps. | English → French",
        "الاجتماع يوم الاثنين ونحن لسنا جاهزين. | The meeting is on Monday and we are not ready. |"
            + " Arabic → English",
        "الاجتماع يوم الاثنين ونحن لسنا جاهزين. | Meeting Monday, not ready yet at all. | Arabic →"
            + " ?",
        "The meeting is on Monday and we are not ready. | الاجتماع يوم الاثنين ونحن لسنا جاهزين. |"
            + " English → Arabic"
      })
  void findsAnotherLanguage(String piece, String answer, String languages) {
    List<Finding> findings =
        AnswerChecks.check(recipe("rewrite"), piece, answer, false).stream()
            .filter(finding -> finding.check() == Check.LANGUAGE)
            .toList();
    assertEquals(List.of(new Finding(Check.LANGUAGE, languages)), findings);
  }

  @Test
  void findsAnAnswerThatIsTooShort() {
    assertEquals(
        List.of(new Finding(Check.TOO_SHORT, "13 %")),
        AnswerChecks.check(recipe("rewrite"), PIECE, "She is.", false));
  }

  @Test
  void findsAnAnswerThatIsTooLong() {
    String tale = " They live near the river, where the boats go by and the sun comes up early.";
    List<Finding> findings = AnswerChecks.check(recipe("proofread"), PIECE, GOOD + tale, false);
    assertEquals(List.of(new Finding(Check.TOO_LONG, "246 %")), findings);
  }

  @Test
  void shortPieceMayGrow() {
    assertEquals(List.of(), checks("proofread", "Hes ok.", "He is okay now."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Here is the corrected text She doesn't like apples and he has two cats.",
        "She doesn't like apples and he has two cats. Let me know if you need more.",
        "As an AI I find that she doesn't like apples and he has two cats.",
        "I'd be happy to help! She doesn't like apples and he has two cats.",
        "Please provide the text, she doesn't like apples and he has two cats."
      })
  void findsTalkAboutTheAnswer(String answer) {
    assertTrue(checks("proofread", PIECE, answer).contains(Check.CHATTER), answer);
  }

  @Test
  void writerMayTalkLikeThat() {
    assertEquals(
        List.of(),
        checks(
            "proofread",
            "Please provide me with the the report and let me know if it are late.",
            "Please provide me with the report and let me know if it is late."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I'm sorry, but I can't help with that.",
        "Sorry, I cannot assist with this request.",
        "I cannot fulfill this request.",
        "I can’t rewrite this text.",
        "I am unable to provide an answer to that.",
        "Unfortunately, I am not able to help with this.",
        "I apologize, but I cannot complete this task.",
        "I'm sorry, but as an AI language model I do not have opinions.",
        "I won't write that.",
        "عذرًا، لا أستطيع مساعدتك في ذلك.",
        "آسف، لا يمكنني تلبية هذا الطلب.",
        "لا أستطيع الإجابة عن هذا السؤال."
      })
  void findsARefusal(String answer) {
    assertTrue(checks("rewrite", PIECE, answer).contains(Check.REFUSAL), answer);
  }

  @Test
  void findsThinkingThatWasLeftOver() {
    assertTrue(checks("proofread", PIECE, "</think> " + GOOD).contains(Check.THINKING));
  }

  @Test
  void findsAnAnswerThatGoesRoundInCircles() {
    String answer = "He has two cats. " + "The cats are in the house. ".repeat(5);
    assertTrue(checks("continue", PIECE, answer).contains(Check.REPETITION));
    assertTrue(AnswerChecks.isLoop(answer));
    assertTrue(AnswerChecks.isLoop("a ".repeat(40)));
    assertTrue(AnswerChecks.isLoop("القط في البيت. ".repeat(4)));
  }

  @Test
  void refrainTwiceIsNoLoop() {
    assertFalse(AnswerChecks.isLoop("Row, row, row your boat. Row, row, row your boat. Gently."));
    assertFalse(AnswerChecks.isLoop("No, no, no, no! It cannot be."));
  }

  @Test
  void loopThatTheWriterWroteIsNotTheModels() {
    String chorus = "We all live in a yellow house. ".repeat(4).strip();
    assertEquals(List.of(), checks("proofread", chorus, chorus));
  }

  @Test
  void findsAnAnswerThatIsCutOff() {
    List<Finding> findings = AnswerChecks.check(recipe("proofread"), PIECE, GOOD, true);
    assertEquals(List.of(new Finding(Check.CUT_OFF, "")), findings);
  }

  @Test
  void findsAnAnswerToWhatWasToBeCorrected() {
    assertTrue(
        checks("proofread", QUESTION, "Paris is where more than two million people make a home.")
            .contains(Check.ANSWERED_INSTEAD));
  }

  @Test
  void findsAnAnswerToAQuestionThatWasToBeRewritten() {
    assertTrue(
        checks("rewrite", QUESTION, "Paris, with more than two million people.")
            .contains(Check.ANSWERED_INSTEAD));
    assertTrue(
        checks("rewrite", "ما هي عاصمة فرنسا ومن يسكن فيها؟", "باريس مدينة كبيرة جدا.")
            .contains(Check.ANSWERED_INSTEAD));
  }

  @Test
  void wordsThatAreKeptAreCountedAsOftenAsTheyAreThere() {
    assertEquals(1, AnswerChecks.kept("a b", "B, a!"));
    assertEquals(0.5, AnswerChecks.kept("very very good day", "Very good"), 1e-9);
    assertEquals(0, AnswerChecks.kept("one", "two"));
    assertEquals(1, AnswerChecks.kept("...", "two"));
  }

  private static List<Check> checks(String action, String piece, String answer) {
    return AnswerChecks.check(recipe(action), piece, answer, false).stream()
        .map(Finding::check)
        .toList();
  }

  private static Recipe recipe(String action) {
    return Recipes.load().stream()
        .filter(recipe -> recipe.action().id().equals(action))
        .findFirst()
        .orElseThrow();
  }
}
