package org.qalam.ui.assistant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.qalam.assist.Guard;
import org.qalam.ui.diff.WordDiff;

class ReviewTest {
  private static final String BEFORE =
      "The heating has been broke since Monday, and realy the flat is cold.";
  private static final String AFTER =
      "The heating has been broken since Monday and the flat is really cold.";

  private final PlainText text = new PlainText("Dear landlord,\n" + BEFORE + "\nYours");

  private Review review(String before, String after) {
    int start = text.text.indexOf(before);
    Review review =
        new Review(text, start, Edit.of(before, after, WordDiff.between(before, after)));
    review.begin(true);
    return review;
  }

  @Test
  void acceptsAndRejectsOneByOneAndLooksAtTheNext() {
    Review review = review(BEFORE, AFTER);
    int total = review.state().total();
    assertTrue(total >= 3, "changes: " + total);
    assertEquals("broke", review.state().current().orElseThrow().edit().before());
    review.accept();
    assertTrue(text.text().contains("has been broken since Monday, and realy"), text.text());
    assertEquals(2, review.state().current().orElseThrow().number());
    review.reject();
    assertEquals(3, review.state().current().orElseThrow().number());
    assertEquals(total - 2, review.state().open());
    assertEquals(1, review.state().accepted());
    assertEquals(total - 2, text.shown.size());
  }

  @Test
  void goesRoundTheEnds() {
    Review review = review(BEFORE, AFTER);
    review.go(-1);
    assertEquals(review.state().total(), review.state().current().orElseThrow().number());
    review.go(1);
    assertEquals(1, review.state().current().orElseThrow().number());
  }

  @Test
  void allThatIsLeftIsAcceptedInOneStep() {
    Review review = review(BEFORE, AFTER);
    review.acceptAll(() -> {});
    assertEquals("Dear landlord,\n" + AFTER + "\nYours", text.text());
    assertEquals(1, text.steps);
    assertEquals(0, review.state().open());
    assertTrue(text.shown.isEmpty(), "nothing is marked any longer");
  }

  @Test
  void typingElsewhereMovesTheChangesAndTypingInOneEndsIt() {
    Review review = review(BEFORE, AFTER);
    int total = review.state().total();
    text.type(0, 0, "New. ");
    text.type(text.text.indexOf("flat"), 0, "whole ");
    review.refresh();
    assertEquals(total, review.state().open());
    text.type(text.text.indexOf("broke") + 2, 1, "0");
    review.refresh();
    assertEquals(total - 1, review.state().open());
    review.acceptAll(() -> {});
    assertEquals(
        "New. Dear landlord,\nThe heating has been br0ke since Monday and the whole flat is really"
            + " cold.\nYours",
        text.text());
  }

  @Test
  void whatIsTakenBackIsOpenAgain() {
    Review review = review(BEFORE, AFTER);
    int total = review.state().total();
    for (int i = 0; i < total; i++) {
      review.accept();
    }
    assertEquals(0, review.state().open());
    text.type(text.text.indexOf("broken"), 6, "broke");
    review.refresh();
    assertEquals(1, review.state().open());
    assertEquals("broke", review.state().current().orElseThrow().edit().before());
    review.accept();
    assertTrue(text.text().contains(AFTER), text.text());
  }

  /** An insertion, taken back and done again, is not proposed a second time. */
  @Test
  void insertionsThatAreDoneAgainAreAccepted() {
    Review review = review("flat is cold", "flat is very cold");
    int at = text.shown.getFirst().passage().range().start();
    String put = review.state().current().orElseThrow().edit().after();
    review.accept();
    text.type(at, put.length(), "");
    review.refresh();
    assertEquals(1, review.state().open());
    text.type(at, 0, put);
    review.refresh();
    assertEquals(0, review.state().open());
    assertEquals(1, review.state().accepted());
  }

  @Test
  void aNumberIsNotAcceptedWithTheRest() {
    PlainText numbers = text;
    numbers.type(0, text.text.length(), "Come betwen 8 and 11, its late.");
    Review review = review("Come betwen 8 and 11, its late.", "Come between 8 and 12, it's late.");
    assertEquals(1, review.state().guarded());
    review.acceptAll(() -> {});
    assertEquals("Come between 8 and 11, it's late.", text.text());
    Review.State left = review.state();
    assertEquals(1, left.open());
    assertFalse(left.acceptsAll());
    assertEquals(Set.of(Guard.NUMBER), left.current().orElseThrow().edit().guards());
    review.accept();
    assertEquals("Come between 8 and 12, it's late.", text.text());
  }

