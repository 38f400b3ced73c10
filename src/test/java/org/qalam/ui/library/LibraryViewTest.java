package org.qalam.ui.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.store.DocumentStore;
import org.qalam.store.h2.H2DocumentStore;
import org.qalam.ui.SteadyRobot;
import org.qalam.ui.assistant.Desk;
import org.qalam.ui.editor.FxFailures;
import org.qalam.ui.keys.Commands;
import org.qalam.ui.keys.Keymap;
import org.qalam.ui.text.OneLineText;
import org.qalam.ui.text.WrappedText;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

// The toolkit's thread fills the fields in before each test.
@SuppressWarnings("NullAway.Init")
@ExtendWith(ApplicationExtension.class)
class LibraryViewTest {
  private final SteadyRobot robot = new SteadyRobot();

  @TempDir static Path folder;

  private final List<DocumentId> opened = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private DocumentStore store;
  private LibraryViewModel library;
  private LibraryView view;
  private FxFailures failures;

  @Start
  void open(Stage stage) throws Exception {
    Locale.setDefault(Locale.ENGLISH);
    failures = FxFailures.ofThisThread();
    store = H2DocumentStore.open(Files.createTempDirectory(folder, "store"));
    library =
        new LibraryViewModel(
            store, Desk.SAME_THREAD, Platform::runLater, opened::add, problems::add);
    view = new LibraryView(library, new Commands(new Keymap()));
    stage.setScene(new Scene(view, 236, 600));
    stage.sizeToScene(); // an earlier test may have made it narrow
    stage.show();
    for (String title : List.of("Letter", "Diary", "Recipe")) {
      library.create(title, "");
    }
  }

  @AfterEach
  void end() {
    failures.assertNone();
    assertEquals(List.of(), problems);
    robot.interact(store::close);
  }

  private ListView<?> list() {
    return (ListView<?>) view.lookup(".list-view");
  }

  private List<String> titles() {
    return list().getItems().stream().map(item -> ((DocumentSummary) item).title()).toList();
  }

  private String current() {
    return library.all().stream()
        .filter(summary -> library.currentProperty().get().equals(Optional.of(summary.id())))
        .map(DocumentSummary::title)
        .findFirst()
        .orElse("");
  }

  private DocumentId id(String title) {
    return library.all().stream()
        .filter(summary -> summary.title().equals(title))
        .findFirst()
        .orElseThrow()
        .id();
  }

  private Optional<TextField> renameField() {
    return Optional.ofNullable((TextField) view.lookup(".rename-field"));
  }

  private static void settle() {
    WaitForAsyncUtils.waitForFxEvents();
  }

  @Test
  void marksTheOpenDocument() {
    assertEquals("Recipe", current());
    assertEquals(0, list().getSelectionModel().getSelectedIndex());
  }

  @Test
  void opensTheDocumentThatIsChosenWithTheKeyboard() {
    robot.interact(() -> list().requestFocus());
    robot.type(KeyCode.DOWN, 2);
    assertEquals("Letter", current());
    assertEquals(id("Letter"), opened.getLast());
  }

  @Test
  void deletesWhatTheMenuWasOpenedAt() {
    robot.rightClickOn("Diary");
    settle();
    robot.clickOn("Delete");
    settle();
    assertEquals(List.of("Recipe", "Letter"), titles());
  }

  @Test
  void aPinnedDocumentGoesToTheTopAndAFolderShowsItsOwn() {
    robot.rightClickOn("Letter");
    settle();
    robot.clickOn("Pin to the top");
    settle();
    assertEquals(List.of("Letter", "Recipe", "Diary"), titles());
    DocumentSummary diary =
        library.all().stream()
            .filter(summary -> summary.title().equals("Diary"))
            .findFirst()
            .orElseThrow();
    robot.interact(() -> library.put(diary, library.shelf(diary).in("Private")));
    settle();
    robot.clickOn("#arrangement");
    settle();
    robot.clickOn("Private");
    settle();
    assertEquals(List.of("Diary"), titles());
    // What is sought is sought everywhere.
    robot.interact(() -> library.filterProperty().set("Letter"));
    settle();
    assertEquals(List.of("Letter"), titles());
    assertEquals(
        Optional.of("Private"),
        WaitForAsyncUtils.waitForAsyncFx(5_000, () -> store.setting(LibraryViewModel.FOLDER)));
  }

  @Test
  void theKeysOfTheMenuAreHeardInTheListOnly() {
    Button elsewhere = new Button("elsewhere");
    robot.interact(() -> {
      view.getChildren().add(elsewhere);
      elsewhere.requestFocus();
    });
    robot.type(KeyCode.DELETE).type(KeyCode.F2);
    settle();
    assertEquals(List.of("Recipe", "Diary", "Letter"), titles());
    assertFalse(renameField().isPresent());
  }

  @Test
  void renamesWithF2AndEnter() {
    robot.interact(() -> list().requestFocus());
    robot.type(KeyCode.F2);
    robot.write("Bread").type(KeyCode.ENTER);
    settle();
    assertEquals(List.of("Bread", "Diary", "Letter"), titles());
    assertFalse(renameField().isPresent());
  }

