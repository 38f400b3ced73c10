package org.qalam.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.qalam.document.DocumentId;
import org.qalam.document.TextRange;

class NoteIndexTest {
  private static final Instant JANUARY = Instant.parse("2026-01-15T12:00:00Z");
  private static final ZoneId ZONE = ZoneOffset.UTC;

  private final NoteIndex index = new NoteIndex();

  @AfterEach
  void close() {
    index.close();
  }

  private void put(String title, String text) {
    put(title, text, JANUARY);
  }

  private void put(String title, String text, Instant modified) {
    index.put(
        new Note(
            new DocumentId(UUID.nameUUIDFromBytes(title.getBytes(StandardCharsets.UTF_8))),
            title,
            text,
            modified));
    index.refresh();
  }

  private List<Hit> hits(String typed) {
    return index.search(NoteQuery.parse(typed, ZONE), 10);
  }

  private List<String> titles(String typed) {
    return hits(typed).stream().map(Hit::title).toList();
  }

  /** What is marked in the first hit's snippet. */
  private List<String> marked(String typed) {
    Snippet snippet = hits(typed).getFirst().snippet();
    return snippet.marks().stream().map(mark -> mark.of(snippet.text())).toList();
  }

  @Test
  void findsArabicWordsWithArticleVowelMarksPrefixAndEnding() {
    put("الكتاب", "وجدتُ الكتابَ في المكتبة.");
    put("كِتَابٌ", "هذا كِتَابٌ قديم.");
    put("والكتاب", "القلم والكتاب على الطاولة.");
    put("كتابه", "نسي كتابه في القطار.");
    put("قلم", "اشتريت قلما أزرق.");
    for (String typed : List.of("كتاب ", "كتاب", "الكتاب ", "كِتَاب ")) {
      assertEquals(4, titles(typed).size(), typed);
      assertTrue(!titles(typed).contains("قلم"), typed);
    }
    assertEquals(List.of("كِتَابٌ"), marked("كتاب قديم ").subList(0, 1));
  }

  @Test
  void findsEnglishWordsInOtherForms() {
    put("Heating", "The heating is broken since Monday.");
    put("Walk", "Two children went home with frozen feet.");
    put("Other", "Nothing of that is here.");
    for (String typed : List.of("broke ", "break ", "breaking ", "breaks ", "broken ")) {
      assertEquals(List.of("Heating"), titles(typed), typed);
      assertEquals(List.of("broken"), marked(typed));
    }
    for (String typed : List.of("child ", "go ", "froze ", "foot ", "goes home ")) {
      assertEquals(List.of("Walk"), titles(typed), typed);
    }
  }

  @Test
  void aFormThatIsAWordOfItsOwnIsFoundAsBoth() {
    put("Flower", "She gave me a rose.");
    put("Prices", "The prices rise again.");
    assertEquals(List.of("Flower", "Prices"), titles("rose "));
    assertEquals(List.of("Prices", "Flower"), titles("rising "));
  }

  @Test
  void theLastWordMayGoOnWhileItIsTyped() {
    put("Letter", "Dear Ms Keller, the radiators are cold. مرحبا بالمهندسين");
    for (int length = 2; length <= "radiators".length(); length++) {
      String typed = "keller " + "radiators".substring(0, length);
      assertEquals(List.of("Letter"), titles(typed), typed);
    }
    assertEquals(List.of(), titles("radia "), "a finished word is no beginning");
    assertEquals(List.of("Letter"), titles("المهند"));
    assertEquals(List.of("Keller", "radiators"), marked("keller rad"));
  }

  @Test
  void theBeginningOfAnIrregularWordFindsItsForms() {
    put("Heating", "It is broken.");
    assertEquals(List.of("Heating"), titles("brea"));
    assertEquals(List.of("Heating"), titles("brok"));
  }

