package org.qalam.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qalam.tokenizer.ChatMessage;
import org.qalam.tokenizer.ChatMessage.Role;

class ActionFileTest {
  private static Recipe read(String text) {
    return ActionFile.read("make-it-rhyme", text, true);
  }

  private static String problem(String text) {
    return String.valueOf(assertThrows(ActionFileException.class, () -> read(text)).getMessage());
  }

  @Test
  void promptAloneIsAnAction() {
    Recipe recipe = read("Make this rhyme.\n");
    assertEquals("Make it rhyme", recipe.action().name());
    assertEquals(Action.Kind.REWRITE, recipe.action().kind());
    assertEquals(Action.Result.REPLACE, recipe.action().result());
    assertEquals(Action.Needs.TEXT, recipe.action().needs());
    assertTrue(recipe.action().isOwn());
    List<ChatMessage> said = recipe.conversation("en", "English", "A cat.", "", false);
    assertEquals(List.of(Role.SYSTEM, Role.USER), said.stream().map(ChatMessage::role).toList());
    assertEquals("Make this rhyme.\n\nA cat.", said.getLast().content());
  }

  @Test
  void everyKeyCanBeSet() {
    Recipe recipe =
        read(
            """
            ---
            # a remark
            name: "Rhyme: it"
            icon: mdi2f-feather
            kind: tone
            tone: more-casual
            length: longer
            summary: teaser
            result: panel
            shape: other
            shortcut: Shortcut+Alt+R
            language: French
            unit: sentence
            temperature: 0.9
            top-p: 0.8
            min-p: 0.1
            repetition-penalty: 1.2
            shortest: 0.5
            longest: 2
            room: 30
            keeps-words: true
            keeps-sense: true
            from-text: 0.2
            drafts: no
            ---
            Write this as a poem in {{language}}: {{selection}}

            It is from: {{ document }}
            """);
    Action action = recipe.action();
    assertEquals("Rhyme: it", action.name());
    assertEquals("mdi2f-feather", action.icon());
    assertEquals(Action.Result.PANEL, action.result());
    assertEquals(Action.Shape.OTHER, action.shape());
    assertEquals(new Action.Needs(false, true, false, true), action.needs());
    assertEquals("Shortcut+Alt+R", action.shortcut());
    assertEquals(
        new Style(Style.Tone.MORE_CASUAL, Style.Length.LONGER, Style.Summary.TEASER),
        recipe.style());
    assertEquals(Recipe.Unit.SENTENCE, recipe.unit());
    assertEquals(0.9f, recipe.sampling().temperature());
    assertEquals("fr", recipe.target());
    assertEquals(0.2, recipe.fromText());
    assertTrue(recipe.keepsWords() && recipe.keepsSense());
    List<ChatMessage> said = recipe.conversation("en", "English", "A", "", "B", false);
    assertEquals("Write this as a poem in French: A\n\nIt is from: B", said.getLast().content());
    assertTrue(said.getFirst().content().contains("Write more casually than the text."));
    assertTrue(said.getFirst().content().endsWith("Answer in French."));
  }

  /** The names are the writer's: what they spell is theirs too. */
  @ParameterizedTest
  @ValueSource(strings = {"{{document}}", "{{selection}}", "{{language}}", "$1 {{ \\"})
  void placeholdersInTheWritersTextStayText(String text) {
    Recipe recipe = read("{{document}} | {{selection}} | {{language}}");
    String said = recipe.conversation("en", "", text, "", "Doc", false).getLast().content();
    assertEquals("Doc | " + text + " | English", said);
  }

  @Test
  void messagesCanBeWrittenOutWithAnOpeningLikeTheProgramsOwn() {
    Recipe recipe =
        read(
            """
            ## system
            You rhyme.
            ## user
            Rhyme: {{selection}}
            ## opening
            In rhymes: "
            # ar
            ## user
            قافية: {{selection}}
            """);
    assertEquals("In rhymes: \"", recipe.opening("en", "x"));
    assertEquals("", recipe.opening("ar", "x"));
    assertEquals(
        List.of(ChatMessage.user("قافية: نص")), recipe.conversation("ar", "", "نص", "", false));
  }

