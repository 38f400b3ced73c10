package org.qalam.ui.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Rows of the list become what they should be, and only those that differ are touched. */
class ChangedRowsTest {
  @Property
  void becomeWhatIsWanted(
      @ForAll @Size(max = 8) List<Byte> before, @ForAll @Size(max = 8) List<Byte> wanted) {
    ObservableList<Byte> rows = FXCollections.observableArrayList(before);
    LibraryView.change(rows, wanted);
    assertEquals(wanted, rows);
  }

  @Test
  void theRestIsLeftAlone() {
    assertEquals(List.of(), touched(List.of("a", "b", "c"), List.of("a", "b", "c")));
    assertEquals(List.of(0), touched(List.of("a", "b", "c"), List.of("new", "a", "b", "c")));
    assertEquals(List.of(1), touched(List.of("a", "b", "c"), List.of("a", "B", "c")));
    assertEquals(List.of(2), touched(List.of("a", "b", "c"), List.of("a", "b")));
    assertEquals(List.of(0, 1), touched(List.of("a", "b", "c"), List.of("b", "a", "c")));
  }

  private static List<Integer> touched(List<String> before, List<String> wanted) {
    ObservableList<String> rows = FXCollections.observableArrayList(before);
    List<Integer> places = new ArrayList<>();
    AtomicInteger changes = new AtomicInteger();
    rows.addListener(
        (ListChangeListener<String>)
            change -> {
              changes.incrementAndGet();
              while (change.next()) {
                places.add(change.getFrom());
              }
            });
    LibraryView.change(rows, wanted);
    assertEquals(wanted, rows);
    assertTrue(changes.get() <= 2);
    return places;
  }
}
