package org.qalam.store.h2;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.qalam.store.Repair;
import org.qalam.store.StoreException;
import org.qalam.store.StoreException.Reason;
import org.qalam.store.journal.Backups;
import org.qalam.store.journal.Entry;
import org.qalam.store.journal.Journal;

/**
 * Brings a closed file to the newest schema and checks every document in it; what is damaged,
 * missing, or older than its copies is mended from the copies. The caller holds the folder's lock.
 */
final class Opening {
  /** A file that is there because something in the database could not be read. */
  private static final String SUSPECT = "qalam.suspect";

  private final H2File file;
  private final List<Migration> migrations;
  private final Journal journal;
  private final Backups backups;

  Opening(H2File file, List<Migration> migrations, Journal journal, Backups backups) {
    this.file = file;
    this.migrations = migrations;
    this.journal = journal;
    this.backups = backups;
  }

  /**
   * Does what is needed.
   *
   * @return what was mended
   * @throws StoreException what it cannot mend, such as a full disk, or damage without any copy;
   *     the file is as it was then
   */
  Optional<Repair> run() {
    Optional<StoreException> problem;
    try {
      problem = problem();
    } catch (StoreException e) {
      if (e.reason() == Reason.TOO_NEW && new FormatUpgrade(file, migrations).run()) {
        return run();
      }
      if (!isDamage(e)) {
        throw e;
      }
      problem = Optional.of(e);
    }
    Optional<Repair> repair =
        problem.map(e -> Rescue.run(file, migrations, Copies.of(journal, backups), e));
    try {
      Files.deleteIfExists(file.folder().resolve(SUSPECT));
    } catch (IOException e) {
      throw Errors.translate(e, file.folder(), file.path());
    }
    return repair;
  }

  private Optional<StoreException> problem() {
    boolean isExpected = journal.lastSequence() > 0 || backups.newest().isPresent();
    if (!file.exists() && isExpected && !Copies.of(journal, backups).ids().isEmpty()) {
      return damaged("is missing");
    }
    new Migrator(file, migrations).run();
    Optional<Position> position = Check.read(file);
    if (Files.exists(file.folder().resolve(SUSPECT))) {
      return damaged("could not be read in part");
    }
    // A file that an earlier program wrote, which had no journal, holds nothing of this one's.
    long here = position.map(Position::sequence).orElse(0L);
    long backedUp = backups.newest().map(Entry.Head::sequence).orElse(0L);
    // One change may be in the journal alone: the one during which the program was killed.
    boolean isOlder = journal.lastSequence() - here > 1 || backedUp > here;
    return isOlder ? damaged("is older than its copies") : Optional.empty();
  }

  private Optional<StoreException> damaged(String how) {
    return Optional.of(new StoreException(Reason.DAMAGED, file.path() + " " + how + "."));
  }

  /** Notes that the file should be mended when it is opened next; on any thread. */
  static void suspect(Path folder) {
    try {
      Files.writeString(folder.resolve(SUSPECT), "");
    } catch (IOException e) {
      System.getLogger(Opening.class.getName())
          .log(System.Logger.Level.WARNING, "the damaged file could not be marked", e);
    }
  }

  /** Whether the file is at fault, and not who may read it, the disk, or another program. */
  private static boolean isDamage(StoreException problem) {
    boolean isOfDatabase = problem.getCause() instanceof RuntimeException;
    for (Throwable e = problem.getCause(); e != null; e = e.getCause()) {
      if (e instanceof FileSystemException || e instanceof ClosedByInterruptException) {
        return false;
      }
      isOfDatabase |= e instanceof SQLException;
    }
    return problem.reason() == Reason.DAMAGED
        || (problem.reason() == Reason.FAILED && isOfDatabase);
  }
}