  @Test
  void aPhraseIsFoundInItsOrderAndForm() {
    put("One", "To be or not to be, that is the question.");
    put("Two", "Not to question the one that is to be.");
    assertEquals(List.of("One"), titles("\"to be or not to be\""));
    assertEquals(List.of("One"), titles("\"or not to b"), "while it is typed");
    assertEquals(List.of(), titles("\"questions\""));
    assertEquals(List.of("not to be"), marked("\"not to be\""));
    put("Three", "Write an e-mail. The mail has an e.");
    assertEquals(List.of("Three"), titles("e-mail"));
    assertEquals(List.of("e-mail"), marked("e-mail"));
  }

  @Test
  void titlesComeFirstAndTheirWordsAreMarked() {
    put("Garden", "Tomatoes and the invoice for the seeds, and the invoice for the soil.");
    put("Invoice for May", "Please pay.");
    List<Hit> found = hits("invoice");
    assertEquals(List.of("Invoice for May", "Garden"), found.stream().map(Hit::title).toList());
    assertEquals(List.of(new TextRange(0, 7)), found.getFirst().titleMarks());
    assertEquals("Please pay.", found.getFirst().snippet().text());
    assertTrue(found.getFirst().place().isEmpty());
  }

  @Test
  void tagsAreFoundWithOrWithoutWords() {
    put("A", "Call the plumber #home #todo");
    put("B", "---\ntitle: x\ntags: [Work, \"todo\"]\n---\nCall the bank");
    put("C", "---\ntags:\n  - work/clients\nother: 1\n---\nCall nobody. `#todo` is code.");
    put("D", "Issue #12 and\n# todo\n\nand a#todo are none.");
    assertEquals(List.of("A", "B"), sorted("#todo"));
    assertEquals(List.of("B", "C"), sorted("tag:work"));
    assertEquals(List.of("B", "C"), sorted("#WO"), "while it is typed");
    assertEquals(List.of(), sorted("#wo "));
    assertEquals(List.of("A"), sorted("call #home #todo"));
    assertEquals(List.of("C"), sorted("tag:work/clients call"));
  }

  private List<String> sorted(String typed) {
    return titles(typed).stream().sorted().toList();
  }

  @Test
  void datesAreThoseOfTheLastChange() {
    put("Old", "walk", Instant.parse("2025-12-31T23:59:59Z"));
    put("January", "walk", Instant.parse("2026-01-01T00:00:00Z"));
    put("March", "walk", Instant.parse("2026-03-10T08:00:00Z"));
    assertEquals(List.of("March", "January"), titles("after:2026-01-01"));
    assertEquals(List.of("March", "January"), titles("بعد:٢٠٢٦-٠١"));
    assertEquals(List.of("Old"), titles("before:2026"));
    assertEquals(List.of("January"), titles("walk after:2026-1-1 before:2026-03-10"));
    assertEquals(3, titles("walk after:202").size(), "a date that is not finished");
    assertEquals(3, titles("walk before:2026-02-31").size());
  }

  @Test
  void notesWithAllWordsComeBeforeThoseWithSome() {
    put("All", "The dentist moved the appointment in the harbour street.");
    put("Some", "dentist dentist dentist appointment");
    put("None", "Bread and butter");
    assertEquals(List.of("All", "Some"), titles("harbour dentist appointment"));
    assertEquals(List.of("All"), titles("harbour dentist "), "two words are both wanted");
    assertEquals(List.of("All"), titles("harbour zebra "), "unless no note has them");
  }

  @Test
  void wordsThatAnyTextHasDoNotKeepNotesOut() {
    put("Heating", "Heating broken.");
    assertEquals(List.of("Heating"), titles("when was the heating broken"));
    put("Hamlet", "What is the?");
    assertEquals(List.of("Hamlet"), titles("what is the"), "unless there is nothing else");
  }

  @Test
  void aSlipIsForgivenWhereNoNoteHasTheWord() {
    put("Café", "The Kitchen of Müller");
    assertEquals(List.of("Café"), titles("kichen "));
    assertEquals(List.of("Café"), titles("cafe "));
    assertEquals(List.of("Café"), titles("muller"));
  }

