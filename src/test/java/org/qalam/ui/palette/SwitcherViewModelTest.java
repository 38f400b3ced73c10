package org.qalam.ui.palette;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.task.TaskRunner;
import org.qalam.ui.palette.PaletteViewModel.Choice;
import org.qalam.ui.palette.PaletteViewModel.Heading;

class SwitcherViewModelTest {
  private final List<DocumentSummary> documents = new ArrayList<>();
  private final List<DocumentId> opened = new ArrayList<>();
  private final Later later = new Later();
  private int more;
  private SwitcherViewModel model;

  /** Does its work when it is told to. */
  private static final class Later implements TaskRunner {
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    @Override
    public <T> CompletableFuture<T> submit(Callable<T> work) {
      CompletableFuture<T> done = new CompletableFuture<>();
      waiting.add(() -> {
        try {
          done.complete(work.call());
        } catch (Exception e) {
          done.completeExceptionally(e);
        }
      });
      return done;
    }
  }

  @BeforeEach
  void open() {
    Locale.setDefault(Locale.ENGLISH);
    model = new SwitcherViewModel(() -> List.copyOf(documents), later, Runnable::run, opened::add);
    model.onMore(() -> more++);
    for (int i = 0; i < 1_000; i++) {
      add("Note " + i);
    }
    add("رسالة إلى المكتب");
    add("Complaint about the heating");
    model.refresh();
  }

  private void add(String title) {
    documents.add(
        new DocumentSummary(DocumentId.random(), title, "", 1, Instant.EPOCH, Instant.EPOCH));
  }

  private List<String> rows(String typed) {
    return model.rows(typed).stream()
        .map(row ->
            switch (row) {
              case Heading(String text) -> "# " + text;
              case Choice(Command command, _) -> command.name();
            })
        .toList();
  }

  @Test
  void withNothingTypedThoseChangedLastAreThere() {
    List<String> rows = rows("");
    assertEquals(List.of("# Changed last", "Note 0", "Note 1"), rows.subList(0, 3));
    assertEquals(61, rows.size());
  }

  @Test
  void titlesFarDownTheListComeFromTheOtherThread() {
    assertEquals(List.of(), rows("hetaing"));
    later.waiting.remove().run();
    assertEquals(1, more);
    assertEquals(List.of("Complaint about the heating"), rows("hetaing"));
    assertEquals(0, later.waiting.size(), "it is known now");
    assertEquals(List.of(), rows("مكتب"));
    later.waiting.remove().run();
    assertEquals(List.of("رسالة إلى المكتب"), rows("مكتب"));
  }

  @Test
  void aLateAnswerIsLetGoAndTheNewestIsLookedFor() {
    assertEquals(List.of(), rows("heat"));
    assertEquals("Note 7", rows("note 7").getFirst());
    assertEquals(1, later.waiting.size());
    later.waiting.remove().run();
    assertEquals(0, more);
    later.waiting.remove().run();
    assertEquals(1, more);
    assertEquals("Note 7", rows("note 7").getFirst());
  }

  @Test
  void whatIsChosenOpens() {
    Choice second = (Choice) model.rows("").get(2);
    model.run(second.command());
    assertEquals(List.of(documents.get(1).id()), opened);
  }
}
