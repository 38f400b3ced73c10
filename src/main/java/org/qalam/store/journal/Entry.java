package org.qalam.store.journal;

import java.time.Instant;
import org.qalam.document.Decision;
import org.qalam.document.Output;
import org.qalam.secret.KeyRing;

/** What one record of a journal or a backup holds; a journal has {@link Text}s alone. */
public sealed interface Entry {
  /**
   * The first of a backup.
   *
   * @param made when it was begun
   * @param sequence the last change that it holds
   */
  record Head(Instant made, long sequence) implements Entry {}

  /**
   * Of a sealed backup that stands by itself, in the open: its key, locked by a passphrase. It is
   * there twice, at the beginning and before the tail, since all else is lost without it.
   */
  record Keys(KeyRing ring) implements Entry {}

  /** A document. */
  record Text(DocumentCopy copy) implements Entry {}

  /** What a model proposed. */
  record Proposal(Output output) implements Entry {}

  /** What the writer decided; in the order in which it was noted. */
  record Choice(Decision decision) implements Entry {}

  /** An earlier text of a document. */
  record Earlier(KeptRevision revision) implements Entry {}

  /** A setting. */
  record Setting(String name, String content) implements Entry {}

  /**
   * The last of a backup.
   *
   * @param entries number of those between head and tail
   */
  record Tail(long entries) implements Entry {}
}
