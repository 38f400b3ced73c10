package org.qalam.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Documents go out and come in again as they were. */
class ExchangeRoundTripTest {
  private static final Path SAMPLES = Path.of("src/test/resources/org/qalam/exchange/samples");

  @TempDir Path folder;

  private static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.list(SAMPLES)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HTML", "DOCX", "ODT"})
  void fortyDocumentsKeepTheirStructureAndComeBackTheSameASecondTime(DocumentFormat format)
      throws IOException {
    List<Path> samples = samples();
    assertEquals(40, samples.size());
    for (Path sample : samples) {
      String text = Files.readString(sample);
      String back = DocumentImport.read(written(text, format)).text();
      assertEquals(Structure.of(text), Structure.of(back), sample + "\n" + back);
      String again = DocumentImport.read(written(back, format)).text();
      assertEquals(back, again, "the second time: " + sample);
    }
  }

  @Test
  void anotherTextHasAnotherStructure() {
    assertTrue(!Structure.of("a **b** c").equals(Structure.of("a b c")));
    assertTrue(!Structure.of("- a\n  - b").equals(Structure.of("- a\n- b")));
    assertTrue(!Structure.of("|a|b|\n|-|-|\n|c|d|").equals(Structure.of("|a|b|\n|-|-|\n|d|c|")));
  }

  @Test
  void notesKeepTheirLinksAndTagsAsTheyAreWritten() throws IOException {
    String text = "See [[Other note]] and ![[picture.png]]. #tag #أخبار/محلية [^1]\n";
    for (DocumentFormat format : List.of(DocumentFormat.DOCX, DocumentFormat.ODT)) {
      assertEquals(text, DocumentImport.read(written(text, format)).text());
    }
  }

  private Path written(String text, DocumentFormat format) {
    return DocumentExport.write("", text, folder.resolve("a" + format.suffix()), format, true);
  }
}
