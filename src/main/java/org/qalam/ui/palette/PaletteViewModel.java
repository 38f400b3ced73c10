package org.qalam.ui.palette;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.qalam.task.UiThread;
import org.qalam.ui.palette.Command.Listing;
import org.qalam.ui.text.Messages;

/**
 * What the palette shows: with nothing typed the commands used last and then all under their
 * headings, else those that what is typed is about, the nearest first. Confined to the JavaFX
 * thread.
 */
@UiThread
public final class PaletteViewModel implements PaletteModel {
  /** So many that were used last stand first. */
  private static final int RECENT = 5;

  /** More than this nobody reads; it keeps a short word among many documents quick. */
  private static final int MOST = 60;

  /** What is found by its heading stands behind what is found by its name. */
  private static final int BEHIND = SoughtWords.GUESS / 2;

  private final Supplier<List<Offer>> source;
  private final Function<String, Optional<Offer>> words;
  private final Recents recents;
  private final Messages messages;
  private final Map<String, Runnable> runs = new HashMap<>();
  private List<Offered> offered = List.of();

  /** A row of the palette. */
  sealed interface Row {}

  /** What the rows below it are for. */
  record Heading(String text) implements Row {}

  /**
   * A command.
   *
   * @param isFound whether it stands there because of what is typed, away from its heading
   */
  record Choice(Command command, boolean isFound) implements Row {}

  private record Offered(Command command, SoughtWords name, SoughtWords group) {
    static Offered of(Command command) {
      return new Offered(command, SoughtWords.of(command.name()), SoughtWords.of(command.group()));
    }

    /** A word of the heading finds what stands below it, behind all that is named so. */
    OptionalInt distance(SoughtWords typed) {
      OptionalInt named = name.distance(typed);
      if (named.isPresent()) {
        return named;
      }
      OptionalInt grouped = typed.isLong() ? group.distance(typed) : OptionalInt.empty();
      return grouped.isPresent() && grouped.getAsInt() < SoughtWords.EXACT
          ? OptionalInt.of(BEHIND + grouped.getAsInt())
          : OptionalInt.empty();
    }
  }

  private record Found(Command command, int distance) {}

  /**
   * @param source gives all commands as they are now, those of a group one after the other
   * @param words what could be made of the typed words themselves
   */
  public PaletteViewModel(
      Supplier<List<Offer>> source, Function<String, Optional<Offer>> words, Recents recents) {
    this.source = source;
    this.words = words;
    this.recents = recents;
    this.messages = Messages.of(PaletteViewModel.class);
  }

  @Override
  public void refresh() {
    List<Offer> now = source.get();
    runs.clear();
    now.forEach(offer -> runs.put(offer.command().id(), offer.run()));
    offered = now.stream().map(Offer::command).map(Offered::of).toList();
  }

  @Override
  public List<Row> rows(String typed) {
    SoughtWords wanted = SoughtWords.of(typed);
    return typed.isBlank() ? all() : found(wanted, typed);
  }

  private List<Row> all() {
    List<Row> rows = new ArrayList<>();
    List<Command> recent =
        recents.ids().stream()
            .flatMap(id ->
                offered.stream().map(Offered::command).filter(command -> command.id().equals(id)))
            .limit(RECENT)
            .toList();
    add(rows, messages.get("recent"), recent);
    Map<String, List<Command>> groups = new LinkedHashMap<>();
    offered.stream()
        .map(Offered::command)
        .filter(command -> command.listing() != Listing.WHEN_TYPED)
        .forEach(command ->
            groups.computeIfAbsent(command.group(), _ -> new ArrayList<>()).add(command));
    groups.forEach((group, commands) -> add(rows, group, commands));
    return rows;
  }

  private static void add(List<Row> rows, String heading, List<Command> commands) {
    if (!commands.isEmpty()) {
      rows.add(new Heading(heading));
      commands.forEach(command -> rows.add(new Choice(command, false)));
    }
  }

  private List<Row> found(SoughtWords wanted, String typed) {
    List<Found> all =
        offered.stream()
            .filter(_ -> !wanted.isEmpty())
            .flatMap(each ->
                each.distance(wanted).stream()
                    .mapToObj(distance -> new Found(each.command(), distance)))
            .sorted(Comparator.comparingInt(Found::distance))
            .toList();
    boolean hasBetter = !all.isEmpty() && all.getFirst().distance() < SoughtWords.GUESS;
    Stream<Command> ordered =
        all.stream()
            .filter(found -> !hasBetter || found.distance() < SoughtWords.GUESS)
            .limit(MOST)
            .map(Found::command);
    Optional<Offer> spoken = words.apply(typed.strip());
    spoken.ifPresent(offer -> runs.put(offer.command().id(), offer.run()));
    return Stream.concat(ordered, spoken.map(Offer::command).stream())
        .map(command -> (Row) new Choice(command, true))
        .toList();
  }

  /** Does what the command says; it is the last one used then, unless it came by what was typed. */
  @Override
  public void run(Command command) {
    if (command.listing() == Listing.ALWAYS) {
      recents.add(command.id());
    }
    runs.getOrDefault(command.id(), () -> {}).run();
  }
}
