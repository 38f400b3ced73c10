package org.qalam.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.document.Document;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.secret.DataKey;
import org.qalam.secret.Seal;

/** Search by meaning with a model that knows three meanings, by the words that it was told. */
class MeaningsTest {
  private static final List<List<String>> MEANINGS =
      List.of(
          List.of("heating", "radiator", "cold"),
          List.of("money", "rent", "bank"),
          List.of("bread", "flour", "cake"));

  @TempDir Path folder;

  private final List<String> computed = Collections.synchronizedList(new ArrayList<>());
  private final AtomicBoolean isBusy = new AtomicBoolean();
  private final Map<DocumentId, Document> documents = new LinkedHashMap<>();

  private float[] vector(String text) {
    if (!text.isEmpty()) {
      computed.add(text);
    }
    float[] vector = new float[MEANINGS.size() + 1];
    for (int i = 0; i < MEANINGS.size(); i++) {
      vector[i] = MEANINGS.get(i).stream().anyMatch(text::contains) ? 1 : 0;
    }
    vector[MEANINGS.size()] = 0.1f;
    double length = 0;
    for (float each : vector) {
      length += each * each;
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= (float) Math.sqrt(length);
    }
    return vector;
  }

  private NoteSearch open() throws InterruptedException {
    NoteSearch search = unready();
    search.awaitMeanings();
    return search;
  }

  private NoteSearch unready() {
    NoteSearch search = search();
    search.follow(list()).join();
    return search;
  }

  private NoteSearch search() {
    return new NoteSearch(
        source(), () -> this::vector, "three-meanings", folder.resolve("vectors"), isBusy::get);
  }

  private NoteSearch.Source source() {
    return ids -> CompletableFuture.completedFuture(ids.stream().map(documents::get).toList());
  }

  private DocumentId save(String text) {
    DocumentId id = DocumentId.random();
    Instant time = Instant.ofEpochSecond(1_760_000_000L + documents.size());
    documents.put(id, new Document(id, "", text, 1, 0, time, time));
    return id;
  }

  private List<DocumentSummary> list() {
    return documents.values().stream()
        .map(each ->
            new DocumentSummary(each.id(), each.text(), "", 1, each.created(), each.modified()))
        .toList();
  }

  private static List<DocumentId> found(NoteSearch search, String typed) {
    return search.search(typed, 10).join().stream().map(Hit::id).toList();
  }

  @Test
  void aQuestionInOtherWordsFindsTheNoteAndItsPlace() throws Exception {
    DocumentId heating = save("Letter\n\nThe heating is out of order.");
    save("Recipe\n\nMix flour and water.");
    try (NoteSearch search = open()) {
      List<Hit> hits = search.search("why is our radiator so cold", 10).join();
      assertEquals(List.of(heating), hits.stream().map(Hit::id).toList());
      Document document = documents.get(heating);
      assertTrue(
          hits.getFirst()
              .place()
              .orElseThrow()
              .of(Objects.requireNonNull(document).text())
              .endsWith("The heating is out of order."));
      assertEquals(List.of(), found(search, "why is our radiator so cold before:2020"));
    }
  }

  @Test
  void whatBothFindComesFirst() throws Exception {
    save("A cold day in the hills, and why not.");
    DocumentId both = save("Why the radiator is cold");
    DocumentId meaning = save("The heating again");
    try (NoteSearch search = open()) {
      List<DocumentId> found = found(search, "why is the radiator cold");
      assertEquals(both, found.getFirst());
      assertTrue(found.contains(meaning));
    }
  }

  @Test
  void aWordThatNotesHaveIsLookedUpByItself() throws Exception {
    DocumentId letter = save("A letter to the bank");
    save("The rent");
    try (NoteSearch search = open()) {
      assertEquals(List.of(letter), found(search, "bank"));
    }
  }

  @Test
  void whatWasComputedIsNotComputedAgainAfterARestart() throws Exception {
    save("The heating");
    save("The bread");
    open().close();
    computed.clear();
    DocumentId rent = save("The rent");
    try (NoteSearch search = open()) {
      assertEquals(List.of("The rent"), List.copyOf(computed));
      assertEquals(List.of(rent), found(search, "how much money then"));
    }
  }

