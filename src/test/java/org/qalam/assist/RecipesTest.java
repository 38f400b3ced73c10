package org.qalam.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qalam.tokenizer.ChatMessage;
import org.qalam.tokenizer.ChatMessage.Role;

class RecipesTest {
  private static final String FILE =
      """
      ---
      icon: mdi2c-check
      result: review
      unit: sentence
      temperature: 0.5
      top-p: 0.9
      min-p: 0.05
      repetition-penalty: 1.1
      shortest: 0.5
      longest: 2
      room: 20
      keeps-words: true
      ---
      # en
      ## system
      You correct texts.
      ## user
      Do this: {{instruction}}

      {{text}}
      # ar
      ## user
      صحح: {{text}}
      """;

  static List<Recipe> all() {
    return Recipes.load();
  }

  static List<String> languagesOfAll() {
    return all().stream()
        .flatMap(recipe -> recipe.conversations().keySet().stream().map(l -> id(recipe) + " " + l))
        .toList();
  }

  @Test
  void actionsAreInThePanelsOrderWithTheFreeInstructionLast() {
    assertEquals(
        List.of(
            "proofread",
            "rewrite",
            "to-list",
            "to-table",
            "friendly",
            "professional",
            "confident",
            "plain",
            "concise",
            "expand",
            "summarize",
            "key-points",
            "title",
            "draft",
            "continue",
            "translate",
            "instruct"),
        all().stream().map(RecipesTest::id).toList());
    assertEquals(
        List.of("instruct"),
        all().stream().filter(r -> r.action().needsInstruction()).map(RecipesTest::id).toList());
  }

  @ParameterizedTest
  @MethodSource("all")
  void actionHasAnIconOfItsOwn(Recipe recipe) {
    String icon = recipe.action().icon();
    assertTrue(icon.matches("mdi2[a-z]-[a-z0-9-]+"), icon);
    assertEquals(1, all().stream().filter(r -> r.action().icon().equals(icon)).count());
  }

  @ParameterizedTest
  @MethodSource("all")
  void actionSpeaksEnglishAndArabic(Recipe recipe) {
    boolean drafts = !recipe.action().needsText();
    assertEquals(
        drafts ? List.of("ar", "ar draft", "en", "en draft") : List.of("ar", "en"),
        recipe.conversations().keySet().stream().sorted().toList());
  }

  @ParameterizedTest
  @MethodSource("languagesOfAll")
  void conversationGoesFromTheRulesToTheWritersText(String which) {
    List<ChatMessage> messages = conversation(which);
    assertEquals(Role.SYSTEM, messages.getFirst().role());
    for (int i = 1; i < messages.size(); i++) {
      assertEquals(i % 2 == 1 ? Role.USER : Role.ASSISTANT, messages.get(i).role());
    }
    assertEquals(Role.USER, messages.getLast().role());
    for (int i = 0; i < messages.size(); i++) {
      ChatMessage message = messages.get(i);
      boolean last = i == messages.size() - 1;
      assertFalse(message.content().isBlank());
      boolean goesOn = recipe(which).action().result() == Action.Result.INSERT;
      boolean drafts = which.endsWith(" draft");
      assertEquals(
          last && !goesOn && !drafts, message.content().contains("{{text}}"), message.content());
      boolean instructed = last && which.startsWith("instruct ");
      assertEquals(instructed, message.content().contains("{{instruction}}"), message.content());
    }
  }

