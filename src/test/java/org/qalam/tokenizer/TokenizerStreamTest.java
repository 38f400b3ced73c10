package org.qalam.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TokenizerStreamTest {
  // one token a byte for most of what is not English
  private static final BytePairTokenizer LLAMA = Reference.tokenizer(Reference.TINY_LLAMA);

  private final TokenizerStream stream = new TokenizerStream(LLAMA);

  /** The token of one byte. */
  private static int token(int b) {
    return LLAMA.id(String.valueOf(ByteSpelling.charOf(b))).orElseThrow();
  }

  private List<String> pieces(int... bytes) {
    List<String> pieces = new ArrayList<>();
    for (int b : bytes) {
      pieces.add(stream.accept(token(b)));
    }
    pieces.add(stream.flush());
    return pieces;
  }

  @Test
  void decodesEmojiSplitAcrossFourTokens() {
    assertEquals(List.of("", "", "", "🙂", ""), pieces(0xF0, 0x9F, 0x99, 0x82));
  }

  @Test
  void flushTellsOfAnUnfinishedCharacter() {
    assertEquals(List.of("a", "", "", "\uFFFD"), pieces('a', 0xD9 + 0x17, 0x9F));
    assertEquals(List.of("b", ""), pieces('b'));
  }

  @Test
  void bytesThatAreNoUtf8BecomeReplacements() {
    assertEquals(List.of("\uFFFD", "a", "", "\uFFFDb", ""), pieces(0x80, 'a', 0xE2, 'b'));
  }

  @Test
  void specialTokensGiveNoTextAndEndACharacter() {
    assertEquals("", stream.accept(token(0xE2)));
    assertEquals("\uFFFD", stream.accept(LLAMA.id("<|eot_id|>").orElseThrow()));
    assertEquals("a", stream.accept(token('a')));
    assertEquals("", stream.flush());
  }

  @Property(tries = 500)
  void piecesOfAnyTextAreWholeAndMakeTheText(@ForAll("texts") String text) {
    TokenizerStream own = new TokenizerStream(LLAMA);
    StringBuilder all = new StringBuilder();
    for (int id : LLAMA.encode(text)) {
      String piece = own.accept(id);
      assertFalse(piece.contains("\uFFFD"));
      assertEquals(
          piece, new String(piece.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
      all.append(piece);
    }
    assertEquals(text, all + own.flush());
  }

  @Property(tries = 500)
  void piecesOfAnyTokensMakeWhatDecodeGives(@ForAll("ids") int[] ids) {
    TokenizerStream own = new TokenizerStream(LLAMA);
    StringBuilder all = new StringBuilder();
    for (int id : ids) {
      all.append(own.accept(id));
    }
    assertEquals(LLAMA.decode(ids), all + own.flush());
  }

  @Provide
  Arbitrary<String> texts() {
    return Texts.valid().filter(text -> !text.contains("\uFFFD"));
  }

  @Provide
  Arbitrary<int[]> ids() {
    return Arbitraries.integers().between(0, 494).array(int[].class).ofMaxSize(60);
  }
}
