package org.qalam.store.h2;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.qalam.document.Decision;
import org.qalam.document.DocumentId;
import org.qalam.document.Output;
import org.qalam.document.Revision;
import org.qalam.exchange.ImportedText;
import org.qalam.exchange.TextImport;
import org.qalam.secret.RecoveryKey;
import org.qalam.store.Autosave;
import org.qalam.task.Time;
import org.qalam.task.Worker;

/**
 * Writes as a writer does, only faster and for ever: types into four documents through {@link
 * Autosave}, accepts proposals, imports files, names versions, deletes and takes back, backs up,
 * writes the database anew; its clock goes on by an hour now and then, so that backups are due and
 * versions are thinned out. What it was told is on disk it prints, with the milliseconds of that
 * moment.
 */
final class WritingProgram {
  /** Documents that are typed into; what else is made is only counted. */
  static final int TYPED = 4;

  private static final AtomicLong HOURS = new AtomicLong();

  private final PrintStream out = System.out;
  private final Path folder;
  private final String recovery;
  private final Random random;
  private final Worker worker = new Worker("store");
  private final Worker backups = new Worker("backup");
  private final Map<DocumentId, Long> numbers = new HashMap<>();

  private WritingProgram(Path folder, long seed, String recovery) {
    this.folder = folder;
    this.recovery = recovery;
    this.random = new Random(seed);
  }

  /** Arguments: folder, seed, what unlocks the notes. */
  public static void main(String[] arguments) throws Exception {
    new WritingProgram(Path.of(arguments[0]), Long.parseLong(arguments[1]), arguments[2]).write();
  }

  private static Instant now() {
    return Instant.now().plus(Duration.ofHours(HOURS.get()));
  }

  private <T> T ask(Callable<T> work) throws Exception {
    return worker.submit(work).get();
  }

  /** Whole lines, so that a kill cuts at most the last one. */
  private synchronized void say(String line) {
    out.print(line + "\n");
    out.flush();
  }

  private void write() throws Exception {
    say("opening");
    Sealing sealing =
        Sealing.of(
            Protection.of(folder)
                .flatMap(ring -> RecoveryKey.parse(recovery).flatMap(ring::unlock)));
    H2DocumentStore store =
        ask(() ->
            H2DocumentStore.open(
                folder,
                "file",
                sealing,
                (InstantSource) WritingProgram::now,
                Time.system(),
                Schema.migrations()));
    List<DocumentId> typed = ask(() -> typed(store));
    Autosave autosave = new Autosave(store, worker, Autosave.Time.system(), state -> {});
    Path notes = folder.resolve("notes.txt");
    Files.writeString(notes, "An imported note.\n", StandardCharsets.UTF_8);
    say("open");
    while (true) {
      DocumentId id = typed.get(random.nextInt(TYPED));
      long number = numbers.merge(id, 1L, Long::sum);
      autosave.changed(id, SavingProgram.text(number), 0);
      say("typed " + id + " " + number + " " + System.currentTimeMillis());
      Thread.sleep(random.nextInt(30));
      if (random.nextInt(12) == 0) {
        other(store, autosave, id, notes);
      }
    }
  }

  /** The documents that are typed into, their numbers as they were found; made where missing. */
  private List<DocumentId> typed(H2DocumentStore store) {
    List<DocumentId> typed = new ArrayList<>();
    for (int i = 0; i < TYPED; i++) {
      String key = "typed." + i;
      DocumentId id = store.setting(key).map(DocumentId::parse).orElse(null);
      if (id == null) {
        id = store.create("", SavingProgram.text(0)).id();
        store.putSetting(key, id.toString());
      }
      numbers.put(id, SavingProgram.number(store.find(id).orElseThrow().text()));
      typed.add(id);
    }
    return typed;
  }

  private void other(H2DocumentStore store, Autosave autosave, DocumentId id, Path notes)
      throws Exception {
    switch (random.nextInt(8)) {
      case 0 -> { // a change is accepted: the text and the decision
        Output output = output(id);
        ask(() -> {
          store.add(output);
          return true;
        });
        long number = numbers.merge(id, 1L, Long::sum);
        autosave.changed(id, SavingProgram.text(number), 0);
        ask(() -> {
          store.note(
              List.of(
                  new Decision(
                      output.id(), id, now(), Decision.Verdict.ACCEPTED, "dont", "don't")));
          return true;
        });
        say("accepted " + output.id() + " " + id);
        autosave.flush().get();
        say("saved " + id + " " + number);
      }
      case 1 -> {
        ImportedText text = TextImport.read(notes);
        DocumentId made = ask(() -> store.create(text.title(), text.text()).id());
        say("made " + made);
      }
      case 2 -> {
        Revision kept = ask(() -> store.keepRevision(id, "kept"));
        say("kept " + kept.id() + " " + id);
      }
      case 3 -> {
        DocumentId made = ask(() -> store.create("", "to be deleted").id());
        ask(() -> {
          store.delete(made);
          return true;
        });
        say("deleted " + made);
        if (random.nextBoolean()) {
          ask(() -> {
            store.undelete(made);
            return true;
          });
          say("made " + made);
        }
      }
      case 4 -> {
        int _ = backups.submit(() -> store.backUp(folder.resolve("all.backup"))).get();
        say("backed-up");
      }
      case 5 -> HOURS.addAndGet(5);
      case 6 -> { // as at closing, when all is saved
        autosave.flush().get();
        ask(() -> {
          store.compact();
          return true;
        });
        say("compacted");
      }
      default -> {
        autosave.flush().get();
        say("saved " + id + " " + numbers.get(id));
      }
    }
  }

  private Output output(DocumentId id) {
    return new Output(
        new UUID(random.nextLong(), random.nextLong()),
        id,
        now(),
        "proofread",
        "",
        "dont",
        "don't",
        "starter",
        "user: dont",
        "{}",
        "",
        3,
        2,
        1.5,
        Output.Fate.PENDING);
  }
}
