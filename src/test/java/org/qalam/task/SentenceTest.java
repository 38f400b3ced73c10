package org.qalam.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SentenceTest {
  @Test
  void linesBecomeOneAndControlCharactersAreShown() {
    assertEquals("a.gguf: one two\uFFFDthree", Sentence.of("a.gguf: one\n\ttwo\u0000three\n"));
  }

  @Test
  void longMessageKeepsItsBeginningAndItsEnd() {
    String sentence = Sentence.of("a.gguf: '" + "x".repeat(100_000) + "'; download it again");
    assertEquals(Sentence.LONGEST, sentence.length());
    assertTrue(sentence.startsWith("a.gguf: 'xxx"), sentence);
    assertTrue(sentence.endsWith("xxx'; download it again"), sentence);
  }
}
