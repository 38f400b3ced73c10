package org.qalam.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qalam.exchange.ExchangeException.Reason;

class TextImportTest {
  private static final String ARABIC = "السلام عليكم، كيف حالك؟ هذه رسالةٌ قصيرة: 3 كتب (PDF).\n";
  private static final String FRENCH = "Déjà vu à l’école: «ça coûte 5 €», œuvre naïve.\n";

  @TempDir Path folder;

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private String read(byte[] bytes) throws IOException {
    return TextImport.read(file("file.txt", bytes)).text();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "windows-1256"})
  void findsTheEncodingOfArabic(String charset) throws IOException {
    assertEquals(ARABIC, read(ARABIC.getBytes(Charset.forName(charset))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "windows-1252"})
  void findsTheEncodingOfFrench(String charset) throws IOException {
    assertEquals(FRENCH, read(FRENCH.getBytes(Charset.forName(charset))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16BE", "UTF-16LE"})
  void takesTheByteOrderMarkAway(String charset) throws IOException {
    assertEquals("A 😀 ب\n", read("\ufeffA 😀 ب\r\n".getBytes(Charset.forName(charset))));
  }

  @Test
  void theArabicCodePageIsThatOfTheJdk() {
    byte[] all = new byte[256];
    for (int i = 0; i < 256; i++) {
      all[i] = (byte) i;
    }
    assertEquals(new String(all, Charset.forName("windows-1256")), Windows1256.decode(all));
  }

  @Test
  void aFileThatIsCutWithinACharacterIsStillUtf8() throws IOException {
    byte[] bytes = ARABIC.strip().concat("ب").getBytes(StandardCharsets.UTF_8);
    assertEquals(ARABIC.strip() + "\ufffd", read(Arrays.copyOf(bytes, bytes.length - 1)));
  }

  @Test
  void makesAllLineEndsAlikeAndDropsControlCharacters() throws IOException {
    String text = "one\r\ntwo\rthree\u2028four\u0000\u0007\u001b\n\tfive ‏RTL‏ zwnj‌";
    assertEquals(
        "one\ntwo\nthree\nfour\n\tfive ‏RTL‏ zwnj‌", read(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void namesADocumentAfterItsFileUnlessItHasAHeading() throws IOException {
    byte[] plain = "Dear Ada,\nhello".getBytes(StandardCharsets.UTF_8);
    assertEquals("letter to Ada", TextImport.read(file("letter to Ada.txt", plain)).title());
    assertEquals(".notes", TextImport.read(file(".notes", plain)).title());
    byte[] heading = "\n# Letter\n\nDear Ada".getBytes(StandardCharsets.UTF_8);
    assertEquals("", TextImport.read(file("x.md", heading)).title());
    byte[] noHeading = "#\n#hashtag".getBytes(StandardCharsets.UTF_8);
    assertEquals("y", TextImport.read(file("y.md", noHeading)).title());
  }

  @Test
  void takesAnEmptyFile() throws IOException {
    assertEquals("", read(new byte[0]));
  }

  @Test
  void refusesWhatIsNotText() throws IOException {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(zip)) {
      out.putNextEntry(new ZipEntry("word/document.xml"));
    }
    Path docx = file("report.docx", zip.toByteArray());
    assertEquals(
        docx
            + " is an Office document or a ZIP archive, not text; save it as plain text or Markdown"
            + " first.",
        refused(Reason.NOT_TEXT, docx).getMessage());
    byte[] noise = new byte[4_000];
    new Random(1).nextBytes(noise);
    refused(Reason.NOT_TEXT, file("noise.txt", noise));
    refused(Reason.NOT_TEXT, file("zeros.txt", new byte[4_000]));
  }

  @Test
  void refusesWhatIsTooLargeMissingOrAFolder() throws IOException {
    byte[] large = new byte[TextImport.LIMIT + 1];
    Arrays.fill(large, (byte) 'a');
    Path file = file("large.txt", large);
    assertTrue(refused(Reason.TOO_LARGE, file).toString().contains(file + " is larger than 16 MB"));
    assertEquals(TextImport.LIMIT, read(Arrays.copyOf(large, TextImport.LIMIT)).length());
    refused(Reason.MISSING, folder);
    refused(Reason.MISSING, folder.resolve("nowhere.md"));
  }

  private static ExchangeException refused(Reason reason, Path file) {
    ExchangeException e = assertThrows(ExchangeException.class, () -> TextImport.read(file));
    assertEquals(reason, e.reason(), e.toString());
    assertEquals(file, e.file());
    return e;
  }
}
