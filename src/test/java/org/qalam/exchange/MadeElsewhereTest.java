package org.qalam.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents as LibreOffice and pandoc write them; the README beside them tells how. */
class MadeElsewhereTest {
  private static final Path MADE = Path.of("src/test/resources/org/qalam/exchange/made");

  private static String source() throws IOException {
    return Files.readString(MADE.resolve("source.md"));
  }

  private static String read(String name) {
    return DocumentImport.read(MADE.resolve(name)).text();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pandoc.docx", "pandoc.odt", "libreoffice.docx", "libreoffice.odt"})
  void officeDocumentsSayWhatTheirSourceSays(String name) throws IOException {
    assertEquals(Structure.of(source()), Structure.of(read(name)));
  }

  /**
   * LibreOffice cuts lists into pieces, leaves second paragraphs outside of them, and writes
   * bullets as a level of a list with numbers that one list overrides.
   */
  @ParameterizedTest
  @ValueSource(strings = {"libreoffice-lists.docx", "libreoffice-lists.odt"})
  void listsThatLibreOfficeSavedAnewAreTheSameLists(String name) throws IOException {
    assertEquals(
        Structure.of(Files.readString(MADE.resolve("lists.md"))), Structure.of(read(name)));
  }

  @Test
  void aPageOfPandocsSaysWhatItsSourceSaysButForTheWayToTheNote() throws IOException {
    String text = read("pandoc.html");
    String body = Structure.of(text.substring(0, text.indexOf("___")));
    assertEquals(
        Structure.of(source().replaceFirst("(?m)^\\[\\^1\\]:.*", "").replace("[^1]", "[1](#fn1)")),
        body);
    assertTrue(text.contains("The map is old."), text);
  }

  @Test
  void aPageOfLibreOfficesKeepsHeadingsMarksLinksAndTheTable() {
    String structure = Structure.of(read("libreoffice.html"));
    for (String part :
        new String[] {
          "(h1 Field report)",
          "(h2 التقرير الميداني)",
          "(strong north)",
          "(em quiet)",
          "(a https://example.org/ar الخريطة)",
          "(tr (td جنوب)(td 7))",
          "(del wrong)"
        }) {
      assertTrue(structure.contains(part), part + " in " + structure);
    }
  }

  @Test
  void theTextOfAPdfFileComesInReadingOrder() {
    String text = read("libreoffice.pdf");
    assertEquals("# Field report", text.lines().findFirst().orElse(""));
    for (String part :
        new String[] {
          "The north site was quiet; see the map.",
          "## التقرير الميداني",
          "هذه فقرة مهمة عن الموقع، وفيها رابط الخريطة ورقم 25.",
          "- apples\n- pears",
          "North 12"
        }) {
      assertTrue(text.contains(part), part + " in " + text);
    }
  }
}
