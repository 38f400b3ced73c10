package org.qalam.ui.window;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.stage.Stage;
import org.qalam.document.DocumentId;
import org.qalam.document.Shelf;
import org.qalam.store.DocumentStore;
import org.qalam.store.h2.H2DocumentStore;
import org.qalam.ui.editor.SteppedTime;

/**
 * Draws the versions of an English and an Arabic document, the bin and what is asked before
 * printing, light and dark. Run its {@code main} on the headless platform.
 */
final class VersionsGallery {
  private static final String LETTER =
      """
      # A letter to the landlord

      The heating in our flat has been cold since the first of November. We told the office twice.

      Nobody came. Nobody called. On the 14th it was 12 degrees in the children's room.

      We ask you to have it mended by Friday.

      Yours,

      the third floor
      """;

  private final Path home;
  private final Stage[] stage = new Stage[1];
  private final DocumentStore[] store = new DocumentStore[1];

  private VersionsGallery(Path home) {
    this.home = home;
  }

  public static void main(String[] arguments) throws Exception {
    Files.createDirectories(Shots.FOLDER);
    Platform.setImplicitExit(false);
    Platform.startup(() -> {});
    try {
      for (String look : new String[] {"light", "dark"}) {
        new VersionsGallery(Files.createTempDirectory("gallery")).draw(look);
      }
    } finally {
      Platform.exit();
    }
  }

  private DocumentId write(String title, String... texts) {
    DocumentId id = store[0].create(title, texts[0]).id();
    for (int i = 1; i < texts.length; i++) {
      store[0].keepRevision(id, i == 1 ? "" : i == 2 ? "Sent to Samira / أُرسلت" : "");
      store[0].save(id, texts[i], 0);
    }
    return id;
  }

  private void draw(String look) throws Exception {
    Files.createDirectories(home.resolve("store"));
    Shots.onUi(() -> {
      store[0] = H2DocumentStore.open(home.resolve("store"));
      store[0].putSetting(WindowViewModel.THEME, look);
      store[0].putSetting(WindowViewModel.GEOMETRY, "0.0 0.0 1180.0 780.0 false");
      for (String gone :
          new String[] {
            "Shopping", "A very long title that does not fit into the row of a bin", "مسودة قديمة"
          }) {
        store[0].delete(write(gone, "Some words.\n\nAnd more."));
      }
      DocumentId arabic =
          write(
              "",
              "كتاب قديم\n\nهذا كتاب قديم عن البحر.\n\nلم يقرأه أحد منذ عشر سنوات.",
              "كتاب قديم\n\nهذا كتاب جديد عن البحر.\n\nلم يقرأه أحد منذ عشر سنوات.",
              "كتاب جديد\n\nهذا كتاب جديد عن البحر والسفن.\n\nلم يقرأه أحد منذ عشر سنوات.");
      DocumentId english =
          write(
              "",
              LETTER.replace("twice", "once"),
              LETTER,
              LETTER
                  .replace("Nobody came. Nobody called. ", "")
                  .replace("Friday", "Monday, the 1st of December"));
      store[0].putShelf(english, Shelf.NONE.in("Letters"));
      store[0].putShelf(arabic, Shelf.NONE.in("كتب").pinned(true));
      store[0].putSetting("window.document", (look.equals("light") ? english : arabic).toString());
      stage[0] = new Stage();
      var _ =
          WholeWindow.show(stage[0], store[0], home.resolve("models"), new SteppedTime(), () -> {});
    });
    Thread.sleep(Duration.ofSeconds(1));
    shoot("library-" + look, () -> {});
    shoot("versions-" + look, () -> fire("#tool-view-list", "versions"));
    shoot("versions-older-" + look, () -> list("#versions").getSelectionModel().selectLast());
    shoot("versions-now-" + look, () -> list("#versions").getSelectionModel().selectFirst());
    shoot("bin-" + look, () -> fire("#versions-close", "bin"));
    Shots.onUi(() -> fire("#bin-close", "print"));
    Thread.sleep(Duration.ofSeconds(8)); // the first pages of a run
    shoot("print-" + look, () -> {});
    shoot("bin-" + look, () -> fire("#print-close", "bin"));
    Shots.onUi(() -> stage[0].setWidth(640));
    shoot("bin-narrow-" + look, () -> {});
    shoot("versions-narrow-" + look, () -> fire("#bin-close", "versions"));
    Shots.onUi(() -> {
      stage[0].hide();
      store[0].close();
    });
  }

  /** Closes what is open, and chooses an item of the menu. */
  private void fire(String close, String item) {
    if (close.endsWith("-close")) {
      ((Button) node(close)).fire();
    }
    MenuButton menu = (MenuButton) node(".main-menu");
    menu.getItems().stream()
        .flatMap(each -> each instanceof Menu inner ? inner.getItems().stream() : Stream.of(each))
        .filter(each -> item.equals(each.getId()))
        .findFirst()
        .orElseThrow()
        .fire();
  }

  private ListView<?> list(String query) {
    return (ListView<?>) node(query);
  }

  private Node node(String query) {
    return Objects.requireNonNull(stage[0].getScene().getRoot().lookup(query), query);
  }

  private void shoot(String name, Runnable first) throws Exception {
    Shots.onUi(first);
    Thread.sleep(Duration.ofMillis(700));
    Shots.onUi(() -> Shots.write(name, stage[0].getScene().snapshot(null)));
  }
}
