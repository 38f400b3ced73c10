package org.qalam.secret;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits: what was sealed cannot be read
 * without the key, nor changed without being noticed. One key takes some 2^32 seals. Any thread.
 */
public final class Seal {
  private static final int NONCE = 12;
  private static final int TAG = 16;

  /** Bytes that sealing adds. */
  public static final int OVERHEAD = NONCE + TAG;

  private final SecretKey key;
  private final SecureRandom random = new SecureRandom();

  Seal(SecretKey key) {
    this.key = key;
  }

  /**
   * Seals bytes.
   *
   * @param context what they belong to: they can only be opened with the same
   * @return nonce (12 bytes), ciphertext, tag (16)
   */
  public byte[] seal(byte[] plain, byte[] context) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    byte[] sealed = new byte[plain.length + OVERHEAD];
    System.arraycopy(nonce, 0, sealed, 0, NONCE);
    try {
      int _ =
          cipher(Cipher.ENCRYPT_MODE, nonce, context)
              .doFinal(plain, 0, plain.length, sealed, NONCE);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has AES-GCM", e);
    }
  }

  /** What was sealed; empty where it was changed, or sealed under another key or context. */
  public Optional<byte[]> open(byte[] sealed, byte[] context) {
    if (sealed.length < OVERHEAD) {
      return Optional.empty();
    }
    byte[] nonce = new byte[NONCE];
    System.arraycopy(sealed, 0, nonce, 0, NONCE);
    try {
      return Optional.of(
          cipher(Cipher.DECRYPT_MODE, nonce, context)
              .doFinal(sealed, NONCE, sealed.length - NONCE));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has AES-GCM", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, byte[] context) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
    cipher.updateAAD(context);
    return cipher;
  }
}
