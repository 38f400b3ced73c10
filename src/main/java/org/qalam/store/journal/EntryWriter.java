package org.qalam.store.journal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.qalam.document.Decision;
import org.qalam.document.DocumentId;
import org.qalam.document.Output;
import org.qalam.document.Revision;
import org.qalam.secret.KeyRing;

/** Turns entries into bytes; {@link EntryReader} reads them. */
final class EntryWriter {
  static final byte TEXT = 1;
  static final byte HEAD = 2;
  static final byte PROPOSAL = 3;
  static final byte CHOICE = 4;
  static final byte SETTING = 5;
  static final byte TAIL = 6;
  static final byte EARLIER = 7;
  static final byte KEYS = 8;

  private ByteBuffer bytes = ByteBuffer.allocate(1024);

  byte[] bytes() {
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  void put(Entry entry) {
    switch (entry) {
      case Entry.Head(Instant made, long sequence) -> put(HEAD).put(made).put(sequence);
      case Entry.Keys(KeyRing ring) -> {
        byte[] content = ring.bytes();
        put(KEYS).put(content.length).room(content.length).put(content);
      }
      case Entry.Text(DocumentCopy copy) -> {
        put(TEXT).put(copy.sequence()).put(copy.id()).put(copy.title()).put(copy.revision());
        put(copy.caret()).put(copy.created()).put(copy.modified());
        put((byte) (copy.deleted().isPresent() ? 1 : 0)).put(copy.deleted().orElse(Instant.EPOCH));
        put(copy.text());
      }
      case Entry.Proposal(Output output) -> put(PROPOSAL).put(output);
      case Entry.Choice(Decision decision) -> {
        put(CHOICE).put(decision.output()).put(decision.document()).put(decision.made());
        put(decision.verdict().name()).put(decision.before()).put(decision.after());
      }
      case Entry.Earlier(KeptRevision(Revision revision, String text)) -> {
        put(EARLIER).put(revision.id()).put(revision.document()).put(revision.number());
        put(revision.saved())
            .put(revision.kept())
            .put(revision.name())
            .put(revision.words())
            .put(revision.length());
        put(text);
      }
      case Entry.Setting(String name, String content) -> put(SETTING).put(name).put(content);
      case Entry.Tail(long entries) -> put(TAIL).put(entries);
    }
  }

  private void put(Output output) {
    put(output.id()).put(output.document()).put(output.created()).put(output.action());
    put(output.instruction()).put(output.original()).put(output.text()).put(output.model());
    put(output.prompt()).put(output.parameters()).put(output.findings());
    put(output.promptTokens()).put(output.newTokens());
    put(Double.doubleToLongBits(output.seconds())).put(output.fate().name());
  }

  private EntryWriter put(byte value) {
    room(1).put(value);
    return this;
  }

  EntryWriter put(int value) {
    room(4).putInt(value);
    return this;
  }

  private EntryWriter put(long value) {
    room(8).putLong(value);
    return this;
  }

  private EntryWriter put(UUID value) {
    return put(value.getMostSignificantBits()).put(value.getLeastSignificantBits());
  }

  private EntryWriter put(DocumentId value) {
    return put(value.value());
  }

  private EntryWriter put(Instant value) {
    return put(value.getEpochSecond()).put(value.getNano());
  }

  /**
   * A string as 0 and UTF-8; one that UTF-8 cannot hold, since it has half of a surrogate pair, as
   * 1 and UTF-16.
   */
  private EntryWriter put(String value) {
    try {
      ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
      put((byte) 0).put(utf8.remaining()).room(utf8.remaining()).put(utf8);
    } catch (CharacterCodingException e) {
      put((byte) 1).put(2 * value.length());
      ByteBuffer units = room(2 * value.length());
      for (int i = 0; i < value.length(); i++) {
        units.putChar(value.charAt(i));
      }
    }
    return this;
  }

  private ByteBuffer room(int size) {
    if (bytes.remaining() < size) {
      int needed = Math.addExact(bytes.position(), size);
      int doubled = (int) Math.min(2L * bytes.capacity(), Integer.MAX_VALUE - 16);
      ByteBuffer larger = ByteBuffer.allocate(Math.max(needed, doubled));
      bytes = larger.put(bytes.flip());
    }
    return bytes;
  }
}
