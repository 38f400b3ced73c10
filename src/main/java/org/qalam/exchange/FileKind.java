package org.qalam.exchange;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Well-known files that are not text, by their first bytes. */
final class FileKind {
  /**
   * A kind of file.
   *
   * @param start first bytes, as Latin-1
   * @param words for people, with an article
   */
  private record Signature(String start, String words) {}

  private static final List<Signature> SIGNATURES =
      List.of(
          new Signature("%PDF-", "a PDF file"),
          new Signature("PK\u0003\u0004", "an Office document or a ZIP archive"),
          new Signature(
              "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1", "an old or protected Office document"),
          new Signature("{\\rtf", "a rich text file (RTF)"),
          new Signature("\u0089PNG", "a picture"),
          new Signature("GIF8", "a picture"),
          new Signature("\u00ff\u00d8\u00ff", "a picture"),
          new Signature("GGUF", "a language model"),
          new Signature("\u001f\u008b", "a compressed file"),
          new Signature("7z\u00bc\u00af", "a compressed file"),
          new Signature("\u007fELF", "a program"),
          new Signature("SQLite format 3", "a database"),
          new Signature("H:2,block:", "a database"));

  private FileKind() {}

  /** What the file is, where that is known and not text. */
  static Optional<String> of(byte[] bytes) {
    String start = new String(bytes, 0, Math.min(bytes.length, 16), StandardCharsets.ISO_8859_1);
    return SIGNATURES.stream()
        .filter(signature -> start.startsWith(signature.start()))
        .map(Signature::words)
        .findFirst();
  }
}
