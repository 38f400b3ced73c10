package org.qalam.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
  private static final String TEXT = "سرّ: the patient is called Layla";

  @TempDir Path home;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String input, String... arguments) {
    out.reset();
    err.reset();
    Program program =
        new Program(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            out,
            err,
            StandardCharsets.UTF_8);
    String[] all =
        Stream.concat(Stream.of("--home", home.toString()), Stream.of(arguments))
            .toArray(String[]::new);
    return program.run(all);
  }

  private String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }

  @Test
  void documentOutlivesTheProcessThatMadeIt() {
    assertEquals(0, run(TEXT, "doc", "new", "--title", "ملاحظة"), () -> text(err));
    String id = text(out).strip();
    assertEquals(0, run("", "doc", "show", id), () -> text(err));
    assertEquals(TEXT, text(out));
  }

  @Test
  void withoutAModelTheListSaysHowToAddOne() {
    assertEquals(0, run("", "model", "list"));
    assertTrue(text(out).contains("qalam model import"), text(out));
    assertEquals(0, run("", "model", "list", "--json"));
    assertEquals("{\"models\":[]}", text(out).strip());
  }

  @Test
  void fileThatIsNoModelIsNamed() throws Exception {
    Path file = Files.writeString(home.resolve("notes.gguf"), TEXT);
    assertEquals(1, run("", "model", "import", file.toString()));
    assertEquals(1, text(err).lines().count(), text(err));
    assertTrue(text(err).contains("notes.gguf"), text(err));
    assertEquals("", text(out));
  }

  @Test
  void logsHoldWhatHappenedButNoText() throws Exception {
    LogFiles logs = LogFiles.silent();
    logs.writeTo(home);
    Logger.getLogger("org.qalam.test").info("it happened");
    Logger.getLogger("com.hubspot.jinjava").severe("It saw a prompt: " + TEXT);
    logs.close();
    assertEquals(0, run(TEXT, "doc", "new"));
    String logged = "";
    try (Stream<Path> files = Files.list(home.resolve("logs"))) {
      for (Path file : files.toList()) {
        logged += Files.readString(file);
      }
    }
    assertTrue(logged.contains("it happened"), logged);
    assertFalse(logged.contains("Layla"), logged);
  }
}
