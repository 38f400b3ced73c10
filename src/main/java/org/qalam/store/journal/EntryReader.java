package org.qalam.store.journal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.qalam.document.Decision;
import org.qalam.document.DocumentId;
import org.qalam.document.Output;
import org.qalam.document.Revision;
import org.qalam.secret.KeyRing;

/** Reads what {@link EntryWriter} wrote. Its bytes have agreed with their hash before. */
final class EntryReader {
  private final ByteBuffer bytes;

  private EntryReader(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads one entry.
   *
   * @return nothing for a kind that only a newer Qalam knows
   * @throws RuntimeException where the bytes are none
   */
  static Optional<Entry> read(ByteBuffer body) {
    return new EntryReader(body).entry();
  }

  private Optional<Entry> entry() {
    byte kind = bytes.get();
    return Optional.ofNullable(
        switch (kind) {
          case EntryWriter.HEAD -> new Entry.Head(instant(), bytes.getLong());
          case EntryWriter.TEXT -> new Entry.Text(copy());
          case EntryWriter.PROPOSAL -> new Entry.Proposal(output());
          case EntryWriter.CHOICE ->
              new Entry.Choice(
                  new Decision(
                      uuid(),
                      document(),
                      instant(),
                      Decision.Verdict.valueOf(string()),
                      string(),
                      string()));
          case EntryWriter.EARLIER ->
              new Entry.Earlier(
                  new KeptRevision(
                      new Revision(
                          uuid(),
                          document(),
                          bytes.getLong(),
                          instant(),
                          instant(),
                          string(),
                          bytes.getInt(),
                          bytes.getInt()),
                      string()));
          case EntryWriter.SETTING -> new Entry.Setting(string(), string());
          case EntryWriter.KEYS -> KeyRing.read(content()).map(Entry.Keys::new).orElse(null);
          case EntryWriter.TAIL -> new Entry.Tail(bytes.getLong());
          default -> null;
        });
  }

  private DocumentCopy copy() {
    return new DocumentCopy(
        bytes.getLong(),
        document(),
        string(),
        bytes.getLong(),
        bytes.getInt(),
        instant(),
        instant(),
        bytes.get() == 0 ? none() : Optional.of(instant()),
        string());
  }

  private Optional<Instant> none() {
    instant();
    return Optional.empty();
  }

  private Output output() {
    return new Output(
        uuid(),
        document(),
        instant(),
        string(),
        string(),
        string(),
        string(),
        string(),
        string(),
        string(),
        string(),
        bytes.getInt(),
        bytes.getInt(),
        Double.longBitsToDouble(bytes.getLong()),
        Output.Fate.valueOf(string()));
  }

  private UUID uuid() {
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  private DocumentId document() {
    return new DocumentId(uuid());
  }

  private Instant instant() {
    return Instant.ofEpochSecond(bytes.getLong(), bytes.getInt());
  }

  private byte[] content() {
    int length = bytes.getInt();
    if (length < 0 || length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] content = new byte[length];
    bytes.get(content);
    return content;
  }

  private String string() {
    boolean isUtf8 = bytes.get() == 0;
    byte[] content = content();
    // Not Java's decoder for UTF-16, which would replace half of a surrogate pair.
    return isUtf8
        ? new String(content, StandardCharsets.UTF_8)
        : ByteBuffer.wrap(content).asCharBuffer().toString();
  }
}