  @Test
  void headingsOfAPromptAreItsOwn() {
    String prompt = "# Task\n\n## Rules\nRhyme.\n\n{{selection}}";
    assertEquals(
        prompt.replace("{{selection}}", "x"),
        read(prompt).conversation("en", "", "x", "", false).getLast().content());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "temperature: hot|'temperature' is 'hot'; it has to be a number from 0 to 2",
        "temperature: NaN|'temperature' is 'NaN'; it has to be a number from 0 to 2",
        "top-p: 0|'top-p' is '0'; it has to be a number from 0.01 to 1",
        "result: window|'result' is 'window'; there are review, insert, panel",
        "tone: loud|'tone' is 'loud'; there are as-is, more-formal, more-casual",
        "language: klingon|'language' is 'klingon'; it has to be text, choose, or a language such"
            + " as fr",
        "drafts: perhaps|'drafts' is 'perhaps'; it has to be true or false",
        "icon: star.png|'icon' is 'star.png'; it has to be a Material Design icon's, such as"
            + " mdi2f-feather",
        "shortest: 5|'shortest' is '5.0'; it has to be less than 'longest'",
        "just words|'just words' is no line 'key: value'",
      })
  void problemNamesFileAndKey(String line, String told) {
    assertEquals("actions/make-it-rhyme.md: " + told, problem("---\n" + line + "\n---\nRhyme."));
  }

  @Test
  void misspeltKeyIsToldWithThoseThatThereAre() {
    String told = problem("---\ntemprature: 0.5\n---\nRhyme.");
    assertTrue(told.startsWith("actions/make-it-rhyme.md: there is no key 'temprature'"), told);
    assertTrue(told.contains("temperature") && !told.contains("instruction"), told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|the prompt is missing; write it below the keys",
        "Say {{x}}.|there is no {{x}}; there are {{selection}}, {{document}} and {{language}}",
        "In {{language}}.|no message has {{selection}} in it",
      })
  void promptThatCannotBeSaidIsRefused(String prompt, String told) {
    assertEquals("actions/make-it-rhyme.md: " + told, problem("---\nname: Rhyme\n---\n" + prompt));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "## assistant\nx\n## user\n{{selection}}",
        "## user\n{{selection}}\n## user\ny",
        "## user\n{{selection}}\n## assistant\ny",
        "## user\n{{selection}}\n## system\ny",
      })
  void messagesInAnotherOrderThanTemplatesTakeAreRefused(String body) {
    assertTrue(problem(body).startsWith("actions/make-it-rhyme.md: below # en"), problem(body));
  }

  @Test
  void aPromptInArabicAloneIsSaidForTextsInAllLanguages() {
    Recipe recipe = read("# ar\n## user\nاكتب {{selection}}");
    for (String language : List.of("ar", "en", "de", "")) {
      assertEquals(
          List.of(ChatMessage.user("اكتب Rain.")),
          recipe.conversation(language, "", "Rain.", "", "", false));
    }
  }

  @Test
  void messagesForNoTextAloneAreRefused() {
    assertEquals(
        "actions/make-it-rhyme.md: there are no messages for a text;"
            + " write them below a heading such as # en",
        problem("---\ndrafts: true\n---\n# ar draft\n## user\nx"));
  }

  @Test
  void frontMatterWithoutAnEndIsToldAndOneTwiceToo() {
    assertTrue(problem("---\nname: x\nRhyme.").endsWith("is no line 'key: value'"));
    assertTrue(problem("---\nname: x\n").endsWith("the front matter has no second line ---"));
    assertTrue(problem("---\nname: x\nname: y\n---\nz").endsWith("'name' is there twice"));
  }

  @Property(tries = 300, shrinking = ShrinkingMode.BOUNDED)
  void everyTextIsAnActionOrHasOneSentenceThatNamesTheFile(@ForAll("files") String text) {
    try {
      Recipe recipe = read(text);
      String writers = "{{document}} $1 \\";
      List<ChatMessage> said = recipe.conversation("en", "", writers, "", "d", false);
      assertEquals(Role.USER, said.getLast().role());
      assertFalse(recipe.action().name().isBlank());
    } catch (ActionFileException e) {
      String told = String.valueOf(e.getMessage());
      assertTrue(told.startsWith("actions/make-it-rhyme.md: "), told);
      assertFalse(told.contains("\n"), told);
    }
  }

  /** Files out of the parts that files have, in any order, and anything. */
  @Provide
  Arbitrary<String> files() {
    Arbitrary<String> part =
        Arbitraries.of(
            "---",
            "---",
            "name: x",
            "kind: tone",
            "kind: translate",
            "result: panel",
            "unit: whole",
            "drafts: true",
            "language: fr",
            "language: choose",
            "longest: 9",
            "tone:",
            "# en",
            "# ar draft",
            "## system",
            "## user",
            "## assistant",
            "## opening",
            "{{selection}}",
            "Rhyme.",
            "",
            "\ufeff---",
            ": x",
            "name: \"",
            "{{document}} {{language}}",
            "{{");
    Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(30);
    return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(9, part), net.jqwik.api.Tuple.of(1, any))
        .list()
        .ofMaxSize(12)
        .map(lines -> {
          List<String> all = new ArrayList<>(lines);
          return String.join("\n", all);
        });
  }
}
