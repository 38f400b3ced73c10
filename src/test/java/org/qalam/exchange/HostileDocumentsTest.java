package org.qalam.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.exchange.ExchangeException.Reason;

/** Documents made to do harm end in one sentence, or harmlessly in a text. */
class HostileDocumentsTest {
  private static final String TYPES = "<Types/>";
  private static final String START =
      "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>";
  private static final String END = "</w:body></w:document>";

  @TempDir Path folder;

  private Path zip(Map<String, String> parts) throws IOException {
    Path file = folder.resolve("a.docx");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, String> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return file;
  }

  private Path docx(String body) throws IOException {
    return zip(new TreeMap<>(Map.of("[Content_Types].xml", TYPES, "word/document.xml", body)));
  }

  private static String words(String text) {
    return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>";
  }

  private static ExchangeException refused(Reason reason, Path file) {
    ExchangeException e = assertThrows(ExchangeException.class, () -> DocumentImport.read(file));
    assertEquals(reason, e.reason(), e.getMessage());
    assertEquals("", DocumentMutants.fault(e.getMessage()));
    return e;
  }

  @Test
  void entitiesOfADocumentsOwnAreNotLookedUp() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret.txt"), "TOP SECRET");
    AtomicInteger calls = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        call -> {
          calls.incrementAndGet();
          call.sendResponseHeaders(200, -1);
          call.close();
        });
    server.start();
    try {
      String web = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
      for (String outside : new String[] {secret.toUri().toString(), web}) {
        String type = "<!DOCTYPE a [<!ENTITY b SYSTEM '" + outside + "'>]>";
        refused(Reason.DAMAGED, docx(type + START + words("&b;") + END));
        String elsewhere = "<!DOCTYPE a SYSTEM '" + outside + "'>";
        Path file = docx(elsewhere + START + words("text") + END);
        refused(Reason.DAMAGED, file);
        String parameter = "<!DOCTYPE a [<!ENTITY % b SYSTEM '" + outside + "'> %b;]>";
        refused(Reason.DAMAGED, docx(parameter + START + words("text") + END));
        Path page =
            Files.writeString(
                folder.resolve("page.html"),
                "<!DOCTYPE html><link rel=stylesheet href='"
                    + outside
                    + "'><base href='"
                    + outside
                    + "'><img src='"
                    + outside
                    + "' alt=map><iframe src='"
                    + outside
                    + "'></iframe><object data='"
                    + outside
                    + "'></object><p>text");
        String read = DocumentImport.read(page).text();
        assertTrue(read.contains("text") && !read.contains("SECRET"), read);
      }
      assertEquals(0, calls.get());
    } finally {
      server.stop(0);
    }
  }

  @Test
  void entitiesThatMultiplyAreRefused() throws Exception {
    StringBuilder type = new StringBuilder("<!DOCTYPE a [<!ENTITY a0 'ha'>");
    for (int i = 1; i < 30; i++) {
      type.append("<!ENTITY a%d '&a%d;&a%d;'>".formatted(i, i - 1, i - 1));
    }
    refused(Reason.DAMAGED, docx(type + "]>" + START + words("&a29;") + END));
  }

  @Test
  void partsThatGrowBeyondAllMeasureAreRefused() throws Exception {
    refused(Reason.TOO_LARGE, docx(START + words(" ".repeat(30_000_000)) + END));
    StringBuilder noise = new StringBuilder();
    Random random = new Random(1);
    while (noise.length() < 20_000) {
      noise.append(Long.toString(random.nextLong(), 36));
    }
    int times = (int) (ZipParts.LARGEST_TEXT / noise.length() + 1);
    refused(Reason.TOO_LARGE, docx(START + words(noise.toString().repeat(times)) + END));
  }

  @Test
  void archivesOfVeryManyFilesAndDocumentsOfVeryManyParagraphsAreRefused() throws Exception {
    Map<String, String> parts = new TreeMap<>(Map.of("[Content_Types].xml", TYPES));
    for (int i = 0; i <= ZipParts.MOST_ENTRIES; i++) {
      parts.put("word/" + i, "");
    }
    refused(Reason.TOO_LARGE, zip(parts));
    Budget budget = new Budget(folder);
    for (int i = 0; i < Budget.MOST; i++) {
      budget.count();
    }
    assertEquals(Reason.TOO_LARGE, assertThrows(ExchangeException.class, budget::count).reason());
  }

  @Test
  void elementsWithinElementsWithoutEndAreRefused() throws Exception {
    String deep = "<w:sdt>".repeat(5_000);
    refused(Reason.DAMAGED, docx(START + deep + words("a") + "</w:sdt>".repeat(5_000) + END));
    Path page =
        Files.writeString(
            folder.resolve("deep.html"), "<html>" + "<blockquote><ul><li>".repeat(2_000) + "words");
    assertTrue(DocumentImport.read(page).text().contains("words"));
  }

  @Test
  void partsAreReadByNameAndWrittenNowhere() throws Exception {
    Path file =
        zip(
            new TreeMap<>(
                Map.of(
                    "[Content_Types].xml",
                    TYPES,
                    "_rels/.rels",
                    "<Relationships><Relationship Type='x/officeDocument'"
                        + " Target='../../../etc/passwd'/></Relationships>",
                    "../../evil.txt",
                    "evil",
                    "word/document.xml",
                    START + words("fine") + END)));
    refused(Reason.DAMAGED, file);
    assertFalse(Files.exists(folder.resolveSibling("evil.txt")));
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void scriptsAndLinksToThemAreLeftOutOfPagesAndOfWhatIsWritten() throws Exception {
    Path page =
        Files.writeString(
            folder.resolve("evil.html"),
            "<html><script>alert(1)</script><p onclick='alert(2)'>See <a href='javascript:alert(3)'>"
                + "this</a> <a href='  JaVaScRiPt:alert(4)'>that</a> <a href='file:///etc/passwd'>"
                + "file</a><svg><script>alert(5)</script></svg><img src=x onerror='alert(6)'>");
    String text = DocumentImport.read(page).text();
    assertFalse(text.contains("alert") || text.contains("passwd"), text);
    String hostile =
        "[a](javascript:alert(1)) <script>alert(2)</script> ![x](data:text/html,alert)\n";
    Path out =
        DocumentExport.write("", hostile, folder.resolve("o.html"), DocumentFormat.HTML, true);
    org.jsoup.nodes.Document written = Jsoup.parse(Files.readString(out));
    assertEquals(0, written.select("script, iframe, [onerror], [onclick]").size());
    assertEquals(0, written.select("[href^=javascript], [src^=data]").size());
  }

  @Test
  void streamsOfAPdfFileThatGrowBeyondMeasureAreRefused() throws Exception {
    byte[] zeros = new byte[1 << 20];
    ByteArrayOutputStream once = new ByteArrayOutputStream();
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(once, new Deflater(Deflater.BEST_SPEED))) {
      for (int i = 0; i < 165; i++) {
        out.write(zeros);
      }
    }
    ByteArrayOutputStream twice = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(twice)) {
      out.write(once.toByteArray());
    }
    refused(Reason.TOO_LARGE, pdf(once.toByteArray(), "/FlateDecode"));
    refused(Reason.TOO_LARGE, pdf(twice.toByteArray(), "[/FlateDecode /FlateDecode]"));
  }

  private Path pdf(byte[] stream, String filter) throws IOException {
    ByteArrayOutputStream pdf = new ByteArrayOutputStream();
    pdf.write(
        ("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]"
                + "/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R>>endobj\n"
                + "4 0 obj<</Filter "
                + filter
                + "/Length "
                + stream.length
                + ">>stream\n")
            .getBytes(StandardCharsets.US_ASCII));
    pdf.write(stream);
    pdf.write(
        "\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF".getBytes(StandardCharsets.US_ASCII));
    return Files.write(folder.resolve("bomb.pdf"), pdf.toByteArray());
  }

  @Test
  void mutantsEndInASentenceOrInADocument() throws Exception {
    int count = Integer.getInteger("qalam.hostile.documents", 84);
    long first = Long.getLong("qalam.hostile.first", 0);
    DocumentMutants.Ends ends = new DocumentMutants(folder).tryAll(first, count);
    System.out.println("hostile documents: " + ends);
    assertEquals(List.of(), ends.defects());
    assertTrue(
        count < 50 || (ends.refused() > count / 10 && ends.read() > count / 10), ends.toString());
  }
}
