package org.qalam.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguagesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en | The meeting is on Monday and we are not ready for it.",
        "fr | La réunion est lundi et nous ne sommes pas dans les temps.",
        "de | Das Treffen ist am Montag und wir sind nicht bereit.",
        "es | La reunión es el lunes y no tenemos los papeles para ella.",
        "it | La riunione è lunedì e non abbiamo gli documenti della sala.",
        "pt | A reunião não está marcada e eu não sei para quem os papéis são.",
        "nl | De vergadering is op maandag en we zijn niet klaar.",
        "ar | الاجتماع يوم الاثنين ونحن لسنا جاهزين.",
        "ru | Встреча в понедельник, а мы не готовы.",
        "he | הפגישה ביום שני ואנחנו לא מוכנים.",
        "el | Η συνάντηση είναι τη Δευτέρα.",
        "hi | बैठक सोमवार को है।",
        "ja | かいぎはげつようびです。",
        "zh | 会议在星期一举行。",
        "ko | 회의는 월요일입니다."
      })
  void tellsTheLanguageOfASentence(String language, String sentence) {
    assertEquals(Optional.of(language), Languages.of(sentence));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "42", "Hi!", "Qalam 0.1", "apples, pears, plums", "Thanks, Sam"})
  void guessesNoLanguageFromTooLittle(String text) {
    assertEquals(Optional.empty(), Languages.of(text));
  }

  @Test
  void fewForeignWordsDoNotChangeTheLanguage() {
    assertEquals(Optional.of("ar"), Languages.of("أرسلت الملف إلى Sam عبر WhatsApp أمس صباحا."));
    assertEquals(
        Optional.of("en"), Languages.of("The word قلم is the Arabic for pen, and I like it."));
  }

  @Test
  void latinScriptIsWhatMostLettersAreIn() {
    assertTrue(Languages.isLatin("Çà et là: 12 €"));
    assertTrue(Languages.isLatin("The word قلم is Arabic"));
    assertFalse(Languages.isLatin("كلمة pen إنجليزية"));
    assertFalse(Languages.isLatin("123 !?"));
  }

  @Test
  void languageHasItsEnglishName() {
    assertEquals("Arabic", Languages.name("ar"));
    assertEquals("French", Languages.name("fr"));
    assertEquals("", Languages.name(""));
  }
}
