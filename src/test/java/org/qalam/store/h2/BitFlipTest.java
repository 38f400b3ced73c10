package org.qalam.store.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.Folders;
import org.qalam.document.Decision;
import org.qalam.document.Document;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.document.Output;
import org.qalam.store.Repair;
import org.qalam.store.StoreException;

/**
 * Damage in a database of which there is no copy. Run with {@code -Dqalam.flips=400} for more
 * trials.
 */
class BitFlipTest {
  @TempDir Path folder;

  /** What became of a trial. */
  private enum Outcome {
    /** Nothing can be seen of it. */
    NO_EFFECT,
    /** Said of some documents, the others are there. */
    SOME_DAMAGED,
    /** Said of the whole file. */
    FILE_DAMAGED
  }

  @Test
  void aFlippedBitNeverGivesAWrongTextUnnoticed() throws Exception {
    int trials = Integer.getInteger("qalam.flips", 16);
    Random random = new Random(42);
    Path good = folder.resolve("good");
    Map<DocumentId, Document> documents = new HashMap<>();
    List<DocumentSummary> list;
    Output output = output("the proposal ".repeat(300));
    try (H2DocumentStore store = H2DocumentStore.open(good)) {
      for (int i = 0; i < 60; i++) {
        Document made = store.create(i % 3 == 0 ? "Title " + i : "", text(i, random));
        documents.put(made.id(), made);
      }
      store.add(output);
      store.note(decisions(output));
      store.putSetting("window", "1200x800");
      list = store.list();
    }
    byte[] file = Files.readAllBytes(good.resolve("qalam.mv.db"));
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    for (int trial = 0; trial < trials; trial++) {
      int bit = random.nextInt(file.length * 8);
      byte[] flipped = file.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Path data = folder.resolve("flipped");
      Files.createDirectories(data);
      Files.write(data.resolve("qalam.mv.db"), flipped);
      Outcome outcome = look(data, documents, list, output, "bit " + bit);
      outcomes.merge(outcome, 1, Integer::sum);
      Folders.delete(data);
    }
    System.out.println(trials + " flipped bits: " + outcomes);
    assertTrue(outcomes.containsKey(Outcome.SOME_DAMAGED), outcomes.toString());
  }

  private static List<Decision> decisions(Output output) {
    return IntStream.range(0, 40)
        .mapToObj(i ->
            new Decision(
                output.id(),
                output.document(),
                Instant.parse("2026-11-26T10:42:00Z").plusSeconds(i),
                i % 3 == 0 ? Decision.Verdict.REJECTED : Decision.Verdict.ACCEPTED,
                "words that were there " + i,
                "words that came " + i))
        .toList();
  }

  private static Outcome look(
      Path data,
      Map<DocumentId, Document> documents,
      List<DocumentSummary> expected,
      Output output,
      String trial) {
    boolean damaged = false;
    try (H2DocumentStore store = H2DocumentStore.open(data)) {
      List<DocumentSummary> list = store.list();
      int lost = store.repair().map(Repair::lost).orElse(0);
      damaged |= store.repair().isPresent();
      assertEquals(documents.size(), list.size() + lost, trial);
      for (DocumentSummary summary : list) {
        if (summary.modified().equals(Instant.EPOCH)) {
          damaged = true; // shown for what it is, without facts that cannot be trusted
        } else {
          assertTrue(expected.contains(summary), trial + ": " + summary);
        }
      }
      for (Document document : documents.values()) {
        try {
          Optional<Document> found = store.find(document.id());
          damaged |= found.isEmpty();
          if (found.isPresent()) {
            assertEquals(document.text(), found.get().text(), trial);
            damaged |= !document.equals(found.get());
          }
        } catch (StoreException e) {
          damaged = true;
        }
      }
      List<Output> outputs = store.outputs(output.document());
      assertTrue(outputs.isEmpty() || outputs.equals(List.of(output)), trial);
      List<Decision> decisions = store.decisions(output.document());
      assertTrue(decisions(output).containsAll(decisions), trial);
      damaged |= decisions.size() < decisions(output).size();
      Optional<String> setting = store.setting("window");
      assertTrue(setting.isEmpty() || setting.get().equals("1200x800"), trial);
      damaged |= outputs.isEmpty() || setting.isEmpty();
    } catch (StoreException e) {
      return Outcome.FILE_DAMAGED;
    }
    return damaged ? Outcome.SOME_DAMAGED : Outcome.NO_EFFECT;
  }

  @Test
  void aDamagedTextIsSaidByNameAndHidesNoOther() throws Exception {
    String text = "beyond the preview ".repeat(20) + "ELEPHANT";
    DocumentId bad;
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      bad = store.create("Diary", text).id();
      store.create("", "another text");
    }
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      damage("UPDATE text_part SET body = REPLACE(body, 'ELEPHANT', 'ELEPHAMT')");
      StoreException e =
          H2DocumentStoreTest.assertReason(
              StoreException.Reason.DAMAGED, () -> store.find(bad).ifPresent(System.out::println));
      assertTrue(e.toString().contains("The text of document “Diary” ("), e.toString());
      assertEquals(
          List.of("another text", "Diary"),
          store.list().stream().map(DocumentSummary::title).toList());
      // Saving it anew from the window heals it.
      store.save(bad, text, 0);
      assertEquals(text, store.find(bad).orElseThrow().text());
    }
  }

  @Test
  void aDamagedTitleIsNotShownButItsTextIs() throws Exception {
    DocumentId bad;
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      bad = store.create("GIRAFFE", "first line\nsecond").id();
    }
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      damage("UPDATE document SET title = 'GIRAFEE', shown_title = 'GIRAFEE'");
      assertEquals("first line", store.list().getFirst().title());
      Document found = store.find(bad).orElseThrow();
      assertEquals("", found.title());
      assertEquals("first line\nsecond", found.text());
      store.delete(bad);
      store.undelete(bad);
      store.rename(bad, "Better");
      assertEquals("Better", store.list().getFirst().title());
    }
  }

  /** What a fault of the database would do while it is open. */
  private void damage(String statement) {
    H2File file = new H2File(folder.toAbsolutePath().resolve("qalam.mv.db"), "file");
    try (Handle handle = file.open()) {
      handle.execute(statement);
    }
  }

  private static String text(int number, Random random) {
    StringBuilder text = new StringBuilder("# Document " + number + "\n");
    while (text.length() < 1_500) {
      text.append(Long.toString(random.nextLong(), 36)).append(' ');
    }
    return text.toString();
  }

  private static Output output(String text) {
    return new Output(
        UUID.randomUUID(),
        DocumentId.random(),
        Instant.EPOCH,
        "rewrite",
        "",
        "original",
        text,
        "model",
        "prompt",
        "{}",
        "",
        1,
        2,
        3,
        Output.Fate.PENDING);
  }
}
