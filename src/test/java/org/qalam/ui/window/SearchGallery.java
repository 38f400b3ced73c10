package org.qalam.ui.window;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.qalam.assist.Finding;
import org.qalam.search.NoteSearch;
import org.qalam.store.DocumentStore;
import org.qalam.store.h2.H2DocumentStore;
import org.qalam.ui.editor.SteppedTime;

/**
 * Draws documents that are found and asked about, in the window, light and dark, to {@code
 * target/gallery}. For people to look at: run its {@code main} on the headless platform.
 */
final class SearchGallery {
  private static final KeyEvent ENTER =
      new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.ENTER, false, false, false, false);

  private static final String[] NOTES = {
    "# Letter to the landlord\n\nDear Ms Keller,\n\nsince Monday the heating in the kitchen is broken. #home",
    "# Heating bill\n\nThe meter was read in March. It broke in April.",
    "# قائمة القراءة\n\nنسيت الكِتاب في القطار، ثم اشتريت كتابين آخرين من المكتبة. #home",
    "# Diary\n\nA long walk along the river, and then home. Somebody had broken the bench, and the heat was gone.",
    "# Recipe for bread\n\nFlour, water, salt.",
    "# كتاب الطبخ\n\nوصفات من بيت جدتي، والكتاب قديم.",
  };

  private final Path home;
  private final Stage[] stage = new Stage[1];
  private @Nullable WholeWindow window;

  private SearchGallery(Path home) {
    this.home = home;
  }

  public static void main(String[] arguments) throws Exception {
    Files.createDirectories(Shots.FOLDER);
    Platform.setImplicitExit(false);
    Platform.startup(() -> {});
    try {
      for (String look : new String[] {"light", "dark"}) {
        new SearchGallery(Files.createTempDirectory("gallery")).draw(look);
      }
    } finally {
      Platform.exit();
    }
  }

  private void draw(String look) throws Exception {
    Files.createDirectories(home.resolve("store"));
    DocumentStore[] store = new DocumentStore[1];
    NoteSearch[] search = new NoteSearch[1];
    Shots.onUi(() -> {
      store[0] = H2DocumentStore.open(home.resolve("store"));
      store[0].putSetting(WindowViewModel.THEME, look);
      store[0].putSetting(WindowViewModel.GEOMETRY, "0.0 0.0 1100.0 700.0 false");
      for (String text : NOTES) {
        var _ = store[0].create("", text);
      }
      stage[0] = new Stage();
      WholeWindow shown =
          WholeWindow.show(stage[0], store[0], home.resolve("models"), new SteppedTime(), () -> {});
      AtomicInteger computed = new AtomicInteger();
      search[0] =
          new NoteSearch(
              ids ->
                  CompletableFuture.supplyAsync(
                      () -> ids.stream().flatMap(id -> store[0].find(id).stream()).toList(),
                      Platform::runLater),
              () ->
                  _ -> {
                    computed.incrementAndGet();
                    return new float[] {1, 0};
                  },
              "none",
              home.resolve("vectors"),
              () -> computed.get() > 3);
      shown.window().library().searchBy(search[0]);
      shown.panel().askNotesBy(search[0], shown.window()::openAt);
      window = shown;
    });
    WholeWindow shown = Objects.requireNonNull(window);
    Shots.onUi(() -> press("#mode-ask-notes"));
    Shots.onUi(() -> Shots.write("ask-all-empty-" + look, stage[0].getScene().snapshot(null)));
    ask(
        shown,
        "What is broken in the kitchen?",
        "The heating in the kitchen is broken since Monday [1].");
    Shots.onUi(() -> Shots.write("ask-all-english-" + look, stage[0].getScene().snapshot(null)));
    Shots.onUi(() -> {
      VBox sources = (VBox) node("#sources");
      sources.getChildren().get(1).getOnMouseClicked().handle(null);
    });
    Thread.sleep(800);
    Shots.onUi(() -> Shots.write("ask-all-source-" + look, stage[0].getScene().snapshot(null)));
    ask(shown, "أين نسيت الكتاب؟", "نسيت الكتاب في القطار [1].");
    Shots.onUi(() -> Shots.write("ask-all-arabic-" + look, stage[0].getScene().snapshot(null)));
    ask(shown, "Who composed the symphony?", "", new Finding(Finding.Check.NOT_SAID, ""));
    Shots.onUi(() -> Shots.write("ask-all-nothing-" + look, stage[0].getScene().snapshot(null)));
    Shots.onUi(() -> shown.panel().escape());
    shoot("search-english-" + look, "broke heat");
    shoot("search-arabic-" + look, "كتاب");
    shoot("search-tag-" + look, "#home after:2020");
    Shots.onUi(() -> press("#tool-undo")); // the keyboard is elsewhere
    Shots.onUi(() -> {
      MenuButton menu = (MenuButton) node(".main-menu");
      menu.getItems().stream().filter(item -> "go-to".equals(item.getId())).forEach(MenuItem::fire);
    });
    Thread.sleep(400);
    Shots.onUi(() -> ((TextField) node("#switcher-filter")).setText("l"));
    Thread.sleep(400);
    Shots.onUi(() -> Shots.write("switcher-" + look, stage[0].getScene().snapshot(null)));
    Shots.onUi(() -> {
      stage[0].hide();
      store[0].close();
    });
    search[0].close();
  }

  private void ask(WholeWindow shown, String question, String answer, Finding... findings)
      throws Exception {
    int before = shown.assistant().notesQuestions.size();
    Shots.onUi(() -> shown.panel().askNotes(question));
    while (shown.assistant().notesQuestions.size() == before) {
      Thread.sleep(100);
    }
    Shots.onUi(() -> shown.assistant().answerFromNotes(answer, findings));
    Thread.sleep(800);
  }

  private Node node(String query) {
    return Objects.requireNonNull(stage[0].getScene().getRoot().lookup(query), query);
  }

  private void press(String button) {
    ((ButtonBase) node(button)).fire();
  }

  private void shoot(String name, String typed) throws Exception {
    Shots.onUi(() -> {
      TextField filter = (TextField) node(".library-view .filter");
      filter.requestFocus();
      filter.setText(typed);
    });
    Thread.sleep(800);
    Shots.onUi(() -> node(".library-view .filter").fireEvent(ENTER));
    Thread.sleep(800);
    Shots.onUi(() -> Shots.write(name, stage[0].getScene().snapshot(null)));
  }
}
