package org.qalam.ui.assistant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.qalam.assist.Action;
import org.qalam.assist.EngineAssistant;
import org.qalam.engine.WorkerEngine;
import org.qalam.engine.onnx.OnnxModelLoader;
import org.qalam.ui.assistant.ActionRows.Row;
import org.qalam.ui.text.Messages;

/** The menu of the program's own actions, as they are. */
class ActionRowsTest {
  private static final Locale BEFORE = Locale.getDefault();
  private static final Action OWN =
      new Action(
          "rhyme",
          "Make it rhyme",
          "mdi2f-feather",
          Action.Kind.TONE,
          Action.Result.REPLACE,
          Action.Shape.SAME,
          Action.Needs.TEXT,
          "");

  @BeforeAll
  static void speakEnglish() {
    Locale.setDefault(Locale.ENGLISH);
  }

  @AfterAll
  static void speakAsBefore() {
    Locale.setDefault(BEFORE);
  }

  private final Messages messages = Messages.of(AssistantView.class);
  private final ActionRows rows = new ActionRows(new Phrases(messages), messages);
  private final List<Action> actions = builtIn();

  /** The program's own actions. */
  static List<Action> builtIn() {
    try (WorkerEngine engine = new WorkerEngine(new OnnxModelLoader(), _ -> 1)) {
      return new ArrayList<>(new EngineAssistant(engine).actions());
    }
  }

  private List<String> texts(String typed, String... problems) {
    return rows.of(actions, List.of(problems), typed).stream().map(Row::text).toList();
  }

  @Test
  void actionsStandUnderHeadings() {
    assertEquals(
        List.of(
            "Correct and rewrite",
            "Proofread",
            "Rewrite",
            "To list",
            "To table",
            "Tone",
            "Friendly",
            "Professional",
            "Confident",
            "Plain language",
            "Length",
            "Shorten",
            "Expand",
            "Understand",
            "Summarize",
            "Key points",
            "Write",
            "Title",
            "Draft from notes",
            "Continue",
            "Translate",
            "Translate…"),
        texts(""));
  }

  @Test
  void everyActionHasANameAndIsExplained() {
    for (Action action : actions) {
      assertFalse(messages.getOr("action." + action.id(), "").isEmpty(), action.id());
      assertTrue(
          action.needsInstruction()
              || !messages.getOr("action." + action.id() + ".told", "").isEmpty(),
          action.id());
    }
  }

  @Test
  void ownActionsAndProblemsWithTheirFilesComeLast() {
    actions.add(OWN);
    List<String> texts = texts("", "actions/x.md: 'kind' is 'dance'");
    assertEquals(
        List.of("Your own actions", "Make it rhyme", "actions/x.md: 'kind' is 'dance'"),
        texts.subList(texts.size() - 3, texts.size()));
  }

  @Test
  void headingsAndProblemsCannotBeChosen() {
    List<String> chosen =
        rows.of(actions, List.of("actions/x.md: bad"), "").stream()
            .filter(Row::isChoice)
            .map(Row::text)
            .toList();
    assertEquals(16, chosen.size());
    assertFalse(chosen.contains("Tone") || chosen.contains("actions/x.md: bad"));
  }

  @Test
  void whatIsTypedFindsActionsAndIsAnInstructionToo() {
    actions.add(OWN);
    assertEquals(List.of("Make it rhyme", "“RHY”"), texts(" RHY "));
    assertEquals(List.of("Friendly", "“friend”"), texts("friend"));
  }

  @Test
  void languageFindsItsTranslation() {
    assertEquals(List.of("Translate: French", "“fren”"), texts("fren"));
    assertEquals(List.of("Translate…", "“trans”"), texts("trans"));
  }

  @Test
  void languagesStandInOrderOfTheirNames() {
    Action translate = actions.stream().filter(Action::needsLanguage).findFirst().orElseThrow();
    List<String> languages = rows.languages(translate, "").stream().map(Row::text).toList();
    assertEquals("Translate: Arabic", languages.getFirst());
    assertEquals(languages.stream().sorted().toList(), languages);
    assertEquals(
        List.of("Translate: Spanish"),
        rows.languages(translate, "span").stream().map(Row::text).toList());
  }
}
