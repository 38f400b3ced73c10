package org.qalam.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where Qalam keeps all data: documents, models, logs. */
public final class DataFolder {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private DataFolder() {}

  /**
   * The data folder of this user on this system, which need not exist yet.
   *
   * @param given the folder that the user named with {@code --home}
   */
  public static Path locate(Optional<Path> given) {
    return locate(
        given,
        System.getenv(),
        System.getProperty("os.name", ""),
        Path.of(System.getProperty("user.home", ".")));
  }

  /**
   * The data folder by each system's convention; {@code given}, then {@code QALAM_HOME}, come
   * first.
   */
  static Path locate(
      Optional<Path> given, Map<String, String> environment, String system, Path userHome) {
    String named = environment.getOrDefault("QALAM_HOME", "");
    Path folder;
    if (given.isPresent()) {
      folder = given.get();
    } else if (!named.isBlank()) {
      folder = Path.of(named);
    } else {
      folder = conventional(environment, system.toLowerCase(Locale.ROOT), userHome);
    }
    return folder.toAbsolutePath().normalize();
  }

  private static Path conventional(Map<String, String> environment, String system, Path userHome) {
    if (system.startsWith("windows")) {
      String local = environment.getOrDefault("LOCALAPPDATA", "");
      Path base = local.isBlank() ? userHome.resolve("AppData").resolve("Local") : Path.of(local);
      return base.resolve("Qalam");
    }
    if (system.startsWith("mac")) {
      return userHome.resolve("Library").resolve("Application Support").resolve("Qalam");
    }
    // The XDG base directory specification has relative paths ignored.
    String xdg = environment.getOrDefault("XDG_DATA_HOME", "");
    Path base = xdg.startsWith("/") ? Path.of(xdg) : userHome.resolve(".local").resolve("share");
    return base.resolve("qalam");
  }

  /**
   * Makes the folder where it is missing, for its owner's eyes only. A folder that is there keeps
   * its permissions. (On Windows a folder in the user's profile is the user's own already.)
   *
   * @throws DataFolderException where it cannot be made
   */
  public static Path create(Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        Path parent = folder.getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        Files.createDirectories(folder, ownerOnly(folder));
      }
      return folder;
    } catch (IOException e) {
      throw new DataFolderException(
          folder
              + ": this folder for Qalam's data cannot be made; name another one with --home or"
              + " QALAM_HOME",
          e);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path folder) {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }
}
