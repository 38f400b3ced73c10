package org.qalam.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/** Models that are moved to a card, which may be taken out. */
class ModelsPlaceTest {
  @TempDir Path folder;

  private Path home;
  private Path card;
  private ModelsPlace place;

  @BeforeEach
  void twoModels() throws Exception {
    home = Files.createDirectory(folder.resolve("home"));
    card = Files.createDirectory(folder.resolve("card"));
    place = ModelsPlace.of(home);
    model(place.usual(), "one", 3_000_000);
    model(place.usual(), "two", 10);
  }

  private static ModelManifest model(Path models, String id, int bytes) throws IOException {
    Path model = Files.createDirectories(models.resolve(id));
    byte[] weights = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      weights[i] = (byte) (i * 31 + id.hashCode());
    }
    Path data = Files.write(model.resolve("model.onnx.data"), weights);
    Path prepared = Files.createDirectories(model.resolve("prepared"));
    Files.writeString(prepared.resolve("graph"), id);
    ModelManifest manifest =
        new ModelManifest(
            ModelManifest.FORMAT,
            id,
            id,
            "llama",
            "",
            "",
            "",
            1,
            1,
            1,
            1,
            1,
            1,
            "",
            "",
            List.of(),
            "",
            List.of(),
            List.of(
                new ModelManifest.FileEntry(
                    "model.onnx.data",
                    bytes,
                    ModelFolder.sha256(data, Progress.NONE, new CancellationToken()))));
    ModelFolder.write(model, manifest);
    return manifest;
  }

  /** All files below a folder and what is in them; the mark of the place is none of the models'. */
  private static Map<String, String> files(Path folder) throws Exception {
    Map<String, String> files = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> tree = Files.walk(folder)) {
        for (Path file : tree.filter(Files::isRegularFile).toList()) {
          files.put(
              folder.relativize(file).toString(),
              ModelFolder.sha256(file, Progress.NONE, new CancellationToken()));
        }
      }
    }
    files.remove(ModelsPlace.MARK);
    return files;
  }

  private List<String> listed() {
    return new ModelCatalog(ModelsPlace.of(home), List.of())
        .list().stream().map(InstalledModel::id).toList();
  }

  @Test
  void allOfThemMoveWithWhatWasPreparedAndAreFoundThere() throws Exception {
    Map<String, String> before = files(place.usual());
    Map<Long, Long> heard = new HashMap<>();
    ModelsPlace.Moved moved = place.move(card, heard::put, new CancellationToken());
    assertEquals(new ModelsPlace.Moved(card, 2, true), moved);
    assertEquals(before, files(card));
    assertFalse(Files.exists(place.usual()));
    assertEquals(List.of("one", "two"), listed());
    assertTrue(heard.entrySet().stream().anyMatch(all -> all.getKey().equals(all.getValue())));
    // and back, where nothing tells of the card any more
    var _ = place.move(place.usual(), Progress.NONE, new CancellationToken());
    assertEquals(before, files(place.usual()));
    assertFalse(Files.exists(home.resolve(ModelsPlace.SETTING)));
    assertEquals(List.of("one", "two"), listed());
  }

  @Test
  void aCardThatIsTakenOutIsOneSentenceAndNothingIsMadeInItsPlace() throws Exception {
    var _ = place.move(card, Progress.NONE, new CancellationToken());
    Path away = folder.resolve("away");
    Files.move(card, away);
    Files.createDirectory(card); // what the system leaves of a card's folder
    assertEquals(
        Optional.of(
            "Your models are kept in "
                + card
                + ", which is not there: put in the card or disk that it is on, or choose another"
                + " folder. The models that came with Qalam can be used."),
        place.missing());
    assertEquals(List.of(), listed());
    assertThrows(CatalogException.class, place::require);
    assertEquals(Map.of(), files(card));
    Files.delete(card);
    Files.move(away, card);
    assertEquals(List.of("one", "two"), listed());
  }

  @Test
  void withoutTheCardAnotherFolderCanBeChosen() throws Exception {
    var _ = place.move(card, Progress.NONE, new CancellationToken());
    ModelCatalog.deleteTree(card);
    ModelsPlace.Moved moved = place.move(place.usual(), Progress.NONE, new CancellationToken());
    assertEquals(0, moved.models());
    assertEquals(Optional.empty(), place.missing());
  }

  @Test
  void aMoveThatIsStoppedLeavesEverythingAsItWas() throws Exception {
    Map<String, String> before = files(folder);
    CancellationToken token = new CancellationToken();
    assertThrows(
        CancellationException.class,
        () ->
            place.move(
                card,
                (done, total) -> {
                  if (done > total * 2 / 3) {
                    token.cancel();
                  }
                },
                token));
    assertEquals(before, files(folder));
    assertEquals(List.of("one", "two"), listed());
  }

  @Test
  void anotherModelOfTheSameNameIsNotReplacedAndTheSameOneIsNotCopiedAgain() throws Exception {
    Files.writeString(card.resolve(ModelsPlace.MARK), "");
    Files.createDirectories(card.resolve("one"));
    Files.writeString(card.resolve("one").resolve("model.onnx.data"), "another");
    Map<String, String> before = files(folder);
    CatalogException e =
        assertThrows(
            CatalogException.class, () -> place.move(card, Progress.NONE, new CancellationToken()));
    assertTrue(String.valueOf(e.getMessage()).contains("another model has this name"));
    assertEquals(before, files(folder));
    ModelCatalog.deleteTree(card.resolve("one"));
    model(card, "one", 3_000_000);
    assertEquals(2, place.move(card, Progress.NONE, new CancellationToken()).models());
    assertEquals(List.of("one", "two"), listed());
  }

  @Test
  void aFolderWithOtherThingsGetsOneForTheModels() throws Exception {
    Files.writeString(card.resolve("holiday.jpg"), "x");
    ModelsPlace.Moved moved = place.move(card, Progress.NONE, new CancellationToken());
    assertEquals(card.resolve(ModelsPlace.NAME), moved.folder());
    assertEquals(List.of("one", "two"), listed());
  }

  @Test
  void aFolderInThePresentOneIsRefused() {
    assertThrows(
        CatalogException.class,
        () -> place.move(place.usual().resolve("in"), Progress.NONE, new CancellationToken()));
    assertThrows(
        CatalogException.class,
        () -> place.move(place.usual(), Progress.NONE, new CancellationToken()));
    assertEquals(List.of("one", "two"), listed());
  }

  @Test
  void aModelToCarryIsItsManifestAndTheFilesThatItNames() throws Exception {
    ModelCatalog catalog = new ModelCatalog(place, List.of());
    Path carried =
        ModelCatalog.copy(catalog.require("one"), card, Progress.NONE, new CancellationToken());
    assertEquals(card.resolve("one"), carried);
    assertEquals(List.of("manifest.json", "model.onnx.data"), List.copyOf(files(carried).keySet()));
    assertEquals(
        catalog.require("one").manifest(),
        ModelFolder.verify(carried, Progress.NONE, new CancellationToken()));
    Files.writeString(place.usual().resolve("two").resolve("model.onnx.data"), "0123456789");
    assertThrows(
        CatalogException.class,
        () ->
            ModelCatalog.copy(
                catalog.require("two"), card, Progress.NONE, new CancellationToken()));
    assertFalse(Files.exists(card.resolve("two")));
    assertEquals(List.of("one"), List.of(String.valueOf(card.toFile().list()[0])));
  }
}
