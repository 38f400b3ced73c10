package org.qalam.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  private static final Path USER = Path.of("home", "layla").toAbsolutePath();

  @TempDir Path temp;

  private static Path locate(String system, Map<String, String> environment) {
    return DataFolder.locate(Optional.empty(), environment, system, USER);
  }

  @Test
  void linuxFollowsTheXdgSpecification() {
    assertEquals(USER.resolve(".local/share/qalam"), locate("Linux", Map.of()));
    Path data = temp.resolve("data");
    assertEquals(data.resolve("qalam"), locate("Linux", Map.of("XDG_DATA_HOME", data.toString())));
    assertEquals(
        USER.resolve(".local/share/qalam"),
        locate("Linux", Map.of("XDG_DATA_HOME", "relative/paths/are/ignored")));
  }

  @Test
  void macKeepsItInApplicationSupport() {
    assertEquals(USER.resolve("Library/Application Support/Qalam"), locate("Mac OS X", Map.of()));
  }

  @Test
  void windowsKeepsItInTheLocalProfile() {
    Path local = temp.resolve("Local");
    assertEquals(
        local.resolve("Qalam"), locate("Windows 11", Map.of("LOCALAPPDATA", local.toString())));
    assertEquals(USER.resolve("AppData/Local/Qalam"), locate("Windows 11", Map.of()));
  }

  @Test
  void optionGoesBeforeEnvironmentAndThatBeforeConvention() {
    Map<String, String> environment = Map.of("QALAM_HOME", temp.resolve("named").toString());
    assertEquals(temp.resolve("named"), locate("Linux", environment));
    assertEquals(
        temp.resolve("given"),
        DataFolder.locate(Optional.of(temp.resolve("given")), environment, "Linux", USER));
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions are lists there")
  void newFolderIsForItsOwnerOnly() throws Exception {
    Path folder = DataFolder.create(temp.resolve("a").resolve("qalam"));
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
  }

  @Test
  void fileInTheWayIsNamedWithTheWayOut() throws Exception {
    Path file = Files.writeString(temp.resolve("file"), "");
    DataFolderException e =
        assertThrows(DataFolderException.class, () -> DataFolder.create(file.resolve("qalam")));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith(file.resolve("qalam") + ": "), message);
    assertTrue(message.contains("--home"), message);
  }
}
