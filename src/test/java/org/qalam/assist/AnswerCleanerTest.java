package org.qalam.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerCleanerTest {
  private static final String PIECE = "She dont like apples.";
  private static final String GOOD = "She doesn't like apples.";
  private static final String ARABIC_PIECE = "ذهبت الي المدرسه.";
  private static final String ARABIC_GOOD = "ذهبت إلى المدرسة.";

  static final List<String> INTRODUCTIONS =
      List.of(
          "Sure, here is the corrected text:\n\n",
          "Sure! Here's the corrected text:\n",
          "Sure, here’s the revised version: ",
          "Sure, the corrected text is as follows:\n\n",
          "Sure, I've corrected the sentence:\n",
          "Sure! I'd be happy to help. Here is the corrected sentence:\n\n",
          "Sure thing! Here you go:\n",
          "Certainly! The corrected sentence is:\n",
          "Certainly, I can help with that:\n",
          "Of course! Below is the edited paragraph:\n\n",
          "Absolutely! Here are the corrections:\n",
          "Okay, here is the text with the errors fixed: ",
          "Here is the corrected version of the text you provided:\n\n",
          "Here's a more professional version:\n\n",
          "I have corrected the text for you:\n\n",
          "This is the corrected text: ",
          "The following is the corrected text:\n",
          "The corrected text is: ",
          "Corrected: ",
          "Corrected text: ",
          "Corrected sentence:\n",
          "**Corrected text:**\n\n",
          "**Corrected Text**:\n",
          "Correct: ",
          "REVISED VERSION: ",
          "Rewritten text:\n",
          "Summary: ",
          "Key points:\n",
          "Answer: ",
          "Output:\n",
          "Sure! ",
          "  \n Here is the corrected text: ");

  static final List<String> ARABIC_INTRODUCTIONS =
      List.of(
          "بالتأكيد، إليك النص المصحح:\n\n",
          "بالتأكيد! إليك النص بعد التصحيح:\n",
          "بالطبع، هذا هو النص المعدل: ",
          "حسنًا، النص المصحح هو:\n",
          "إليك الجملة المصححة:\n",
          "فيما يلي النص المصحح: ",
          "النص المصحح: ",
          "الجملة المصححة:\n",
          "النص بعد التصحيح: ",
          "التصحيح: ",
          "الملخص: ",
          "**النص المصحح:**\n");

  static final List<String> EXPLANATIONS =
      List.of(
          "\n\nNote: I changed \"dont\" to \"doesn't\".",
          "\n\n(Note that the apostrophe was missing.)",
          "\n\n**Note:** the apostrophe was missing.",
          "\n\nExplanation:\n\n- \"dont\" is misspelled.",
          "\n\nChanges made:\n1. dont -> doesn't",
          "\n\nChanges:\n- dont",
          "\n\nI have corrected the spelling of \"doesn't\".",
          "\n\nI corrected the grammar and punctuation.",
          "\n\nThe correction is the apostrophe in \"doesn't\".",
          "\n\nThe changes I made are these: one apostrophe.",
          "\n\nLet me know if you need anything else!",
          "\n\nLet me know if you'd like any further changes.",
          "\n\nI hope this helps!");

  @ParameterizedTest
  @FieldSource("INTRODUCTIONS")
  void takesAnIntroductionAway(String introduction) {
    assertEquals(GOOD, AnswerCleaner.clean(PIECE, introduction + GOOD));
  }

  @ParameterizedTest
  @FieldSource("ARABIC_INTRODUCTIONS")
  void takesAnArabicIntroductionAway(String introduction) {
    assertEquals(ARABIC_GOOD, AnswerCleaner.clean(ARABIC_PIECE, introduction + ARABIC_GOOD));
  }

  @ParameterizedTest
  @FieldSource("EXPLANATIONS")
  void takesAnExplanationAtTheEndAway(String explanation) {
    assertEquals(GOOD, AnswerCleaner.clean(PIECE, GOOD + explanation));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n\nملاحظة: تم تصحيح الإملاء.",
        "\n\nالتغييرات:\n- إلى",
        "\n\nلقد قمت بتصحيح الإملاء."
      })
  void takesAnArabicExplanationAtTheEndAway(String explanation) {
    assertEquals(ARABIC_GOOD, AnswerCleaner.clean(ARABIC_PIECE, ARABIC_GOOD + explanation));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {"\",\"", "“,”", "«,»", "',|'|", "‘,’", "`,`", "**,**"})
  void takesQuotationMarksAroundTheWholeAway(String open, String close) {
    assertEquals(
        "She likes apples.", AnswerCleaner.clean(PIECE, open + "She likes apples." + close));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"```\n%s\n```", "```text\n%s\n```", "```markdown\n%s", "```\n%s\n```\nDone!"})
  void takesAFenceAroundTheWholeAway(String answer) {
    assertEquals(GOOD, AnswerCleaner.clean(PIECE, answer.formatted(GOOD)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<think>\nThe user wants \"doesn't\".\n</think>\n\n%s",
        "<think></think>%s",
        "<think>a</think>\n<think>b</think>\n%s",
        "%s\n<think>I am not done yet",
        "The user wants a correction.\n</think>\n\n%s"
      })
  void takesThinkingAway(String answer) {
    assertEquals(GOOD, AnswerCleaner.clean(PIECE, answer.formatted(GOOD)));
  }

  @Test
  void leavesNothingOfAnAnswerThatIsThinkingOnly() {
    assertEquals("", AnswerCleaner.clean(PIECE, "<think>\nThe user wants a correction"));
  }

  @Test
  void takesAllOfItAwayAtOnce() {
    assertEquals(
        "She likes apples.",
        AnswerCleaner.clean(
            PIECE,
            "<think>Well.</think>\nSure! Here is the corrected text:\n\n```\n\"She likes apples.\""
                + "\n```\n\nI hope this helps!"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Here is the summary: we has won. | Here is the summary: we have won.",
        "here is the summary: we win | Here is the summary: we won.",
        "Heres the plan: we go. | Here's the plan: we go.",
        "Sumary: we won the game. | Summary: we won the game.",
        "The finel version: it work. | The final version: it works.",
        "Ok here are what I need: milk and egg. | Okay, here is what I need: milk and eggs.",
        "This are my list: milk, egg. | This is my list: milk, eggs.",
        "Sure i can come. | Sure! I can come.",
        "Sure, I can come: it are easy. | Sure, I can come: it is easy.",
        "هاذا هو الحل: نذهب معا. | هذا هو الحل: نذهب معا.",
        "الملخص: ذهبنا الي البيت. | الملخص: ذهبنا إلى البيت."
      })
  void keepsABeginningThatTheWriterHadToo(String piece, String answer) {
    assertEquals(answer, AnswerCleaner.clean(piece, answer));
  }

  @Test
  void takesOnlyTheIntroductionBeforeSuchABeginning() {
    assertEquals(
        "Here is the summary: we won.",
        AnswerCleaner.clean(
            "Here is the summary: we win.",
            "Here is the corrected text:\n\nHere is the summary: we won."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "\"come in\" she said. | \"Come in,\" she said.",
        "he asked \"who are it?\" | \"Who is it?\"",
        "she said come in and he said no | \"Come in,\" she said, and he said: \"No.\"",
        "«تعال» قالت «الان» | «تعال» قالت «الآن»",
        "'twas late for the boys' | 'Twas late for the boys'",
        "**bold** word and **other** | **Bold** word and **other**",
        "`ls` list | `ls` lists `all`"
      })
  void keepsQuotedSpeech(String piece, String answer) {
    assertEquals(answer, AnswerCleaner.clean(piece, answer));
  }

  @Test
  void keepsANoteThatTheWriterWrote() {
    String piece = "The shop are closed.\n\nNote: it open again on Monday.";
    String answer = "The shop is closed.\n\nNote: it opens again on Monday.";
    assertEquals(answer, AnswerCleaner.clean(piece, answer));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Dear Sam,\n\nI hope this finds you well. I cannot come.\n\nYours, Kim",
        "Dear Sam,\n\nI cannot come.\n\nI hope to see you soon.\n\nYours, Kim",
        "Dear Sam,\n\nI cannot come.\n\nLet me know if Monday works for you.\n\nYours, Kim",
        "Dear Sam,\n\nI have added the report and changed the date.\n\nYours, Kim",
        "Dear Sam,\n\nThe changes in the office begin on Monday.\n\nYours, Kim"
      })
  void keepsTheParagraphsOfALetter(String letter) {
    assertEquals(letter, AnswerCleaner.clean("tell sam i cant come", letter));
  }

  @Test
  void keepsCodeThatTheWriterHad() {
    String piece = "```\nint a = 1;\n```";
    assertEquals(piece, AnswerCleaner.clean(piece, piece));
  }

  @Property
  void anAnswerThatIsThePieceComesBackAsItIs(@ForAll("markdown") String piece) {
    assertEquals(piece.strip(), AnswerCleaner.clean(piece, piece));
  }

  @Property
  void neverShowsWhatItTakesAwayLater(@ForAll("dressed") String answer) {
    String clean = AnswerCleaner.clean(PIECE, answer);
    for (int end = 0; end <= answer.length(); end++) {
      String shown = AnswerCleaner.cleanSoFar(PIECE, answer.substring(0, end));
      assertTrue(clean.startsWith(shown), "'" + shown + "' of '" + answer.substring(0, end) + "'");
    }
  }

  @Property
  void showsTheWritersOwnWordsAsTheyGrow(@ForAll("markdown") String piece) {
    for (int end = 0; end <= piece.length(); end++) {
      String shown = AnswerCleaner.cleanSoFar(piece, piece.substring(0, end));
      assertTrue(piece.strip().startsWith(shown), "'" + shown + "' of '" + piece + "'");
    }
  }

  @Test
  void showsAnAnswerWordByWord() {
    assertEquals("She", AnswerCleaner.cleanSoFar(PIECE, "She"));
    assertEquals("She doesn't", AnswerCleaner.cleanSoFar(PIECE, "She doesn't"));
    assertEquals("She", AnswerCleaner.cleanSoFar(PIECE, "Here is the corrected text:\n\nShe"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<thi",
        "<think>\nShe",
        "Sure",
        "Here is the corr",
        "Corrected te",
        "```te",
        "بالتأكيد، إل",
        "\""
      })
  void showsNothingWhileItMayBeAnIntroduction(String begun) {
    assertEquals("", AnswerCleaner.cleanSoFar(PIECE, begun));
  }

  @Test
  void showsAtOnceWhatTheWriterBeganWithToo() {
    assertEquals(
        "Here is the", AnswerCleaner.cleanSoFar("Here is the summary: we win.", "Here is the"));
  }

  @Provide
  static Arbitrary<String> markdown() {
    return Writings.markdown();
  }

  /** Good answers in all that models put around them. */
  @Provide
  static Arbitrary<String> dressed() {
    Arbitrary<String> thinking =
        Arbitraries.of("", "", "<think></think>\n", "<think>\nShe: well, \"so\"\n\n</think>\n\n");
    Arbitrary<String> introduction =
        Arbitraries.of(INTRODUCTIONS).injectNull(0.3).map(s -> s == null ? "" : s);
    Arbitrary<String> around =
        Arbitraries.of(
            "%s", "\"%s\"", "“%s”", "**%s**", "`%s`", "```\n%s\n```", "```text\n%s\n```");
    Arbitrary<String> body =
        Arbitraries.of(
            "She likes apples.", "She likes apples.\n\nHe has two cats.", "- one\n- two: three");
    Arbitrary<String> explanation =
        Arbitraries.of(EXPLANATIONS).injectNull(0.3).map(s -> s == null ? "" : s);
    return Combinators.combine(thinking, introduction, around, body, explanation)
        .as((a, b, c, d, e) -> a + b + c.formatted(d) + e);
  }
}
