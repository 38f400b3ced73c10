package org.qalam.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.cli.ModelCommand;
import org.qalam.cli.QalamCommand;
import org.qalam.convert.ImportOptions;
import org.qalam.task.CancellationToken;

/** {@code qalam model} where an import was interrupted. */
class UnfinishedImportCommandTest {
  private static final Path SOURCE = Path.of("src/test/resources/reference/hf");

  @TempDir Path home;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void interruptAnImport() {
    CancellationToken cancellation = new CancellationToken();
    int[] reports = new int[1];
    try (LiveServices services = new LiveServices(() -> home)) {
      assertThrows(
          CancellationException.class,
          () ->
              services
                  .importer()
                  .importModel(
                      SOURCE,
                      ImportOptions.DEFAULT,
                      (_, _) -> {
                        if (++reports[0] == 2) {
                          cancellation.cancel();
                        }
                      },
                      cancellation));
    }
  }

  private int run(String... arguments) {
    try (LiveServices services = new LiveServices(() -> home)) {
      return new QalamCommand()
          .execute(
              () -> 0,
              List.of(new ModelCommand(services)),
              new PrintWriter(out),
              new PrintWriter(err),
              Stream.concat(Stream.of("model"), Stream.of(arguments)).toArray(String[]::new));
    }
  }

  @Test
  void importSaysOnStandardErrorThatItGoesOn() {
    assertEquals(0, run("import", SOURCE.toString()), err::toString);
    assertEquals(
        "Going on where the last import stopped (4 of 15 tensors)." + System.lineSeparator(),
        err.toString());
    assertTrue(out.toString().startsWith("hf is imported as hf"), out.toString());
    assertEquals(0, run("verify", "hf"), err::toString);
  }

  @Test
  void listTellsWhatItTakesOfTheDisk() throws Exception {
    assertEquals(0, run("list"));
    assertTrue(out.toString().contains("No model is installed."), out.toString());
    assertTrue(
        out.toString().contains(" MB  not finished; import it again to go on, or remove it"),
        out.toString());
    out.getBuffer().setLength(0);
    assertEquals(0, run("list", "--json"));
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertEquals(0, json.get("models").size());
    assertEquals("hf", json.get("unfinished").get(0).get("id").asText());
    assertTrue(json.get("unfinished").get(0).get("bytes").asLong() > 100_000);
  }

  @Test
  void removeTakesWhatIsLeftFromTheDisk() throws Exception {
    assertEquals(0, run("remove", "hf"), err::toString);
    assertEquals("hf is removed." + System.lineSeparator(), out.toString());
    try (Stream<Path> left = Files.list(home.resolve("models"))) {
      assertEquals(0, left.count());
    }
    assertEquals(1, run("remove", "hf"));
    assertTrue(err.toString().contains("no model 'hf'"), err.toString());
  }
}
