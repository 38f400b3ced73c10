package org.qalam.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * The data's key, locked twice: by the passphrase through Argon2id, and by the recovery key, if
 * there is one. Nothing in it is secret by itself. Changing the passphrase locks the same key anew,
 * so that no data has to be written again. Any thread.
 */
public final class KeyRing {
  private static final byte[] MAGIC = "Qalam keys 1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int LOCKED = DataKey.LENGTH + Seal.OVERHEAD;
  private static final int HASH = 32;

  /** Bytes of it. */
  public static final int LENGTH =
      MAGIC.length + 3 * Integer.BYTES + Argon2.SALT + 2 * LOCKED + HASH;

  private final Argon2 cost;
  private final byte[] salt;
  private final byte[] byPassphrase;
  private final byte[] byRecovery;

  private KeyRing(Argon2 cost, byte[] salt, byte[] byPassphrase, byte[] byRecovery) {
    this.cost = cost;
    this.salt = salt;
    this.byPassphrase = byPassphrase;
    this.byRecovery = byRecovery;
  }

  /**
   * Makes the first unlocking of a program take as long as the later ones: 0.7 s for 1.2 in a fresh
   * one (2026-11-27, Xeon). On any thread, which it holds for as long as it saves.
   */
  public static void rehearse() {
    Argon2.rehearse();
  }

  /**
   * Locks a key. Takes about a second, the first time half a second more: it finds out what this
   * machine can bear.
   *
   * @param recovery shown to the writer once, and kept nowhere
   */
  public static KeyRing lock(DataKey key, Passphrase passphrase, RecoveryKey recovery) {
    return lock(key, passphrase, lockedBy(recovery, key), Argon2.tuned());
  }

  /**
   * Locks a key with a passphrase alone: nothing else opens it. Takes as long as {@link
   * #lock(DataKey, Passphrase, RecoveryKey)} does.
   */
  public static KeyRing lock(DataKey key, Passphrase passphrase) {
    return lock(key, passphrase, new byte[LOCKED], Argon2.tuned());
  }

  private static KeyRing lock(DataKey key, Passphrase passphrase, byte[] byRecovery, Argon2 cost) {
    byte[] salt = new byte[Argon2.SALT];
    new SecureRandom().nextBytes(salt);
    return new KeyRing(
        cost,
        salt,
        sealBy(cost, salt, passphrase).seal(key.bytes(), context(cost, salt)),
        byRecovery);
  }

  private static Seal sealBy(Argon2 cost, byte[] salt, Passphrase passphrase) {
    try (DataKey derived = DataKey.of(cost.derive(passphrase.bytes(), salt))) {
      return derived.seal("key by passphrase");
    }
  }

  private static byte[] lockedBy(RecoveryKey recovery, DataKey key) {
    return sealBy(recovery).seal(key.bytes(), MAGIC);
  }

  private static Seal sealBy(RecoveryKey recovery) {
    try (DataKey derived = DataKey.of(DataKey.derive(recovery.bytes(), "recovery"))) {
      return derived.seal("key by recovery");
    }
  }

  /** The same key under another passphrase; the recovery key stays what it is. */
  public KeyRing withPassphrase(DataKey key, Passphrase passphrase) {
    return lock(key, passphrase, byRecovery, cost);
  }

  /** The same key with another recovery key; the passphrase stays what it is. */
  public KeyRing withRecovery(DataKey key, RecoveryKey recovery) {
    return new KeyRing(cost, salt, byPassphrase, lockedBy(recovery, key));
  }

  /** The key, where this is the passphrase. Takes 0.5 to 1 s and 64 MiB. */
  public Optional<DataKey> unlock(Passphrase passphrase) {
    return sealBy(cost, salt, passphrase).open(byPassphrase, context(cost, salt)).map(DataKey::of);
  }

  /** Whether there is a recovery key. */
  public boolean hasRecoveryKey() {
    return !Arrays.equals(byRecovery, new byte[LOCKED]); // zeros are nothing that was ever sealed
  }

  /** The key, where this is the recovery key. */
  public Optional<DataKey> unlock(RecoveryKey recovery) {
    return sealBy(recovery).open(byRecovery, MAGIC).map(DataKey::of);
  }

  private static byte[] context(Argon2 cost, byte[] salt) {
    return ByteBuffer.allocate(MAGIC.length + 3 * Integer.BYTES + salt.length)
        .put(MAGIC)
        .putInt(cost.memory())
        .putInt(cost.passes())
        .putInt(cost.lanes())
        .put(salt)
        .array();
  }

  /** All of it, {@link #LENGTH} bytes with their SHA-256 at the end. */
  public byte[] bytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(LENGTH).put(context(cost, salt)).put(byPassphrase).put(byRecovery);
    return bytes.put(hash(bytes.array())).array();
  }

  /** Reads what {@link #bytes} gave; empty where it is anything else. */
  public static Optional<KeyRing> read(byte[] bytes) {
    if (bytes.length != LENGTH
        || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
        || !Arrays.equals(bytes, LENGTH - HASH, LENGTH, hash(bytes), 0, HASH)) {
      return Optional.empty();
    }
    ByteBuffer rest = ByteBuffer.wrap(bytes, MAGIC.length, LENGTH - MAGIC.length);
    try {
      return Optional.of(
          new KeyRing(
              new Argon2(rest.getInt(), rest.getInt(), rest.getInt()),
              next(rest, Argon2.SALT),
              next(rest, LOCKED),
              next(rest, LOCKED)));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a cost that would keep the machine busy for hours
    }
  }

  private static byte[] next(ByteBuffer bytes, int length) {
    byte[] next = new byte[length];
    bytes.get(next);
    return next;
  }

  private static byte[] hash(byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, 0, LENGTH - HASH);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
