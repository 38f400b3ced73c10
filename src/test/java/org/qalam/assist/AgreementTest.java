package org.qalam.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AgreementTest {
  @Test
  void muchIsHopedForAtFirstAndMoreAfterSentencesThatCameBack() {
    Agreement agreement = new Agreement();
    assertEquals(0.9, agreement.share(), 1e-9);
    agreement.saw(20, 20);
    agreement.saw(20, 20);
    assertTrue(agreement.share() > 0.97, agreement.share() + "");
  }

  @Test
  void littleIsHopedForAfterOneSentenceThatSharesNothing() {
    Agreement agreement = new Agreement();
    agreement.saw(20, 0);
    assertTrue(agreement.share() <= 0.3, agreement.share() + "");
  }

  @Test
  void answersWithoutASourceSayNothing() {
    Agreement agreement = new Agreement();
    agreement.saw(0, 0);
    assertEquals(0.9, agreement.share(), 1e-9);
  }
}
