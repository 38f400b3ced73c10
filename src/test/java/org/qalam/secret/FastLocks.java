package org.qalam.secret;

/** Locks that cost little to open, for tests of what is behind them. */
public final class FastLocks {
  private FastLocks() {}

  /** From now on all of this process are. */
  public static void begin() {
    Argon2.assume(new Argon2(64, 1, 1));
  }

  /** Until {@link #begin()} they cost about a second, as in the program. */
  public static void end() {
    Argon2.assume(new Argon2(Argon2.LEAST.memory(), 9, Argon2.LEAST.lanes()));
  }

  public static KeyRing lock(DataKey key, Passphrase passphrase, RecoveryKey recovery) {
    begin();
    return KeyRing.lock(key, passphrase, recovery);
  }
}
