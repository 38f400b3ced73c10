package org.qalam.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * 256 random bits that all data is sealed under, whatever the passphrase is. No two uses share a
 * key: each gets one of its own by HKDF-SHA-256 (RFC 5869). Any thread.
 */
public final class DataKey implements AutoCloseable {
  static final int LENGTH = 32;

  private final byte[] bytes;

  private DataKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A new one. */
  public static DataKey random() {
    byte[] bytes = new byte[LENGTH];
    new SecureRandom().nextBytes(bytes);
    return new DataKey(bytes);
  }

  /** One that was unlocked. Takes the bytes over. */
  static DataKey of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException(
          "expected a key of " + LENGTH + " bytes, found " + bytes.length);
    }
    return new DataKey(bytes);
  }

  byte[] bytes() {
    return bytes;
  }

  /** Seals one kind of data. */
  public Seal seal(String use) {
    byte[] key = derive(bytes, "seal " + use);
    try {
      return new Seal(new SecretKeySpec(key, "AES"));
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** A password of hexadecimal digits for a program that encrypts by itself. */
  public String password(String use) {
    byte[] key = derive(bytes, "password " + use);
    try {
      return HexFormat.of().formatHex(key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  static byte[] derive(byte[] secret, String use) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveData(
              HKDFParameterSpec.ofExtract()
                  .addIKM(secret)
                  .thenExpand(("Qalam " + use).getBytes(StandardCharsets.UTF_8), LENGTH));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("Java 25 has HKDF", e);
    }
  }

  /** Overwrites it; what was derived from it works on. Closing twice is harmless. */
  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }
}
