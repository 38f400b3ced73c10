package org.qalam.store.h2;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Brings a file that an older release of the database wrote, in a format that this one does not
 * read, into this one's. The older release reads it, from a jar of its own in a class loader of its
 * own; everything is written to a new file and checked, and the old one stays beside it as {@code
 * qalam.mv.db.h2-RELEASE}. The caller holds the folder's lock.
 *
 * <p>Such jars lie in the folder that the system property {@value #PROPERTY} names. A release of
 * Qalam whose database has a new format brings the one before; so far there is none
 * (docs/decisions/0119).
 */
final class FormatUpgrade {
  static final String PROPERTY = "qalam.previous-h2";

  private static final System.Logger LOG = System.getLogger(FormatUpgrade.class.getName());

  private final H2File file;
  private final List<Migration> migrations;

  FormatUpgrade(H2File file, List<Migration> migrations) {
    this.file = file;
    this.migrations = migrations;
  }

  /**
   * Does it with the first release that reads the file, the newest tried first.
   *
   * @return whether there is one; otherwise nothing was changed
   */
  boolean run() {
    for (Path jar : jars()) {
      try {
        if (upgrade(jar)) {
          return true;
        }
      } catch (IOException | RuntimeException e) {
        throw Errors.translate(e, file.folder(), file.path());
      }
    }
    return false;
  }

  private static List<Path> jars() {
    String folder = System.getProperty(PROPERTY, "");
    if (folder.isBlank() || !Files.isDirectory(Path.of(folder))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      return files
          .filter(jar -> jar.getFileName().toString().matches("h2-[0-9.]+\\.jar"))
          .sorted(Comparator.comparing((Path jar) -> jar.getFileName().toString()).reversed())
          .toList();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, folder + " cannot be listed", e);
      return List.of();
    }
  }

  /** Works on a copy, since the older release has to write to it where its schema is older too. */
  private boolean upgrade(Path jar) throws IOException {
    H2File copy = file.sibling("qalam.upgrading");
    H2File fresh = file.sibling("qalam.upgraded");
    Files.copy(file.path(), copy.path(), StandardCopyOption.REPLACE_EXISTING);
    try (URLClassLoader loader = loader(jar);
        Connection connection = connect(loader, copy);
        Handle old = Jdbi.open(connection)) {
      TextSeal.of(old).use(file.sealing().texts());
      Migrator.bringUp(old, migrations);
      Resealing.write(old, fresh, migrations);
    } catch (SQLException | ReflectiveOperationException e) {
      LOG.log(System.Logger.Level.INFO, jar + " does not read the file", e);
      return false;
    } finally {
      Files.deleteIfExists(copy.path());
    }
    String release = jar.getFileName().toString().replace(".jar", "");
    Files.move(file.path(), file.path().resolveSibling(file.path().getFileName() + "." + release));
    Files.move(fresh.path(), file.path(), StandardCopyOption.ATOMIC_MOVE);
    return true;
  }

  private static URLClassLoader loader(Path jar) throws MalformedURLException {
    return new URLClassLoader(
        new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
  }

  private static Connection connect(ClassLoader loader, H2File copy)
      throws SQLException, ReflectiveOperationException {
    Driver driver =
        Class.forName("org.h2.Driver", true, loader)
            .asSubclass(Driver.class)
            .getConstructor()
            .newInstance();
    Properties user = new Properties();
    user.setProperty("user", "sa");
    user.setProperty("password", copy.password());
    Connection connection =
        driver.connect(
            copy.url("IFEXISTS=TRUE;DB_CLOSE_ON_EXIT=FALSE;MAX_MEMORY_ROWS=1000000"), user);
    if (connection == null) {
      throw new SQLException("the driver does not know the file");
    }
    return connection;
  }
}
