package org.qalam.store.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import org.qalam.Folders;
import org.qalam.document.Document;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;

/** The store against a plain list in memory that does the same. */
class StoreModelTest {
  /** What a writer does; {@code which} picks a document. */
  sealed interface Step {
    record Create(String title, String text) implements Step {}

    record Save(int which, String text, int caret) implements Step {}

    record Rename(int which, String title) implements Step {}

    record Delete(int which) implements Step {}

    record Undelete(int which) implements Step {}

    record Reopen() implements Step {}
  }

  /** A document as the model keeps it. */
  private static final class Kept {
    private DocumentId id = DocumentId.random();
    private String title = "";
    private String text = "";
    private int caret;
    private long revision = 1;
    private Instant modified = Instant.EPOCH;
    private boolean deleted;
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<String> titles = Arbitraries.strings().alpha().ofMaxLength(12);
    // Any UTF-16 units, halves of surrogate pairs and control characters included.
    Arbitrary<String> texts =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(200),
            Arbitraries.chars().all().list().ofMaxSize(40).map(StoreModelTest::join),
            Arbitraries.of("", "\n", "# Title\n\nمرحبا", "x".repeat(TextParts.PART_LENGTH + 1)));
    Arbitrary<Integer> which = Arbitraries.integers().between(0, 7);
    Arbitrary<Step> step =
        Arbitraries.frequencyOf(
            Tuple.of(3, Combinators.combine(titles, texts).as(Step.Create::new)),
            Tuple.of(
                8,
                Combinators.combine(which, texts, which)
                    .as((document, text, caret) ->
                        new Step.Save(document, text, Math.min(caret, text.length())))),
            Tuple.of(2, Combinators.combine(which, titles).as(Step.Rename::new)),
            Tuple.of(2, which.map(Step.Delete::new)),
            Tuple.of(2, which.map(Step.Undelete::new)),
            Tuple.of(1, Arbitraries.create(Step.Reopen::new)));
    return step.list().ofMinSize(1).ofMaxSize(30);
  }

  private static String join(List<Character> chars) {
    StringBuilder text = new StringBuilder();
    chars.forEach(text::append);
    return text.toString();
  }

  @Property(tries = 30, shrinking = ShrinkingMode.BOUNDED)
  void doesWhatAListInMemoryDoes(@ForAll("steps") List<Step> steps) throws IOException {
    Path folder = Files.createTempDirectory("qalam-model");
    StepClock clock = new StepClock();
    List<Kept> model = new ArrayList<>();
    H2DocumentStore store = H2DocumentStore.open(folder, "file", clock, Schema.migrations());
    try {
      for (Step step : steps) {
        switch (step) {
          case Step.Create(String title, String text) -> {
            Document made = store.create(title, text);
            Kept kept = new Kept();
            kept.id = made.id();
            kept.title = title;
            kept.text = text;
            kept.modified = made.modified();
            model.add(kept);
          }
          case Step.Save(int which, String text, int caret) when which < model.size() -> {
            Kept kept = model.get(which);
            if (!kept.text.equals(text)) {
              kept.revision++;
              kept.modified = clock.peek();
            }
            assertEquals(kept.revision, store.save(kept.id, text, caret));
            kept.text = text;
            kept.caret = caret;
          }
          case Step.Rename(int which, String title) when which < model.size() -> {
            store.rename(model.get(which).id, title);
            model.get(which).title = title;
          }
          case Step.Delete(int which) when which < model.size() -> {
            store.delete(model.get(which).id);
            model.get(which).deleted = true;
          }
          case Step.Undelete(int which) when which < model.size() -> {
            store.undelete(model.get(which).id);
            model.get(which).deleted = false;
          }
          case Step.Reopen() -> {
            store.close();
            store = H2DocumentStore.open(folder, "file", clock, Schema.migrations());
          }
          default -> {} // there is no such document yet
        }
        check(store, model);
      }
    } finally {
      store.close();
      Folders.delete(folder);
    }
  }

  private static void check(H2DocumentStore store, List<Kept> model) {
    List<DocumentId> expected =
        model.stream()
            .filter(kept -> !kept.deleted)
            .sorted(Comparator.comparing((Kept kept) -> kept.modified).reversed())
            .map(kept -> kept.id)
            .toList();
    assertEquals(expected, store.list().stream().map(DocumentSummary::id).toList());
    for (Kept kept : model) {
      if (kept.deleted) {
        assertEquals(true, store.find(kept.id).isEmpty());
      } else {
        Document found = store.find(kept.id).orElseThrow();
        assertEquals(kept.text, found.text());
        assertEquals(kept.title, found.title());
        assertEquals(kept.caret, found.caret());
        assertEquals(kept.revision, found.revision());
        assertEquals(kept.modified, found.modified());
      }
    }
  }
}
