package org.qalam.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Notes under a passphrase at the command line. */
class PassphraseProgramTest {
  private static final String TEXT = "سرّ: the patient is called Layla";

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private String run(int exit, String input, String home, String... arguments) {
    out.reset();
    err.reset();
    Program program =
        new Program(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            out,
            err,
            StandardCharsets.UTF_8);
    String[] all =
        Stream.concat(Stream.of(arguments), Stream.of("--home", folder.resolve(home).toString()))
            .toArray(String[]::new);
    assertEquals(exit, program.run(all), () -> said());
    return out.toString(StandardCharsets.UTF_8).strip();
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8).strip();
  }

  private String file(String name, String passphrase) throws Exception {
    return Files.writeString(folder.resolve(name), passphrase + "\n").toString();
  }

  @Test
  void notesAreEncryptedAndOpenWithThePassphraseAlone() throws Exception {
    String first = file("first", "correct horse; بطارية");
    String second = file("second", "another one");
    String id = run(0, TEXT, "home", "doc", "new");
    assertEquals("{\"encrypted\":false}", run(0, "", "home", "passphrase", "status", "--json"));
    String told = run(0, "", "home", "passphrase", "set", "--new-file", first);
    String recovery = file("recovery", told.substring(told.lastIndexOf(' ') + 1));
    assertEquals("The notes are encrypted.", run(0, "", "home", "passphrase", "status"));

    run(1, "", "home", "doc", "show", id);
    assertTrue(said().startsWith("The notes are locked with a passphrase"), said());
    run(1, "", "home", "doc", "show", id, "--passphrase-file", second);
    assertEquals("This is not the passphrase of the notes.", said());
    assertEquals(TEXT, run(0, "", "home", "doc", "show", id, "--passphrase-file", first));
    run(1, "", "home", "passphrase", "set", "--new-file", first);

    String backup = folder.resolve("carry.backup").toString();
    run(0, "", "home", "backup", backup, "--passphrase-file", first);
    run(0, "", "home", "passphrase", "change", "--passphrase-file", first, "--new-file", second);
    run(1, "", "home", "doc", "show", id, "--passphrase-file", first);
    assertEquals(TEXT, run(0, "", "home", "doc", "show", id, "--passphrase-file", second));

    run(1, "", "elsewhere", "restore", backup, "--backup-passphrase-file", second);
    assertTrue(said().startsWith("This is not the passphrase of the notes in "), said());
    run(0, "", "elsewhere", "restore", backup, "--backup-passphrase-file", first);
    assertEquals(TEXT, run(0, "", "elsewhere", "doc", "show", id));

    String third = file("third", "third time");
    run(1, "", "home", "passphrase", "recover", "--recovery-file", second, "--new-file", third);
    assertEquals("A recovery key has eight groups of four letters and digits.", said());
    run(0, "", "home", "passphrase", "recover", "--recovery-file", recovery, "--new-file", third);
    assertEquals(TEXT, run(0, "", "home", "doc", "show", id, "--passphrase-file", third));
    run(0, "", "home", "passphrase", "remove", "--passphrase-file", third);
    assertEquals(TEXT, run(0, "", "home", "doc", "show", id));
    run(1, "", "home", "passphrase", "remove");
    assertEquals("The notes are not encrypted; see passphrase set.", said());
  }

  @Test
  void aBackupGetsAPassphraseOfItsOwn() throws Exception {
    String own = file("own", "three herons; بجع");
    String wrong = file("wrong", "two herons");
    String backup = folder.resolve("carry.backup").toString();
    String id = run(0, TEXT, "home", "doc", "new");
    run(1, "", "home", "backup", backup, "--backup-passphrase-file", file("none", ""));
    assertEquals("The passphrase is empty.", said());
    run(
        1,
        "",
        "home",
        "backup",
        backup,
        "--backup-passphrase-file",
        file("long", "x".repeat(1025)));
    assertEquals("The passphrase has 1025 characters; it may have 1024.", said());
    run(1, "", "home", "backup", backup, "--backup-passphrase-file", backup);
    assertEquals(backup + " cannot be read as a file with a passphrase.", said());
    run(1, "", "home", "backup", backup, "--backup-passphrase");
    assertTrue(said().startsWith("A passphrase of the backup is needed: name a file"), said());
    run(2, "", "home", "backup", backup, "--backup-passphrase", "--backup-passphrase-file", own);
    assertTrue(said().startsWith("The passphrase is typed or in a file; give one of"), said());
    assertFalse(Files.exists(Path.of(backup)));

    run(0, "", "home", "backup", backup, "--backup-passphrase-file", own);
    assertFalse(Files.readString(Path.of(backup), StandardCharsets.ISO_8859_1).contains("patient"));
    run(1, "", "elsewhere", "restore", backup);
    assertTrue(said().startsWith("The notes in " + backup + " are locked"), said());
    run(1, "", "elsewhere", "restore", backup, "--backup-passphrase-file", wrong);
    assertEquals("This is not the passphrase of the notes in " + backup + ".", said());
    run(0, "", "elsewhere", "passphrase", "set", "--new-file", wrong);
    run(
        0,
        "",
        "elsewhere",
        "restore",
        backup,
        "--backup-passphrase-file",
        own,
        "--passphrase-file",
        wrong);
    assertEquals(TEXT, run(0, "", "elsewhere", "doc", "show", id, "--passphrase-file", wrong));
    // The other way round: notes under a passphrase, a file under another.
    run(
        0,
        "",
        "elsewhere",
        "backup",
        backup,
        "--replace",
        "--backup-passphrase-file",
        own,
        "--passphrase-file",
        wrong);
    run(0, "", "third", "restore", backup, "--backup-passphrase-file", own);
    assertEquals(TEXT, run(0, "", "third", "doc", "show", id));
  }
}