  @Test
  void closedReviewsLeaveNothingBehind() {
    Review review = review(BEFORE, AFTER);
    review.close();
    assertEquals(0, text.openAnchors());
    assertTrue(text.shown.isEmpty());
  }

  private static final List<String> WORDS =
      List.of("the", "cat", "sat", "قطة", "الحديقة", "a,", "b.", "\n", "don't", "12", "mat");

  private static String sentence(List<Integer> picks) {
    StringBuilder text = new StringBuilder();
    for (int pick : picks) {
      text.append(WORDS.get(Math.floorMod(pick, WORDS.size()))).append(' ');
    }
    return text.toString();
  }

  /** All accepted one by one: the answer; all rejected: the original; some: only those. */
  @Property(tries = 300)
  void anySubsetAppliesCleanly(
      @ForAll @Size(min = 1, max = 25) List<Integer> before,
      @ForAll @Size(min = 1, max = 25) List<Integer> after,
      @ForAll long seed) {
    String original = sentence(before);
    String answer = sentence(after);
    WordDiff diff = WordDiff.between(original, answer);
    List<Edit> edits = Edit.of(original, answer, diff);
    PlainText page = new PlainText("x " + original + " y");
    Review review = new Review(page, 2, edits);
    review.begin(true);
    Random random = new Random(seed);
    StringBuilder expected = new StringBuilder();
    StringBuilder whole = new StringBuilder();
    int done = 0;
    for (Edit edit : edits) {
      boolean takes = random.nextBoolean();
      if (takes) {
        review.accept();
      } else {
        review.reject();
      }
      assertEquals(edit.before(), edit.range().of(original));
      String kept = original.substring(done, edit.range().start());
      expected.append(kept).append(takes ? edit.after() : edit.before());
      whole.append(kept).append(edit.after());
      done = edit.range().end();
    }
    expected.append(original.substring(done));
    assertEquals(answer, whole + original.substring(done));
    assertEquals("x " + expected + " y", page.text());
    assertEquals(0, review.state().open());
  }

  private static List<Edit> edits(String original, String answer) {
    return Edit.of(original, answer, WordDiff.between(original, answer));
  }

  @Test
  void whatIsWordedAnewIsOneChangeForEachLine() {
    List<Edit> edits =
        edits(
            """
            # Heating

            - It is broke since Monday and nobody came.
            - The flat is realy cold.
            """,
            """
            # Heating

            - We have been without warmth for days, and no technician showed up.
            - The flat is really cold.
            """);
    assertEquals(2, edits.size());
    assertEquals("It is broke since Monday and nobody came.", edits.getFirst().before());
    assertTrue(edits.getFirst().isRewriting());
    assertEquals("realy", edits.getLast().before());
    assertFalse(edits.getLast().isRewriting());
  }

  @Test
  void anAnswerWithOtherLinesIsOneChangeAsAWhole() {
    List<Edit> edits =
        edits("It broke.\nNobody came.\n", "We wait for a technician since the heating failed.\n");
    assertEquals(1, edits.size());
    assertEquals("It broke.\nNobody came.", edits.getFirst().before());
    assertEquals("We wait for a technician since the heating failed.", edits.getFirst().after());
  }

  @Test
  void aRewritingTellsWhatWouldBeMissing() {
    String original =
        "Pay 40 euro to Ms Haddad by Friday, says \u201Cthe contract\u201D (https://a.example/b).";
    List<Edit> all =
        edits(
            original,
            "Kindly settle what is owed soon, as the agreement that we both signed asks.");
    assertEquals(
        Set.of(Guard.NUMBER, Guard.NAME, Guard.DATE, Guard.QUOTATION, Guard.LINK),
        all.getFirst().guards());
    List<Edit> none =
        edits(
            original,
            "By Friday at the latest, as is stated in \u201Cthe contract\u201D at https://a.example/b,"
                + " Ms Haddad should get her 40 euro.");
    assertTrue(none.getFirst().isRewriting());
    assertEquals(Set.of(), none.getFirst().guards());
  }
}
