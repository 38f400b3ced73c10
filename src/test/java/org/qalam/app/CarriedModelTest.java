package org.qalam.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.cli.ModelCommand;
import org.qalam.cli.QalamCommand;

/** A model that goes from one machine to another by a stick, and to a card. */
class CarriedModelTest {
  private static final Path SOURCE = Path.of("src/test/resources/reference/hf");

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String machine, String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    try (LiveServices services = new LiveServices(() -> folder.resolve(machine))) {
      return new QalamCommand()
          .execute(
              () -> 0,
              List.of(new ModelCommand(services)),
              new PrintWriter(out),
              new PrintWriter(err),
              Stream.concat(Stream.of("model"), Stream.of(arguments)).toArray(String[]::new));
    }
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void aModelIsCarriedAndEveryByteIsChecked() throws Exception {
    assertEquals(0, run("here", "import", SOURCE.toString()), err::toString);
    assertEquals(0, run("here", "logits", "hf", "--ids", "1,2,3"), err::toString);
    String logits = out.toString();
    assertEquals(0, run("here", "copy", "hf", path("stick")), err::toString);
    assertEquals(0, run("there", "import", path("stick/hf")), err::toString);
    assertEquals(0, run("there", "verify", "hf"), err::toString);
    assertEquals(0, run("there", "logits", "hf", "--ids", "1,2,3"), err::toString);
    assertEquals(logits, out.toString());

    // one bit of the stick turns
    Path weights = folder.resolve("stick/hf/model.onnx.data");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length / 2] ^= 1;
    Files.write(weights, bytes);
    assertEquals(1, run("elsewhere", "import", path("stick/hf")));
    assertTrue(err.toString().contains("model.onnx.data: the file has changed"), err.toString());
    assertEquals(0, run("elsewhere", "list", "--json"));
    assertFalse(out.toString().contains("\"hf\""), out.toString());
  }

  @Test
  void modelsAreFoundAndImportedOnTheCardThatTheyWereMovedTo() throws Exception {
    assertEquals(0, run("here", "import", SOURCE.toString()), err::toString);
    assertEquals(0, run("here", "folder", path("card")), err::toString);
    assertEquals(
        "Your models are kept in " + path("card") + " now." + System.lineSeparator(),
        out.toString());
    assertEquals(0, run("here", "verify", "hf"), err::toString);
    assertEquals(0, run("here", "import", SOURCE.toString(), "--id", "again"), err::toString);
    assertTrue(Files.isDirectory(folder.resolve("card/again")));
    assertFalse(Files.exists(folder.resolve("here/models")));

    Files.move(folder.resolve("card"), folder.resolve("away"));
    assertEquals(1, run("here", "import", SOURCE.toString(), "--id", "third"));
    assertTrue(err.toString().contains("put in the card or disk"), err.toString());
    assertFalse(Files.exists(folder.resolve("card")));
    assertEquals(1, run("here", "info", "hf"));
    assertTrue(err.toString().contains("put in the card or disk"), err.toString());
    assertEquals(0, run("here", "folder"), err::toString);
    assertEquals(path("card") + System.lineSeparator(), out.toString());
  }
}
