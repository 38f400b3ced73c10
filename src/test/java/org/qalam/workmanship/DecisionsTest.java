package org.qalam.workmanship;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The list of decisions names each of them, and nothing that is not there. */
class DecisionsTest {
  private static final Path DECISIONS = Path.of("docs", "decisions");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)]+\\.md)\\)");

  @Test
  void areAllListed() throws IOException {
    Set<String> there;
    try (var files = Files.list(DECISIONS)) {
      there =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> !name.equals("README.md"))
              .collect(Collectors.toCollection(TreeSet::new));
    }
    Set<String> listed = new TreeSet<>();
    LINK.matcher(Files.readString(DECISIONS.resolve("README.md")))
        .results()
        .forEach(link -> listed.add(link.group(1)));
    assertEquals(there, listed);
  }
}
