package org.qalam.ui.editor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.qalam.document.DocumentId;
import org.qalam.document.TextRange;

class AnchorsTest {
  private static final DocumentId LETTER = DocumentId.random();
  private static final DocumentId DIARY = DocumentId.random();

  private final Anchors anchors = new Anchors();

  /**
   * An edit, in thousandths of the text that it meets.
   *
   * @param inserted number of characters
   */
  record Edit(int at, int removed, int inserted) {}

  @Provide
  Arbitrary<List<Edit>> edits() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 1000),
            Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(0)),
                Tuple.of(3, Arbitraries.integers().between(0, 400))),
            Arbitraries.integers().between(0, 4))
        .as(Edit::new)
        .list()
        .ofMaxSize(8);
  }

  /** The naive model is a text in which no character is there twice. */
  @Property(tries = 1000)
  void followAPassageThroughAnyEdits(
      @ForAll("edits") List<Edit> edits, @ForAll("passages") TextRange range) {
    Anchors followed = new Anchors();
    List<Integer> text = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      text.add(i);
    }
    List<Integer> original = List.copyOf(text.subList(range.start(), range.end()));
    Anchors.Passage passage = followed.add(LETTER, range);
    int fresh = 100;
    boolean intact = true;
    for (Edit edit : edits) {
      int at = edit.at() * text.size() / 1000;
      int removed = Math.min(edit.removed() * text.size() / 1000, text.size() - at);
      if (removed == 0 && edit.inserted() == 0) {
        continue;
      }
      text.subList(at, at + removed).clear();
      for (int i = 0; i < edit.inserted(); i++) {
        text.add(at + i, fresh++);
      }
      followed.edited(at, removed, edit.inserted());
      intact &= Collections.indexOfSubList(text, original) >= 0;
      TextRange now = passage.range();
      assertTrue(now.end() <= text.size(), now + " in " + text);
      List<Integer> covered = text.subList(now.start(), now.end());
      assertEquals(intact, passage.isUnchanged(), now + " in " + text);
      if (intact) {
        assertEquals(original, covered);
      }
      List<Integer> survivors = new ArrayList<>(text);
      survivors.retainAll(original);
      assertTrue(covered.containsAll(survivors), covered + " of " + survivors);
    }
  }

  @Provide
  Arbitrary<TextRange> passages() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 18), Arbitraries.integers().between(1, 20))
        .as((start, length) -> new TextRange(start, Math.min(start + length, 20)));
  }

  @Test
  void leaveOutWhatIsTypedRightBeforeOrRightAfter() {
    Anchors.Passage passage = anchors.add(LETTER, new TextRange(5, 9));
    anchors.edited(9, 0, 3);
    assertEquals(new TextRange(5, 9), passage.range());
    anchors.edited(5, 0, 2);
    assertEquals(new TextRange(7, 11), passage.range());
    assertTrue(passage.isUnchanged());
  }

  @Test
  void coverWhatIsTypedInThePassage() {
    Anchors.Passage passage = anchors.add(LETTER, new TextRange(5, 9));
    anchors.edited(7, 1, 4);
    assertEquals(new TextRange(5, 12), passage.range());
    assertFalse(passage.isUnchanged());
  }

  @Test
  void stayBeforeWhatIsTypedAtACaret() {
    Anchors.Passage caret = anchors.add(LETTER, new TextRange(4, 4));
    anchors.edited(4, 0, 10);
    assertEquals(new TextRange(4, 4), caret.range());
    anchors.edited(0, 2, 0);
    assertEquals(new TextRange(2, 2), caret.range());
    assertTrue(caret.isUnchanged());
  }

  @Test
  void shrinkToAPointWhenThePassageIsDeleted() {
    Anchors.Passage passage = anchors.add(LETTER, new TextRange(5, 9));
    anchors.edited(3, 10, 0);
    assertEquals(new TextRange(3, 3), passage.range());
    assertFalse(passage.isUnchanged());
  }

  @Test
  void areOverWhenAnotherDocumentIsOpened() {
    Anchors.Passage passage = anchors.add(LETTER, new TextRange(5, 9));
    anchors.opened(LETTER);
    assertTrue(passage.isUnchanged());
    anchors.opened(DIARY);
    assertFalse(passage.isUnchanged());
    anchors.edited(0, 0, 7);
    assertEquals(new TextRange(5, 9), passage.range(), "edits of another text do not move it");
  }

  @Test
  void areOverWhenTheyAreClosed() {
    Anchors.Passage passage = anchors.add(LETTER, new TextRange(5, 9));
    passage.close();
    assertFalse(passage.isUnchanged());
  }
}