  @Test
  void aDamagedFileCostsTimeAndNothingElse() throws Exception {
    for (int i = 0; i < 20; i++) {
      save("Note " + i + " on heating");
    }
    open().close();
    byte[] whole = Files.readAllBytes(folder.resolve("vectors"));
    Random random = new Random(7);
    for (int trial = 0; trial < 40; trial++) {
      byte[] damaged = whole.clone();
      if (trial % 2 == 0) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      } else {
        damaged = Arrays.copyOf(whole, random.nextInt(whole.length));
      }
      Files.write(folder.resolve("vectors"), damaged);
      try (NoteSearch search = open()) {
        assertEquals(10, found(search, "why is it so cold").size());
      }
    }
    assertEquals(whole.length, Files.size(folder.resolve("vectors")));
  }

  @Test
  void nothingIsComputedWhileALanguageModelWorks() throws Exception {
    isBusy.set(true);
    DocumentId heating = save("The heating");
    try (NoteSearch search = unready()) {
      Thread.sleep(400);
      assertEquals(List.of(), List.copyOf(computed));
      assertEquals(List.of(heating), found(search, "heating"), "words are found meanwhile");
      isBusy.set(false);
      search.awaitMeanings();
      assertEquals(List.of("The heating"), List.copyOf(computed));
    }
  }

  @Test
  void whatIsGoneIsNotFoundByItsMeaning() throws Exception {
    DocumentId heating = save("The heating");
    try (NoteSearch search = open()) {
      documents.remove(heating);
      search.follow(list()).join();
      assertEquals(List.of(), found(search, "why is it so cold"));
    }
  }

  @Test
  void howFarItIsReadIsTold() throws Exception {
    isBusy.set(true);
    save("The heating");
    save("The bread");
    List<MeaningProgress> told = Collections.synchronizedList(new ArrayList<>());
    try (NoteSearch search = search()) {
      search.onMeaning(told::add);
      search.follow(list()).join();
      assertEquals(new MeaningProgress(0, 2), told.getLast());
      isBusy.set(false);
      search.awaitMeanings();
    }
    assertTrue(told.contains(new MeaningProgress(1, 2)), told.toString());
    assertEquals(new MeaningProgress(2, 2), told.getLast());
  }

  @Test
  void withWhatIsKeptNothingIsComputedAndNothingForgotten() throws Exception {
    DocumentId heating = save("The heating is out of order");
    open().close();
    byte[] kept = Files.readAllBytes(folder.resolve("vectors"));
    DocumentId other = save("The radiator");
    computed.clear();
    try (NoteSearch search =
        NoteSearch.withKept(
            source(),
            () -> this::vector,
            "three-meanings",
            folder.resolve("vectors"),
            Optional.empty())) {
      search.follow(list()).join();
      search.awaitMeanings();
      assertEquals(List.of(), List.copyOf(computed));
      assertEquals(List.of(heating), found(search, "why is it so cold"));
      assertEquals(List.of(other), found(search, "radiator"));
    }
    assertArrayEquals(kept, Files.readAllBytes(folder.resolve("vectors")));
  }

  private List<String> passages(NoteSearch search, String question) {
    return search.passages(question, 5).join().stream()
        .map(found -> {
          String text = Objects.requireNonNull(documents.get(found.note())).text();
          assertEquals(found.passage().text(), found.passage().range().of(text));
          return found.passage().text();
        })
        .toList();
  }

  @Test
  void thePassageThatMayAnswerComesFromTheNoteThatSaysItInItsWordsOrOthers() throws Exception {
    String filler = "Something else altogether, which goes on for more than sixty letters. \n\n";
    save("Letter\n\n" + filler.repeat(9) + "The heating is out of order since Monday, they say.");
    save("Recipe\n\n" + filler + "Mix flour and water, and let it stand under a cloth over night.");
    String cold = "The heating is out of order since Monday, they say.";
    try (NoteSearch search = open()) {
      assertEquals(List.of(cold), passages(search, "Why is it so cold?"));
      assertEquals(List.of(cold), passages(search, "Since when is the heating out of order?"));
      assertEquals(List.of(), passages(search, "Who brings the money?"));
      assertEquals(List.of(), passages(search, "Why is it so cold? before:2020"));
      assertEquals(List.of(), passages(search, " "));
    }
    try (NoteSearch words = new NoteSearch(source())) {
      words.follow(list()).join();
      assertEquals(List.of(cold), passages(words, "Since which Monday is it out of order?"));
      assertEquals(List.of(), passages(words, "Why is it so cold?"));
    }
  }

  @Test
  void aModelThatCannotBeLoadedLeavesTheSearchByWords() throws Exception {
    DocumentId heating = save("The heating");
    try (NoteSearch search =
        new NoteSearch(
            ids -> CompletableFuture.completedFuture(ids.stream().map(documents::get).toList()),
            () -> {
              throw new IllegalStateException("no model");
            },
            "none",
            folder.resolve("vectors"),
            () -> false)) {
      search.follow(list()).join();
      search.awaitMeanings();
      assertEquals(List.of(heating), found(search, "why is the heating so cold"));
    }
  }

  @Test
  void theFileShrinksAtTheNextStartWhenMostNotesAreGone() throws Exception {
    List<DocumentId> ids = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      ids.add(save("Note " + i + " on heating"));
    }
    open().close();
    long before = Files.size(folder.resolve("vectors"));
    ids.stream().skip(2).forEach(documents::remove);
    computed.clear();
    save("The rent");
    open().close();
    assertTrue(Files.size(folder.resolve("vectors")) < before / 2);
    assertEquals(List.of("The rent"), List.copyOf(computed), "and nothing else was lost");
  }

  @Test
  void vectorsOfTextsThatAreGoneAreForgottenInTime() {
    Path file = folder.resolve("some");
    try (VectorFile kept = new VectorFile(file, "m", 4, Optional.empty())) {
      Stream.of("a", "b", "c", "d", "e")
          .forEach(text -> kept.put(text, NoteVectors.Vector.of(new float[] {1, 0, 0, 0})));
      kept.tidy();
      assertEquals(5, kept.size(), "they have just been put");
    }
    try (VectorFile kept = new VectorFile(file, "m", 4, Optional.empty())) {
      assertTrue(kept.find("a").isPresent() && kept.find("b").isPresent());
      kept.tidy();
      assertEquals(2, kept.size());
      kept.put("f", NoteVectors.Vector.of(new float[] {0, 1, 0, 0}));
    }
    try (VectorFile kept = new VectorFile(file, "m", 4, Optional.empty())) {
      assertEquals(3, kept.size());
      assertTrue(kept.find("f").isPresent() && kept.find("c").isEmpty());
    }
    try (VectorFile kept = new VectorFile(file, "another", 4, Optional.empty())) {
      assertEquals(0, kept.size());
    }
  }

  @Test
  void vectorsOfSecretTextsAreSealedAndThoseBeforeAreRemoved() throws Exception {
    Path file = folder.resolve("some");
    NoteVectors.Vector vector = NoteVectors.Vector.of(new float[] {0, 1, 0, 0.5f});
    try (VectorFile open = new VectorFile(file, "m", 4, Optional.empty())) {
      open.put("heating", vector);
    }
    byte[] readable = Files.readAllBytes(file);
    byte[] entry = Arrays.copyOfRange(readable, readable.length - 44, readable.length);
    Optional<Seal> seal = Optional.of(DataKey.random().seal("search"));
    try (VectorFile sealed = new VectorFile(file, "m", 4, seal)) {
      assertEquals(0, sealed.size());
      sealed.put("heating", vector);
      sealed.put("rent", vector);
    }
    String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    String hash = new String(Arrays.copyOf(entry, 16), StandardCharsets.ISO_8859_1);
    assertFalse(content.contains(hash));
    try (VectorFile sealed = new VectorFile(file, "m", 4, seal)) {
      assertArrayEquals(vector.numbers(), sealed.find("rent").orElseThrow().numbers());
    }
    try (VectorFile other =
        new VectorFile(file, "m", 4, Optional.of(DataKey.random().seal("search")))) {
      assertEquals(0, other.size(), "another key opens none");
    }
  }
}
