package org.qalam.ui.palette;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.qalam.ui.palette.Command.Listing;
import org.qalam.ui.palette.PaletteViewModel.Choice;
import org.qalam.ui.palette.PaletteViewModel.Heading;

class PaletteViewModelTest {
  private final List<String> ran = new ArrayList<>();
  private final List<String> kept = new ArrayList<>();
  private final Recents recents = new Recents(kept::add);
  private Optional<String> reason = Optional.empty();
  private PaletteViewModel model = made();

  private PaletteViewModel made() {
    return new PaletteViewModel(
        this::offers,
        typed -> Optional.of(offer("words", "Own words", "“" + typed + "”")),
        recents);
  }

  @BeforeEach
  void open() {
    Locale.setDefault(Locale.ENGLISH);
    model = made();
    model.refresh();
  }

  private Offer offer(String id, String group, String name) {
    return new Command(id, group, name, "mdi2c-check", "").by(() -> ran.add(id + " " + reason));
  }

  private List<Offer> offers() {
    Command french =
        new Command("to.fr", "Translate", "Translate: French", "mdi2t-translate", "")
            .listed(Listing.WHEN_TYPED);
    return List.of(
        offer("friendly", "Tone", "Friendly"),
        offer("plain", "Tone", "Plain language"),
        french.by(() -> ran.add("to.fr")),
        new Command("find", "Text", "Find…", "mdi2m-magnify", "Ctrl+F")
            .unless(reason)
            .by(() -> ran.add("find")));
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

  private Command command(String typed) {
    return model.rows(typed).stream()
        .filter(Choice.class::isInstance)
        .map(row -> ((Choice) row).command())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void withNothingTypedAllStandUnderTheirHeadingsAndWhatWasUsedLastFirst() {
    assertEquals(List.of("# Tone", "Friendly", "Plain language", "# Text", "Find…"), rows(" "));
    model.run(command("plain"));
    model.run(command("find"));
    recents.add("gone");
    assertEquals(
        List.of(
            "# Used last",
            "Find…",
            "Plain language",
            "# Tone",
            "Friendly",
            "Plain language",
            "# Text",
            "Find…"),
        rows(""));
    assertEquals("gone\nfind\nplain", kept.getLast());
    Recents next = new Recents(_ -> {});
    next.read(kept.getLast());
    assertEquals(recents.ids(), next.ids());
  }

  @Test
  void theNearestComesFirstAndWordsOfOnesOwnLast() {
    assertEquals(List.of("Translate: French", "“fren”"), rows("fren"));
    assertEquals(List.of("Friendly", "Plain language", "“tone”"), rows("tone"));
    assertEquals(List.of("“make it rhyme”"), rows("make it rhyme"));
    model.run(command("french"));
    assertEquals(List.of("to.fr"), ran);
    assertEquals(List.of(), recents.ids(), "what is only found by typing is not offered again");
  }

  @Test
  void whatIsDoneIsWhatTheRowsStandForNow() {
    Command before = command("friendly");
    reason = Optional.of("no document is open");
    model.refresh();
    assertEquals(before, command("friendly"));
    model.run(before);
    assertEquals(List.of("friendly Optional[no document is open]"), ran);
    assertEquals(reason, command("find").unavailable());
  }
}
