package org.qalam.store.h2;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.config.JdbiConfig;
import org.qalam.secret.Seal;

/**
 * Seals pieces of texts, where a connection's database is under a passphrase: the database's own
 * encryption hides, but does not notice what was changed. A sealed piece is Base64 of a byte for
 * the encoding and the text, sealed for its place (owner, field, number of the piece, revision) and
 * this format; it opens in no other.
 */
public final class TextSeal implements JdbiConfig<TextSeal> {
  private static final byte FORMAT = 1;
  private static final byte UTF_8 = 0;
  private static final byte UTF_16 = 1;

  private Optional<Seal> seal = Optional.empty();

  /** For Jdbi, which makes one for each connection: in the open. */
  public TextSeal() {}

  /** What a connection's texts are sealed with. */
  static TextSeal of(Handle handle) {
    return handle.getConfig(TextSeal.class);
  }

  void use(Optional<Seal> other) {
    seal = other;
  }

  /** A piece as it is stored. */
  String store(String body, UUID owner, int field, int part, long revision) {
    if (seal.isEmpty()) {
      return body;
    }
    byte[] sealed = seal.get().seal(encode(body), place(owner, field, part, revision));
    return Base64.getEncoder().encodeToString(sealed);
  }

  /** A stored piece as it was; empty where it is not what was stored there. */
  Optional<String> load(String stored, UUID owner, int field, int part, long revision) {
    if (seal.isEmpty()) {
      return Optional.of(stored);
    }
    byte[] sealed;
    try {
      sealed = Base64.getDecoder().decode(stored);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return seal.get().open(sealed, place(owner, field, part, revision)).map(TextSeal::decode);
  }

  private static byte[] place(UUID owner, int field, int part, long revision) {
    return ByteBuffer.allocate(33)
        .put(FORMAT)
        .putLong(owner.getMostSignificantBits())
        .putLong(owner.getLeastSignificantBits())
        .putInt(field)
        .putInt(part)
        .putLong(revision)
        .array();
  }

  /** In UTF-8; where that cannot hold it, since it has half of a surrogate pair, in UTF-16. */
  private static byte[] encode(String body) {
    try {
      ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(body));
      return ByteBuffer.allocate(1 + utf8.remaining()).put(UTF_8).put(utf8).array();
    } catch (CharacterCodingException e) {
      ByteBuffer utf16 = ByteBuffer.allocate(1 + 2 * body.length()).put(UTF_16);
      for (int i = 0; i < body.length(); i++) {
        utf16.putChar(body.charAt(i));
      }
      return utf16.array();
    }
  }

  private static String decode(byte[] bytes) {
    return bytes[0] == UTF_8
        ? new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8)
        : ByteBuffer.wrap(bytes, 1, bytes.length - 1).slice().asCharBuffer().toString();
  }

  @Override
  public TextSeal createCopy() {
    TextSeal copy = new TextSeal();
    copy.use(seal);
    return copy;
  }
}
