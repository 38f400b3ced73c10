package org.qalam.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qalam.exchange.ExchangeException.Reason;

class TextExportTest {
  @TempDir Path folder;

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void writesUtf8AsItStands() throws IOException {
    Path written = TextExport.write("# مرحبا 😀\n", folder.resolve("a.md"), false);
    assertEquals(folder.resolve("a.md"), written);
    assertEquals("# مرحبا 😀\n", Files.readString(written, StandardCharsets.UTF_8));
    assertEquals(List.of("a.md"), names());
  }

  @Test
  void neverReplacesAFileUnasked() throws IOException {
    Path target = folder.resolve("a.b.md");
    TextExport.write("one", target, false);
    assertEquals(folder.resolve("a.b (2).md"), TextExport.write("two", target, false));
    assertEquals(folder.resolve("a.b (3).md"), TextExport.write("three", target, false));
    assertEquals("one", Files.readString(target));
    assertEquals(target, TextExport.write("four", target, true));
    assertEquals("four", Files.readString(target));
    assertEquals(List.of("a.b (2).md", "a.b (3).md", "a.b.md"), names());
  }

  @Test
  void replacesTheFileThatALinkNames() throws IOException {
    Path real = Files.writeString(folder.resolve("real.md"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.md"), real);
    TextExport.write("new", link, true);
    assertEquals("new", Files.readString(real));
    assertEquals(true, Files.isSymbolicLink(link));
  }

  @Test
  void saysThatTheFolderIsMissing() {
    Path target = folder.resolve("no/such/folder/a.md");
    ExchangeException e =
        assertThrows(ExchangeException.class, () -> TextExport.write("x", target, false));
    assertEquals(Reason.MISSING, e.reason());
    assertEquals(
        target + " was not written, because its folder does not exist; make it first.",
        e.getMessage());
  }

  @Test
  void saysThatTheTargetIsAFolder() {
    ExchangeException e =
        assertThrows(ExchangeException.class, () -> TextExport.write("x", folder, true));
    assertEquals(folder + " is a folder; give the file a name.", e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "Letter to Ada,Letter to Ada.md",
    "'a/b\\c:d*e?f\"g<h>i|j','a b c d e f g h i j.md'",
    "'..',Untitled.md",
    "'',Untitled.md",
    "con,_con.md",
    "Nul.txt,_Nul.txt.md",
    "'end. ',end.md",
    "رسالة,رسالة.md"
  })
  void makesAFileNameOfATitle(String title, String name) {
    assertEquals(name, TextExport.fileName(title, ".md"));
  }

  @Property(tries = 50)
  void anyTitleGivesAFileNameThatCanBeWritten(@ForAll @StringLength(max = 400) String title)
      throws IOException {
    Path made = Files.createTempDirectory("qalam-export");
    try {
      String name = TextExport.fileName(title, ".md");
      Path written = TextExport.write(title, made.resolve(name), false);
      assertEquals(made, written.getParent());
      Files.delete(written);
    } finally {
      Files.delete(made);
    }
  }
}
