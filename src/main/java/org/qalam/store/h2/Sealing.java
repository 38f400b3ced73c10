package org.qalam.store.h2;

import java.util.Optional;
import org.qalam.secret.DataKey;
import org.qalam.secret.Seal;

/**
 * What a database and the copies beside it are sealed with, each under a key of its own. Any
 * thread.
 */
final class Sealing {
  /** Everything is in the open. */
  static final Sealing NONE =
      new Sealing(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private final Optional<String> filePassword;
  private final Optional<Seal> texts;
  private final Optional<Seal> journal;
  private final Optional<Seal> backups;

  private Sealing(
      Optional<String> filePassword,
      Optional<Seal> texts,
      Optional<Seal> journal,
      Optional<Seal> backups) {
    this.filePassword = filePassword;
    this.texts = texts;
    this.journal = journal;
    this.backups = backups;
  }

  static Sealing under(DataKey key) {
    return new Sealing(
        Optional.of(key.password("database file")),
        Optional.of(key.seal("texts")),
        Optional.of(key.seal("journal")),
        Optional.of(backups(key)));
  }

  static Sealing of(Optional<DataKey> key) {
    return key.map(Sealing::under).orElse(NONE);
  }

  /** What backups under a key are sealed with. */
  static Seal backups(DataKey key) {
    return key.seal("backups");
  }

  boolean isSecret() {
    return filePassword.isPresent();
  }

  /** What the database encrypts its file with: digits alone, as it cuts a password at a space. */
  Optional<String> filePassword() {
    return filePassword;
  }

  Optional<Seal> texts() {
    return texts;
  }

  Optional<Seal> journal() {
    return journal;
  }

  Optional<Seal> backups() {
    return backups;
  }
}
