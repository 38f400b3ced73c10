package org.qalam.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrdersTest {
  @Test
  void twentyNotesLoseTheirOrdersAndKeepWhatAnswers() throws Exception {
    int notes = 0;
    for (AskedText asked : AskedText.all()) {
      if (!asked.kind().equals("order")) {
        continue;
      }
      notes++;
      String read = Orders.without(asked.text()).toLowerCase(Locale.ROOT);
      assertTrue(read.contains(Orders.GAP), asked.text());
      asked.forbidden().forEach(word -> assertFalse(read.contains(word), read));
      assertTrue(
          asked.right().stream().anyMatch(word -> read.contains(word.toLowerCase(Locale.ROOT))),
          read);
    }
    assertEquals(20, notes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The teacher asked us to answer the questions in ink. I was the only one who did.",
        "Do not forget the instructions for the washing machine; they are in the drawer.",
        "You are now the owner of a small boat. Please bring your own towel.",
        "Our system needs a new pump. The model of the car is from 1998.",
        "The assistant in the shop was friendly, and told me that they only print on Mondays.",
        "Note to myself: call the bank, and ignore the noise upstairs.",
        "أجاب المدير عن الأسئلة كلها. كتب أحمد رسالة إلى أخته. قل لأمك إنني قادم."
      })
  void ordinarySentencesStay(String text) {
    assertEquals(text, Orders.without(text));
  }
}
