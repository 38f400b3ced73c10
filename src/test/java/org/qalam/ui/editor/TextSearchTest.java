package org.qalam.ui.editor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextSearchTest {
  @Test
  void findsEveryPlaceWhateverTheCase() {
    assertEquals(List.of(0, 8, 13), TextSearch.places("Cat and cat, CAT", "cAt"));
  }

  @Test
  void findsNothingForNothing() {
    assertEquals(List.of(), TextSearch.places("Cat", ""));
  }

  @Test
  void findsPlacesThatDoNotOverlap() {
    assertEquals(List.of(0, 2), TextSearch.places("aaaaa", "aa"));
  }

  @Test
  void findsArabicWords() {
    assertEquals(List.of(3), TextSearch.places("في الهاتف", "الهاتف"));
  }

  @Test
  void findsInATextWithATurkishCapital() {
    assertEquals(List.of(9), TextSearch.places("İstanbul heating", "HEAT"));
    assertEquals(List.of(0), TextSearch.places("İstanbul heating", "İstanbul"));
  }

  @Test
  void readsWhatIsWantedLetterByLetter() {
    assertEquals(List.of(2), TextSearch.places("a .* b", ".*"));
  }
}