  @Test
  void whatWasChangedIsFoundByItsNewWordsAlone() {
    put("Diary", "Sunshine");
    put("Diary", "Rain");
    assertEquals(List.of(), titles("sunshine"));
    assertEquals(List.of("Diary"), titles("rain"));
    index.remove(hits("rain").getFirst().id());
    index.refresh();
    assertEquals(List.of(), titles("rain"));
  }

  @Test
  void aSnippetShowsWhereMostOfTheWordsAre() {
    String filler = "Nothing of interest happens in this sentence at all. ".repeat(20);
    String text = "A boiler.\n\n" + filler + "Then  the boiler\nmade a *noise* at night. " + filler;
    put("Long", text);
    Hit hit = hits("boiler noise").getFirst();
    assertEquals(List.of("boiler", "noise"), marked("boiler noise"));
    assertTrue(hit.snippet().text().contains("the boiler made a *noise* at night."));
    assertTrue(hit.snippet().text().startsWith("…") && hit.snippet().text().endsWith("…"));
    assertTrue(hit.snippet().text().length() <= Snippet.LENGTH + 2, hit.snippet().text());
    assertEquals(text.indexOf("boiler\nmade"), hit.place().orElseThrow().start());
  }

  @Provide
  Arbitrary<String> typed() {
    Arbitrary<String> parts =
        Arbitraries.of(
            "\"",
            "#",
            "tag:",
            "before:",
            "after:",
            "2026-01",
            "-",
            "*",
            "?",
            "~",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            "AND",
            "OR",
            "NOT",
            "+",
            "^",
            "\\",
            ":",
            "/",
            "boiler",
            "كتاب",
            "ال",
            "\u0001",
            "\ud83d",
            "😀",
            "قبل:",
            "9999-99-99",
            "--",
            "'",
            "’s",
            "a",
            " ",
            " ",
            "\n",
            "«",
            "»",
            "你好",
            "e-mail",
            "0".repeat(300),
            "\u202e");
    return Arbitraries.oneOf(
        parts.list().ofMaxSize(12).map(list -> String.join("", list)),
        Arbitraries.strings().ofMaxLength(60));
  }

  @Property(tries = 250)
  void whateverIsTypedIsAnsweredAndItsMarksAreInOrder(
      @ForAll("typed") String typed, @ForAll("typed") String text) {
    NoteIndex one = FUZZED;
    one.put(
        new Note(
            new DocumentId(new UUID(0, 1)),
            text,
            text + " the boiler's noise #home " + typed,
            JANUARY));
    one.refresh();
    for (Hit hit : one.search(NoteQuery.parse(typed, ZONE), 10)) {
      inOrder(hit.titleMarks(), hit.title());
      inOrder(hit.snippet().marks(), hit.snippet().text());
    }
  }

  private static final NoteIndex FUZZED = new NoteIndex();

  private static void inOrder(List<TextRange> marks, String text) {
    int end = 0;
    for (TextRange mark : marks) {
      assertTrue(mark.start() >= end && mark.length() > 0 && mark.end() <= text.length());
      assertEquals(mark.of(text).strip(), mark.of(text));
      end = mark.end();
    }
  }

  @Property(tries = 40)
  void aWordOfATextFindsIt(@ForAll("words") List<String> words) {
    NoteIndex one = FUZZED;
    one.put(new Note(new DocumentId(new UUID(0, 1)), "", String.join(" ", words), JANUARY));
    one.refresh();
    for (String word : words) {
      for (String typed :
          List.of(word, word + " ", word.toUpperCase(Locale.ROOT), "\"" + word + "\"")) {
        List<Hit> found = one.search(NoteQuery.parse(typed, ZONE), 10);
        assertEquals(1, found.size(), typed);
        Snippet snippet = found.getFirst().snippet();
        assertTrue(!snippet.marks().isEmpty(), typed);
      }
    }
  }

  @Provide
  Arbitrary<List<String>> words() {
    return Arbitraries.oneOf(
            Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(9),
            Arbitraries.strings().withCharRange('ا', 'غ').ofMinLength(2).ofMaxLength(7),
            Arbitraries.of(IrregularForms.all().keySet().stream().sorted().toList()))
        .list()
        .ofMinSize(1)
        .ofMaxSize(12);
  }
}