  /** The examples are what the model imitates, so that they must be as its answers should be. */
  @ParameterizedTest
  @MethodSource("languagesOfAll")
  void examplesPassTheChecks(String which) {
    Recipe recipe = recipe(which);
    List<ChatMessage> messages = conversation(which);
    if (messages.size() < 4) {
      return; // no examples
    }
    String marks = messages.getLast().content();
    String before = marks.substring(0, marks.indexOf("{{text}}"));
    String after = marks.substring(marks.indexOf("{{text}}") + "{{text}}".length());
    for (int i = 2; i < messages.size(); i += 2) {
      String asked = messages.get(i - 1).content();
      String answer = messages.get(i).content();
      assertTrue(asked.startsWith(before) && asked.endsWith(after), asked);
      String piece = asked.substring(before.length(), asked.length() - after.length());
      assertEquals(List.of(), AnswerChecks.check(recipe, piece, answer, false), answer);
      assertEquals(answer, AnswerCleaner.clean(piece, answer));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void answerHasRoomForItsText(Recipe recipe) {
    assertTrue(recipe.shortest() < recipe.longest());
    String english = "She doesn't like apples. ".repeat(20);
    assertTrue(
        recipe.paramsFor(english, 0).maxNewTokens() * 4 >= english.length() * recipe.longest());
    String arabic = "ذهبت إلى المدرسة. ".repeat(20);
    assertTrue(recipe.paramsFor(arabic, 0).maxNewTokens() >= arabic.length() * recipe.longest());
    assertTrue(recipe.paramsFor("a", 0).maxNewTokens() >= 20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Write {{instruction}} here.", "A {{text}} in braces.", "$1 \\ {{", "{{x}}"})
  void markInTheWritersTextStaysText(String text) {
    List<ChatMessage> messages =
        Recipes.parse("own", FILE).conversation("en", "English", text, "Translate it.", false);
    assertEquals("Do this: Translate it.\n\n" + text, messages.getLast().content());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Replace {{text}} by x.", "Keep {{instruction}} as it is.", "$0 \\ }}"})
  void markInTheInstructionStaysText(String instruction) {
    List<ChatMessage> messages =
        Recipes.parse("own", FILE).conversation("en", "English", "My text.", instruction, false);
    assertEquals("Do this: " + instruction + "\n\nMy text.", messages.getLast().content());
  }

  @Test
  void arabicTextIsAskedAboutInArabic() {
    List<ChatMessage> messages =
        Recipes.parse("own", FILE).conversation("ar", "Arabic", "نص", "", false);
    assertEquals(List.of(ChatMessage.user("صحح: نص")), messages);
  }

  @Test
  void otherLanguageIsAskedForByName() {
    Recipe recipe = Recipes.parse("own", FILE);
    assertEquals(
        "You correct texts. Answer in French.",
        recipe.conversation("fr", "French", "x", "", false).getFirst().content());
    assertEquals(
        "You correct texts.", recipe.conversation("", "", "x", "", false).getFirst().content());
    assertEquals(
        "You correct texts.",
        recipe.conversation("en", "English", "x", "", false).getFirst().content());
  }

  @Test
  void secondTimeTheRulesAreSaidMoreFirmly() {
    Recipe recipe = Recipes.parse("own", FILE);
    List<ChatMessage> first = recipe.conversation("en", "English", "x", "y", false);
    List<ChatMessage> second = recipe.conversation("en", "English", "x", "y", true);
    assertTrue(second.getFirst().content().startsWith(first.getFirst().content()));
    assertTrue(second.getFirst().content().length() > first.getFirst().content().length());
    assertEquals(first.getLast(), second.getLast());
  }

  @Test
  void fileSaysHowTheActionIsDone() {
    Recipe recipe = Recipes.parse("own", FILE);
    assertEquals(
        new Action("own", "mdi2c-check", Action.Result.REPLACE, false, true), recipe.action());
    assertEquals(Recipe.Unit.SENTENCE, recipe.unit());
    assertEquals(0.5f, recipe.sampling().temperature());
    assertEquals(0.9f, recipe.sampling().topP());
    assertEquals(0.05f, recipe.sampling().minP());
    assertEquals(1.1f, recipe.sampling().repetitionPenalty());
    assertEquals(0.5, recipe.shortest());
    assertEquals(2, recipe.longest());
    assertEquals(20, recipe.room());
    assertTrue(recipe.keepsWords());
  }

  @Test
  void toneLengthAndSummaryBearTheNamesOfTheWritingAssistanceApis() {
    assertEquals(Style.Tone.MORE_CASUAL, recipe("friendly").style().tone());
    assertEquals(Style.Tone.MORE_FORMAL, recipe("professional").style().tone());
    assertEquals(Style.Length.SHORTER, recipe("concise").style().length());
    assertEquals(Style.Length.LONGER, recipe("expand").style().length());
    assertEquals(Style.Summary.TLDR, recipe("summarize").style().summary());
    assertEquals(Style.Summary.KEY_POINTS, recipe("key-points").style().summary());
    assertEquals(Style.Summary.HEADLINE, recipe("title").style().summary());
    assertEquals(Style.AS_IS, recipe("proofread").style());
  }

  @ParameterizedTest
  @CsvSource({"en, into French, in French", "ar, إلى الفرنسية, إلى الفرنسية"})
  void translationIsAskedForInTheLanguageThatWasChosen(
      String language, String asked, String begun) {
    Recipe recipe = recipe("translate").into("fr");
    String last = recipe.conversation(language, "", "x", "", false).getLast().content();
    assertTrue(last.contains(asked), last);
    assertTrue(recipe.opening(language, "x").contains(begun), recipe.opening(language, "x"));
  }

  @Test
  void translationIsHeldToTheLanguageThatWasChosen() {
    Recipe recipe = recipe("translate").into("fr");
    String text = "The shop is closed on Monday and you have to wait for the key.";
    String french = "Le magasin est fermé le lundi et il faut que vous attendiez les clés.";
    String german = "Der Laden ist am Montag zu und Sie müssen auf den Schlüssel warten.";
    assertEquals(List.of(), AnswerChecks.check(recipe, text, french, false));
    assertEquals(
        List.of(new Finding(Finding.Check.LANGUAGE, "German ≠ French")),
        AnswerChecks.check(recipe, text, german, false));
    assertEquals(
        List.of(new Finding(Finding.Check.LANGUAGE, "English ≠ French")),
        AnswerChecks.check(recipe, text, text, false));
  }

  @Test
  void translationMayHaveOtherDigitsButNoOtherNumbers() {
    Recipe recipe = recipe("translate").into("ar");
    String text = "The shop is closed from 3 to 7 May and the key is with the neighbours.";
    assertEquals(
        List.of(),
        AnswerChecks.check(
            recipe, text, "المتجر مغلق من ٣ إلى ٧ مايو والمفتاح عند الجيران.", false));
    assertEquals(
        List.of(new Finding(Finding.Check.ADDED, "9")),
        AnswerChecks.check(
            recipe, text, "المتجر مغلق من ٣ إلى ٩ مايو والمفتاح عند الجيران.", false));
  }

  @Test
  void tableIsNoLoop() {
    String row = "| Monday | Ben | paints |\n";
    String even = "| What     " + " ".repeat(60) + "|\n|" + "-".repeat(90) + "|\n" + row;
    assertFalse(AnswerChecks.isLoop(even));
    assertFalse(AnswerChecks.isLoop("|---|---|---|---|---|---|---|---|---|---|---|\n" + row));
    assertTrue(AnswerChecks.isLoop(row.repeat(4)));
  }

  private static String id(Recipe recipe) {
    return recipe.action().id();
  }

  private static Recipe recipe(String which) {
    return all().stream()
        .filter(r -> id(r).equals(which.split(" ", -1)[0]))
        .findFirst()
        .orElseThrow();
  }

  private static List<ChatMessage> conversation(String which) {
    return recipe(which).conversations().getOrDefault(which.split(" ", 2)[1], List.of());
  }
}
