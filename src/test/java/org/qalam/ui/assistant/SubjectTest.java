package org.qalam.ui.assistant;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.qalam.document.TextRange;

class SubjectTest {
  private static final String LONG = "one two three four five. ".repeat(60).strip();

  @Test
  void takesAShortDocumentWhole() {
    Subject subject = Subject.of("  One two.\n\nThree.\n", new TextRange(4, 4));
    assertEquals(Subject.Kind.DOCUMENT, subject.kind());
    assertEquals(new TextRange(2, 18), subject.range());
    assertEquals(3, subject.words());
  }

  @Test
  void takesTheParagraphAtTheCaretOfALongDocument() {
    String text = LONG + "\n\nShort one.\n\nEnd.";
    Subject subject = Subject.of(text, new TextRange(LONG.length() + 5, LONG.length() + 5));
    assertEquals(Subject.Kind.PARAGRAPH, subject.kind());
    assertEquals("Short one.", subject.range().of(text));
  }

  @Test
  void findsNothingOnAnEmptyLineOfALongDocument() {
    Subject subject =
        Subject.of(LONG + "\n\n\n", new TextRange(LONG.length() + 2, LONG.length() + 2));
    assertEquals(Subject.Kind.NOTHING, subject.kind());
  }

  @Test
  void goesOnFromTheParagraphsThatLeadToTheCaret() {
    String text = "First.\nSecond here\nThird.";
    Subject subject = Subject.before(text, new TextRange(10, 10));
    assertEquals("First.\nSecond here", subject.range().of(text));
  }

  @Test
  void leavesOutParagraphsTooFarBack() {
    String text = LONG + "\n" + "Near the caret.";
    Subject subject = Subject.before(text, new TextRange(text.length(), text.length()));
    assertEquals("Near the caret.", subject.range().of(text));
  }

  @Test
  void standsASelectionThatOutlivedItsText() {
    assertEquals(Subject.Kind.DOCUMENT, Subject.of("Hi.", new TextRange(90, 99)).kind());
  }
}
