package org.qalam.secret;

/** Locks that cost little to open, for tests of what is behind them. */
public final class FastLocks {
  private FastLocks() {}

  public static KeyRing lock(DataKey key, Passphrase passphrase, RecoveryKey recovery) {
    return KeyRing.lockFast(key, passphrase, recovery);
  }
}