  @Test
  void renamesFromTheMenu() {
    robot.interact(() -> view.renameSelected());
    robot.write("Bread").type(KeyCode.ENTER);
    settle();
    assertEquals("Bread", titles().getFirst());
  }

  @Test
  void takesATypedTitleWhenTheWriterGoesOnElsewhere() {
    robot.interact(() -> view.renameSelected());
    robot.write("Bread").clickOn(".filter");
    settle();
    assertEquals("Bread", titles().getFirst());
    assertFalse(renameField().isPresent());
  }

  @Test
  void leavesATitleThatFollowsTheTextToTheText() {
    robot.interact(() -> library.create("", "# Heating"));
    robot.interact(() -> view.renameSelected());
    robot.type(KeyCode.ENTER);
    robot.interact(() -> {
      store.save(id("Heating"), "# Boiler", 0);
      library.refresh();
    });
    settle();
    assertEquals("Boiler", titles().getFirst());
  }

  @Test
  void doesNotRenameWhatIsClickedTwice() {
    robot.interact(() -> view.renameSelected());
    robot.type(KeyCode.ESCAPE);
    robot.clickOn(".list-cell:selected").clickOn(".list-cell:selected");
    assertFalse(renameField().isPresent());
  }

  @Test
  void keepsTheTitleAfterEscape() {
    robot.interact(() -> view.renameSelected());
    robot.write("Bread").type(KeyCode.ESCAPE);
    settle();
    assertEquals("Recipe", titles().getFirst());
    assertFalse(renameField().isPresent());
  }

  @Test
  void goesOnRenamingWhenTheTextIsSavedMeanwhile() {
    robot.interact(() -> view.renameSelected());
    robot.write("Br");
    robot.interact(() -> {
      store.save(id("Recipe"), "Flour", 0);
      library.refresh();
    });
    settle();
    robot.write("ead").type(KeyCode.ENTER);
    settle();
    assertEquals("Bread", titles().getFirst());
  }

  @Test
  void keepsTheOpenDocumentWhenSavingMovesItToTheTop() {
    robot.interact(() -> library.open(id("Letter")));
    robot.interact(() -> {
      store.save(id("Letter"), "Dear Ms Keller", 3);
      library.refresh();
    });
    settle();
    assertEquals(List.of("Letter", "Recipe", "Diary"), titles());
    assertEquals("Letter", current());
    assertEquals(0, list().getSelectionModel().getSelectedIndex());
    assertEquals(id("Letter"), opened.getLast());
  }

  @Test
  void showsOnlyWhatTheFilterLetsThrough() {
    robot.clickOn(".filter").write("IA");
    assertEquals(List.of("Diary"), titles());
    assertEquals("Recipe", current(), "filtering opens nothing");
    robot.eraseText(2);
    assertEquals(List.of("Recipe", "Diary", "Letter"), titles());
    assertEquals(0, list().getSelectionModel().getSelectedIndex());
  }

  @Test
  void saysThatNoDocumentMatches() {
    robot.clickOn(".filter").write("zebra");
    WrappedText none = (WrappedText) view.lookup(".empty-words");
    assertTrue(none.isVisible());
    assertEquals("No document has these words.", none.getText());
  }

  @Test
  void deletesWithTheKeyAndTakesBackWithControlZ() {
    robot.interact(() -> list().requestFocus());
    robot.type(KeyCode.DOWN).type(KeyCode.DELETE);
    settle();
    assertEquals(List.of("Recipe", "Letter"), titles());
    assertEquals("Letter", current());
    robot.press(KeyCode.CONTROL).type(KeyCode.Z).release(KeyCode.CONTROL);
    settle();
    assertEquals(List.of("Recipe", "Diary", "Letter"), titles());
    assertEquals("Diary", current());
  }

  @Test
  void keepsADocumentWhileALetterOfItsNewTitleIsDeleted() {
    robot.interact(() -> view.renameSelected());
    robot.type(KeyCode.HOME).type(KeyCode.DELETE).type(KeyCode.ENTER);
    settle();
    assertEquals(List.of("ecipe", "Diary", "Letter"), titles());
  }

  @Test
  void showsAnEmptyDocumentAsUntitled() {
    robot.interact(() -> library.create("", ""));
    settle();
    assertTrue(
        view.lookupAll(".list-cell").stream()
            .anyMatch(cell -> "Untitled".equals(cell.getAccessibleText())));
  }

  @Test
  void countsTheWordsOfATextWhoseOneLineIsItsTitle() {
    robot.interact(() -> library.create("", "Buy milk and bread"));
    settle();
    assertEquals("4 words", previewOf("Buy milk and bread"));
    assertEquals("No text yet", previewOf("Letter"));
  }

  private String previewOf(String title) {
    return view.lookupAll(".list-cell").stream()
        .filter(cell -> title.equals(cell.getAccessibleText()))
        .map(cell -> ((OneLineText) cell.lookup(".document-preview")).getText())
        .findFirst()
        .orElseThrow();
  }
}
