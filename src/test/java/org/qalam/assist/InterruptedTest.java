package org.qalam.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.qalam.document.TextRange;

class InterruptedTest {
  private static final String TEXT =
      "She dont like it. He have two cat. They is here. \"So\"\tit was.";
  private static final int MUCH = 1_000_000;

  @Property(tries = 30)
  void whatIsWrittenIsReadBack(@ForAll @Size(max = 20) Map<String, @AlphaChars String> answered) {
    Interrupted kept = interrupted(TEXT, answered);
    assertEquals(Optional.of(kept), Interrupted.parse(kept.asJson(MUCH)));
  }

  @Test
  void theOrderOfThePiecesIsKept() {
    Map<String, String> answered = new LinkedHashMap<>();
    for (int i = 0; i < 50; i++) {
      answered.put("Sentence " + i, "Answer " + i);
    }
    Interrupted read = Interrupted.parse(interrupted(TEXT, answered).asJson(MUCH)).orElseThrow();
    assertEquals(new ArrayList<>(answered.keySet()), new ArrayList<>(read.answered().keySet()));
  }

  @Test
  void whatDoesNotFitIsLeftOutFromTheEnd() {
    Map<String, String> answered = new LinkedHashMap<>();
    for (int i = 0; i < 1000; i++) {
      answered.put("Sentence " + i, "Answer " + i);
    }
    String json = interrupted(TEXT, answered).asJson(5_000);
    assertTrue(json.length() < 5_500, json.length() + " characters");
    List<String> pieces =
        new ArrayList<>(Interrupted.parse(json).orElseThrow().answered().keySet());
    assertEquals(new ArrayList<>(answered.keySet()).subList(0, pieces.size()), pieces);
    assertTrue(pieces.size() > 100);
  }

  @Test
  void otherTextIsNothing() {
    for (String text : List.of("", "{}", "[1]", "{\"action\":", "true")) {
      assertEquals(Optional.empty(), Interrupted.parse(text));
    }
  }

  @Test
  void thePassageIsFoundWhereItIsUnchanged() {
    assertEquals(
        Optional.of(new TextRange(7, 7 + TEXT.length())),
        interrupted(TEXT, answers()).placeIn("Before\n" + TEXT + "\nAfter"));
  }

  @Test
  void thePassageIsFoundAfterItsFirstAnswersWereTaken() {
    String now = TEXT.replace("dont", "doesn't").replace("have two cat", "has two cats");
    assertEquals(
        Optional.of(new TextRange(7, 7 + now.length())),
        interrupted(TEXT, answers()).placeIn("Before\n" + now + "\nAfter"));
  }

  @Test
  void aPassageThatIsGoneOrThereTwiceIsNotFound() {
    assertEquals(Optional.empty(), interrupted(TEXT, answers()).placeIn("Something else."));
    assertEquals(Optional.empty(), interrupted(TEXT, answers()).placeIn(TEXT + "\n" + TEXT));
  }

  @Test
  void answersThatWereTakenAreKnownToo() {
    Map<String, String> known = interrupted(TEXT, answers()).known();
    assertEquals("She doesn't like it.", known.get("She dont like it."));
    assertEquals("She doesn't like it.", known.get("She doesn't like it."));
  }

  private static Map<String, String> answers() {
    Map<String, String> answered = new LinkedHashMap<>();
    answered.put("She dont like it.", "She doesn't like it.");
    answered.put("He have two cat.", "He has two cats.");
    return answered;
  }

  private static Interrupted interrupted(String text, Map<String, String> answered) {
    return new Interrupted("proofread", "", 0, "tiny", text, answered);
  }
}
