package org.qalam.secret;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/**
 * Argon2id (RFC 9106, version 1.3): makes guessing passphrases slow, and in need of memory.
 *
 * @param memory kibibytes
 * @param passes over that memory
 * @param lanes that it is divided into
 */
record Argon2(int memory, int passes, int lanes) {
  /** RFC 9106, section 4, for where memory is short: 64 MiB, 3 passes, 4 lanes. */
  static final Argon2 LEAST = new Argon2(64 * 1024, 3, 4);

  private static final int MOST_MEMORY = 1024 * 1024;
  private static final int MOST_PASSES = 64;

  /** What unlocking should take, in nanoseconds. */
  private static final long WANTED = 700_000_000L;

  static final int SALT = 16;

  /** What {@link #tuned()} found. */
  private static volatile @Nullable Argon2 found;

  Argon2 {
    if (memory < 8 * lanes
        || memory > MOST_MEMORY
        || passes < 1
        || passes > MOST_PASSES
        || lanes < 1
        || lanes > 16) {
      throw new IllegalArgumentException(
          "expected a cost that a machine can bear, found "
              + memory
              + " KiB, "
              + passes
              + " passes, "
              + lanes
              + " lanes");
    }
  }

  /**
   * So many passes that this machine takes 0.5 to 1 s, and never less than {@link #LEAST}. Takes
   * half a second when it is called first; on any thread.
   */
  static Argon2 tuned() {
    Argon2 known = found;
    if (known == null) {
      known = measured();
      found = known;
    }
    return known;
  }

  /** Has {@link #tuned()} find this; for tests, which lock often. */
  static void assume(Argon2 cost) {
    found = cost;
  }

  /** What {@link #tuned()} finds. */
  static Argon2 measured() {
    byte[] any = new byte[SALT];
    long fastest = Long.MAX_VALUE;
    for (int i = 0; i < 2; i++) { // the first one is compiled on its way
      long start = System.nanoTime();
      byte[] _ = LEAST.derive(any, any);
      fastest = Math.min(fastest, System.nanoTime() - start);
    }
    long passes = LEAST.passes() * WANTED / Math.max(1, fastest);
    return new Argon2(
        LEAST.memory(), Math.clamp(passes, LEAST.passes(), MOST_PASSES), LEAST.lanes());
  }

  /** Once in small, 1 MiB: has it compiled, without which the first time takes twice as long. */
  static void rehearse() {
    byte[] any = new byte[SALT];
    byte[] _ = new Argon2(1024, 1, LEAST.lanes()).derive(any, any);
  }

  /**
   * Takes about 0.7 s and {@link #memory} of the heap.
   *
   * @return 32 bytes
   */
  byte[] derive(byte[] secret, byte[] salt) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memory)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    byte[] key = new byte[DataKey.LENGTH];
    int _ = generator.generateBytes(secret, key);
    return key;
  }
}
