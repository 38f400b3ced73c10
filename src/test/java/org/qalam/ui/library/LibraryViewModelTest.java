package org.qalam.ui.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.document.Shelf;
import org.qalam.exchange.ImportedText;
import org.qalam.store.DocumentStore;
import org.qalam.store.h2.H2DocumentStore;
import org.qalam.ui.assistant.Desk;

class LibraryViewModelTest {
  @TempDir Path folder;

  private final List<DocumentId> opened = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private DocumentStore store;
  private LibraryViewModel library;

  @BeforeEach
  void openStore() {
    store = H2DocumentStore.open(folder);
    library =
        new LibraryViewModel(store, Desk.SAME_THREAD, Runnable::run, opened::add, problems::add);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  /** Makes documents; the last one comes first in the list and is open. */
  private void create(String... titles) {
    for (String title : titles) {
      library.create(title, "");
    }
  }

  private List<String> titles() {
    return library.documents().stream().map(DocumentSummary::title).toList();
  }

  private DocumentSummary document(String title) {
    return library.all().stream()
        .filter(summary -> summary.title().equals(title))
        .findFirst()
        .orElseThrow();
  }

  private Optional<DocumentId> current() {
    return library.currentProperty().get();
  }

  @Test
  void opensANewDocumentAtTheTopOfTheList() {
    create("Letter", "Diary");
    assertEquals(List.of("Diary", "Letter"), titles());
    assertEquals(Optional.of(document("Diary").id()), current());
    assertEquals(List.of(document("Letter").id(), document("Diary").id()), opened);
  }

  @Test
  void whatIsMadeOrBroughtGoesIntoTheFolderThatIsShown() {
    create("Letter", "Diary");
    library.put(document("Letter"), Shelf.NONE.in("Work"));
    library.showFolder("Work");
    create("Plan");
    library.createAll(
        List.of(
            new ImportedText("Bill", "", "Old/2020"), new ImportedText("Offer", "An offer.", "")));
    assertEquals(List.of("Offer", "Bill", "Plan", "Letter"), titles());
    assertEquals("Work/Old/2020", library.shelf(document("Bill")).folder());
    assertEquals("Work", library.shelf(document("Offer")).folder());
    library.showFolder("");
    create("Recipe");
    assertEquals("", library.shelf(document("Recipe")).folder());
  }

  @Test
  void showsANewDocumentWhateverTheFilterWas() {
    create("Letter");
    library.filterProperty().set("letter");
    create("Diary");
    assertEquals(List.of("Diary", "Letter"), titles());
    assertEquals("", library.filterProperty().get());
  }

  @Test
  void opensADocumentOnlyOnce() {
    create("Letter");
    opened.clear();
    library.open(document("Letter").id());
    assertEquals(List.of(), opened);
  }

  @Test
  void renamesADocumentWithoutTheSpaceAroundTheTitle() {
    create("Letter");
    library.rename(document("Letter").id(), "  Complaint \n");
    assertEquals(List.of("Complaint"), titles());
    assertEquals("Complaint", store.list().getFirst().title());
  }

  @Test
  void letsTheTitleFollowTheTextAgainWhenItIsEmptied() {
    library.create("Letter", "# Heating\n\nIt is broken.");
    library.rename(document("Letter").id(), " ");
    assertEquals(List.of("Heating"), titles());
  }

  @Test
  void deletesADocumentAndOpensTheOneThatTakesItsPlace() {
    create("Letter", "Diary", "Recipe");
    library.open(document("Diary").id());
    library.delete(document("Diary"));
    assertEquals(List.of("Recipe", "Letter"), titles());
    assertEquals(Optional.of(document("Letter").id()), current());
    library.delete(document("Letter"));
    assertEquals(Optional.of(document("Recipe").id()), current());
  }

  @Test
  void keepsTheOpenDocumentWhenAnotherIsDeleted() {
    create("Letter", "Diary");
    library.delete(document("Letter"));
    assertEquals(Optional.of(document("Diary").id()), current());
  }

  @Test
  void hasNothingOpenWhenTheLastDocumentIsDeleted() {
    create("Letter");
    library.delete(document("Letter"));
    assertEquals(List.of(), titles());
    assertEquals(Optional.empty(), current());
  }

  @Test
  void takesADeletedDocumentBackAndOpensIt() {
    create("Letter", "Diary");
    DocumentSummary diary = document("Diary");
    library.delete(diary);
    assertEquals(Optional.of(diary), library.deletedProperty().get());
    library.undoDelete();
    assertEquals(List.of("Diary", "Letter"), titles());
    assertEquals(Optional.of(diary.id()), current());
    assertEquals(Optional.empty(), library.deletedProperty().get());
  }

  @Test
  void takesNothingBackTwice() {
    create("Letter");
    library.delete(document("Letter"));
    library.undoDelete();
    library.undoDelete();
    assertEquals(List.of("Letter"), titles());
    assertEquals(List.of(), problems);
  }

  @Test
  void takesNothingBackAfterTheOfferIsOver() {
    create("Letter");
    library.delete(document("Letter"));
    library.forgetDeleted();
    library.undoDelete();
    assertEquals(List.of(), titles());
  }

  @Test
  void filtersByTitleAndBeginningWhateverTheCase() {
    library.create("Letter", "The HEATING is broken.");
    library.create("Heating bill", "Please pay.");
    create("Diary");
    library.filterProperty().set(" heating ");
    assertEquals(List.of("Heating bill", "Letter"), titles());
    library.filterProperty().set("DIA");
    assertEquals(List.of("Diary"), titles());
    library.filterProperty().set("nowhere");
    assertEquals(List.of(), titles());
    library.filterProperty().set(" ");
    assertEquals(3, library.documents().size());
  }

  @Test
  void filtersByArabicWords() {
    create("رسالة إلى المكتب", "يوميات", "Letter");
    library.filterProperty().set("المكتب");
    assertEquals(List.of("رسالة إلى المكتب"), titles());
  }

  @Test
  void keepsTheFilterWhenTheListIsReadAnew() {
    create("Letter", "Diary");
    library.filterProperty().set("diary");
    store.create("Another diary", "");
    library.refresh();
    assertEquals(List.of("Another diary", "Diary"), titles());
  }

  @Test
  void saysWhatTheStoreCouldNotDo() {
    create("Letter");
    DocumentSummary letter = document("Letter");
    store.close();
    library.rename(letter.id(), "Complaint");
    library.delete(letter);
    library.create("Diary", "");
    library.refresh();
    assertEquals(4, problems.size());
    for (String problem : problems) {
      assertTrue(problem.endsWith(".") && problem.contains(folder.toString()), problem);
    }
    assertEquals(List.of("Letter"), titles());
    assertEquals(Optional.empty(), library.deletedProperty().get());
  }
}
