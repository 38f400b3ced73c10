package org.qalam.store.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.Folders;
import org.qalam.document.Document;
import org.qalam.document.DocumentId;
import org.qalam.store.Repair;
import org.qalam.store.StoreException;

/**
 * Damage of three kinds in one of the three places where a text is. Run with {@code
 * -Dqalam.damages=1000} for 1,000 flipped bits, 500 files cut short and 200 zeroed pages.
 */
class DamageTest {
  private static final int PAGE = 4096;
  private static final int DOCUMENTS = 40;

  /** What happens to a file. */
  private enum Damage {
    FLIPPED_BIT {
      @Override
      byte[] in(byte[] file, Random random) {
        byte[] flipped = file.clone();
        int bit = random.nextInt(8 * file.length);
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        return flipped;
      }
    },
    CUT_SHORT {
      @Override
      byte[] in(byte[] file, Random random) {
        return Arrays.copyOf(file, random.nextInt(file.length));
      }
    },
    ZEROED_PAGE {
      @Override
      byte[] in(byte[] file, Random random) {
        byte[] zeroed = file.clone();
        int start = random.nextInt((file.length + PAGE - 1) / PAGE) * PAGE;
        Arrays.fill(zeroed, start, Math.min(start + PAGE, file.length), (byte) 0);
        return zeroed;
      }
    };

    abstract byte[] in(byte[] file, Random random);
  }

  @TempDir Path folder;

  private final Random random = new Random(20261126);
  private final Map<DocumentId, Document> documents = new HashMap<>();
  private int asked;
  private int found;
  private int mended;

  private Path good() {
    return folder.resolve("good");
  }

  /** Documents of which some are in a backup, some in the journal, and some in both. */
  @BeforeEach
  void write() {
    List<DocumentId> ids = new ArrayList<>();
    try (H2DocumentStore store = H2DocumentStore.open(good())) {
      for (int i = 0; i < DOCUMENTS; i++) {
        ids.add(store.create(i % 3 == 0 ? "Title " + i : "", text(i)).id());
      }
    }
    try (H2DocumentStore store = H2DocumentStore.open(good())) {
      for (int i = 0; i < DOCUMENTS; i += 3) {
        store.save(ids.get(i), text(100 + i), 1);
      }
      ids.forEach(id -> documents.put(id, store.find(id).orElseThrow()));
    }
  }

  private String text(int number) {
    StringBuilder text = new StringBuilder("# Document " + number + "\n");
    while (text.length() < 1_500) {
      text.append(Long.toString(random.nextLong(), 36)).append(' ');
    }
    return text.toString();
  }

  @Test
  void damageInOnePlaceNeverGivesAWrongTextAndDocumentsComeBack() throws Exception {
    int bits = Integer.getInteger("qalam.damages", 8);
    for (String place : List.of("qalam.mv.db", "journal", "backups")) {
      damage(place, Damage.FLIPPED_BIT, share(bits, place));
      damage(place, Damage.CUT_SHORT, share(bits / 2, place));
      damage(place, Damage.ZEROED_PAGE, share(bits / 5, place));
    }
    System.out.printf("%d documents asked for, %d found, %d files mended%n", asked, found, mended);
    assertTrue(found >= 0.999 * asked, found + " of " + asked);
    assertTrue(mended > 0, "no damage was found");
  }

  /** Half of the trials are for the database. */
  private static int share(int trials, String place) {
    return place.equals("qalam.mv.db") ? trials / 2 : Math.max(trials / 4, 1);
  }

  private void damage(String place, Damage kind, int trials) throws IOException {
    for (int trial = 0; trial < trials; trial++) {
      Path data = folder.resolve("data");
      Folders.copy(good(), data);
      List<Path> files = files(data.resolve(place));
      Path file = files.get(random.nextInt(files.size()));
      Files.write(file, kind.in(Files.readAllBytes(file), random));
      look(data, kind + " in " + place + ", trial " + trial);
      Folders.delete(data);
    }
  }

  private static List<Path> files(Path place) throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private void look(Path data, String trial) {
    asked += documents.size();
    try (H2DocumentStore store = H2DocumentStore.open(data)) {
      mended += store.repair().isPresent() ? 1 : 0;
      int here = 0;
      for (Document document : documents.values()) {
        Optional<Document> now = store.find(document.id());
        // The very document: text, title, revision, caret and times.
        now.ifPresent(it -> assertEquals(document, it, trial));
        here += now.isPresent() ? 1 : 0;
      }
      found += here;
      int lost = store.repair().map(Repair::lost).orElse(0);
      assertEquals(documents.size() - here, lost, trial + ": what is lost is not told");
      assertEquals(here, store.list().size(), trial);
    } catch (StoreException e) {
      System.out.println(trial + ": " + e.getMessage());
    }
  }
}
