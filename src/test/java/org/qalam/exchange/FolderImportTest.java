package org.qalam.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderImportTest {
  @TempDir Path folder;

  private void note(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void takesNotesWithTheirLinksTagsAndTitlesAndCountsTheRest() throws IOException {
    String front =
        "---\ntitle: \"A \\\"title\\\"\"\ntags:\n  - work\n---\n# Other\n\n[[أفكار]] #tag/sub\n";
    note("b/note.md", front);
    note("أفكار.md", "# Heading\n\nSee [[note#Part|that]].\n");
    note(".obsidian/app.md", "settings");
    note(".trash/old.md", "gone");
    note("picture.png", "x");
    note("text.txt", "text");
    note("broken.md", "\u0000\u0001\u0002\u0003\u0004\u0005");
    Files.createSymbolicLink(folder.resolve("loop"), folder);
    ImportedFolder read = FolderImport.read(folder);
    assertEquals(
        List.of(
            new ImportedText("A \"title\"", front, "b"),
            new ImportedText("أفكار", "# Heading\n\nSee [[note#Part|that]].\n")),
        read.texts());
    assertEquals(5, read.skipped());
    assertEquals(1, read.problems().size());
    assertTrue(read.problems().getFirst().contains("broken.md"), read.problems().toString());
    assertEquals("Left out as no Markdown notes: 5 files and folders.", read.leftOut().getLast());
  }

  @Test
  void readsTitlesAndTagsAsNoteProgramsWriteThem() {
    assertEquals(
        List.of("a", "b c", "d"), FrontMatter.of("---\ntags: [a, 'b c', \"#d\"]\n---\n").tags());
    assertEquals(List.of("a", "b"), FrontMatter.of("---\ntags: a, b\nx: y\n---\n").tags());
    assertEquals(List.of("a", "b"), FrontMatter.of("---\ntags:\n- a\n- b\n---\n").tags());
    assertEquals("It's: so", FrontMatter.of("---\ntitle: 'It''s: so'\n---\ntext").title());
    assertEquals("Plain", FrontMatter.of("---\ntitle: Plain # why\n---\n").title());
    assertEquals(26, FrontMatter.of("---\ntitle: a\nx: |\n  b\n---\ntext").length());
  }

  @Test
  void linesBetweenTwoRulesAreNoFrontMatter() {
    assertEquals(0, FrontMatter.of("---\nA sentence, and no fact.\n---\n").length());
    assertEquals(0, FrontMatter.of("---\ntitle: never ends\n").length());
    assertEquals(0, FrontMatter.of("# Text\n---\na: b\n---\n").length());
  }
}
