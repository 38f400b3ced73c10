package org.qalam.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ActionSheetTest {
  private static final String FILE =
      """
      ---
      # mine
      name: Rhyme
      keeps-sense: true
      temperature: 0.7
      ---
      Rhyme this:

      {{selection}}
      """;

  private static ActionSheet sheet(String text) {
    return ActionSheet.of(text).orElseThrow();
  }

  @Test
  void whatIsNotChangedStaysAsItWas() {
    assertEquals(FILE, sheet(FILE).text());
    ActionSheet changed =
        sheet(FILE)
            .with("name", "Verse")
            .with("shortcut", "Shortcut+Alt+R")
            .with("temperature", "");
    assertEquals(
        FILE.replace("Rhyme\n", "Verse\n").replace("temperature: 0.7", "shortcut: Shortcut+Alt+R"),
        changed.text());
    assertEquals(
        FILE.replace("Rhyme this:", "Sing:"),
        sheet(FILE).withPrompt("Sing:\n\n{{selection}}").text());
  }

  @Test
  void promptAloneGetsKeysAboveIt() {
    assertEquals("---\nname: Rhyme\n---\nRhyme.\n", sheet("Rhyme.").with("name", "Rhyme").text());
    assertEquals("Rhyme.\n", sheet("\ufeffRhyme.\r\n").text());
  }

  @Test
  void withoutItsSecondLineTheFrontMatterHasNoEnd() {
    assertEquals(Optional.empty(), ActionSheet.of("---\nname: Rhyme\nRhyme."));
  }

  @Property(tries = 300)
  void whatIsSetIsWhatIsRead(@ForAll String value) {
    ActionSheet changed = sheet(FILE).with("name", value);
    String expected = value.isBlank() ? "" : changed.value("name");
    assertEquals(expected, sheet(changed.text()).value("name"));
    if (value.matches("[ -~]*")) {
      assertEquals(value.strip(), changed.value("name"));
    }
    assertEquals("Rhyme this:\n\n{{selection}}", sheet(changed.text()).prompt());
  }

  @Property(tries = 300)
  void anyTextIsASheetOrHasASentence(@ForAll String text) {
    Optional<ActionSheet> found = ActionSheet.of(text);
    List<ActionSheet.Problem> problems = found.map(ActionSheet::problems).orElse(List.of());
    assertTrue(
        found.isPresent() || ActionSheet.problem(text).isPresent(),
        "no prompt can be told from the keys");
    assertEquals(
        found.flatMap(sheet -> ActionSheet.problem(sheet.text())).isPresent(), !problems.isEmpty());
  }

  @Test
  void eachFieldHasItsOwnProblem() {
    List<String> keys =
        sheet("---\nkind: dance\ntemperature: 3\nlanguage: Klingon\nname: x\n---\n{{sel}}")
            .problems()
            .stream()
            .map(ActionSheet.Problem::key)
            .toList();
    assertEquals(List.of("kind", "temperature", "language", ActionSheet.PROMPT), keys);
    assertEquals(List.of(), sheet(FILE).problems());
    assertEquals(
        List.of(""),
        sheet("---\ncolour: red\n---\nRhyme.").problems().stream()
            .map(ActionSheet.Problem::key)
            .map(key -> key.equals("colour") ? "" : key)
            .toList());
    assertEquals(List.of(), sheet("---\nshortest: 5\nlongest: 9\n---\nRhyme.").problems());
  }

  static List<Recipe> builtIn() {
    return Recipes.load().stream().filter(recipe -> !recipe.action().needsInstruction()).toList();
  }

  @ParameterizedTest
  @MethodSource("builtIn")
  void copyOfAnActionOfTheProgramsIsDoneAsThatIs(Recipe original) {
    ActionSheet copy = ActionSheet.ofBuiltIn(original.action(), "Mine");
    assertEquals(List.of(), copy.problems());
    Recipe own = ActionFile.read("mine", copy.text(), true);
    Action was = original.action();
    assertEquals(
        new Action(
            "mine", "Mine", was.icon(), was.kind(), was.result(), was.shape(), was.needs(), ""),
        own.action());
    assertEquals(
        new Recipe(
            own.action(),
            original.style(),
            original.unit(),
            original.sampling(),
            original.shortest(),
            original.longest(),
            original.room(),
            original.keepsWords(),
            original.keepsSense(),
            original.fromText(),
            original.target(),
            original.conversations(),
            original.openings()),
        own);
  }
}
