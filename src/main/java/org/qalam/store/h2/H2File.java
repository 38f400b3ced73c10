package org.qalam.store.h2;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Properties;
import org.h2.jdbc.JdbcConnection;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.qalam.store.StoreException;
import org.qalam.store.StoreException.Reason;

/**
 * A database file by its path, and how it is opened. A database URL with a {@code ;} in its path
 * would run what follows as settings, and so as code: such paths are refused.
 *
 * @param path ends with {@value #SUFFIX}
 * @param scheme H2 file system that holds it: {@code file} outside tests
 * @param sealing what it is encrypted with
 */
record H2File(Path path, String scheme, Sealing sealing) {
  static final String SUFFIX = ".mv.db";

  /** What an encrypted file begins with. */
  private static final String ENCRYPTED = "H2encrypt\n";

  /** What any other begins with. */
  private static final String OPEN = "H:2,";

  /** Larger results would go to a file of their own, in the open, for a while. */
  private static final String IN_MEMORY = ";MAX_MEMORY_ROWS=2000000000";

  /** Kilobytes of pages that are kept in memory. */
  private static final int CACHE_SIZE = 16 * 1024;

  private static final String FOR_WRITING =
      "WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=" + CACHE_SIZE;

  /** A file in the open. */
  H2File(Path path, String scheme) {
    this(path, scheme, Sealing.NONE);
  }

  H2File {
    String name = path.toString();
    if (!path.isAbsolute() || !name.endsWith(SUFFIX)) {
      throw new IllegalArgumentException(
          "expected an absolute path that ends with " + SUFFIX + ", found " + name);
    }
    if (name.indexOf(';') >= 0 || name.codePoints().anyMatch(Character::isISOControl)) {
      throw new StoreException(
          Reason.FAILED,
          "Documents cannot be kept in "
              + path
              + ", because that path contains a semicolon or a control character;"
              + " choose another folder with --home.");
    }
  }

  H2File sibling(String name) {
    return new H2File(path.resolveSibling(name + SUFFIX), scheme, sealing);
  }

  /** The same path for a file that is encrypted in another way. */
  H2File under(Sealing other) {
    return new H2File(path, scheme, other);
  }

  /** Whether a file is an encrypted database, as far as its first bytes tell. */
  static boolean isEncrypted(Path file) throws IOException {
    return startsWith(file, ENCRYPTED);
  }

  /** Whether a file is a database that anybody can read, as far as its first bytes tell. */
  static boolean isOpen(Path file) throws IOException {
    return startsWith(file, OPEN);
  }

  private static boolean startsWith(Path file, String start) throws IOException {
    byte[] wanted = start.getBytes(StandardCharsets.US_ASCII);
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(wanted.length), wanted);
    }
  }

  Path folder() {
    Path folder = path.getParent();
    return folder == null ? path : folder;
  }

  boolean exists() {
    return Files.exists(path);
  }

  /** Opens the file for writing, each commit being on disk when it returns. */
  Handle open() {
    // Closing on exit would race with the store's own thread; with WRITE_DELAY=0 nothing is
    // pending. Closing does not move what is in the file (Compaction writes a new one).
    return connect(FOR_WRITING + ";MAX_COMPACT_TIME=0");
  }

  /** Opens a file that is not in use yet, which becomes as small as it can when it is closed. */
  Handle openToCompact() {
    return connect(FOR_WRITING + ";DEFRAG_ALWAYS=TRUE");
  }

  /** Opens the file so that not a byte of it changes. */
  Handle openReadOnly() {
    try {
      return connect("ACCESS_MODE_DATA=r;IFEXISTS=TRUE;DB_CLOSE_ON_EXIT=FALSE");
    } catch (StoreException e) {
      // H2 found nothing in it and was about to make a new database of it.
      throw e.reason() == Reason.READ_ONLY ? Errors.damagedFile(path, e) : e;
    }
  }

  /** The address of the database. */
  String url(String settings) {
    String file = path.toString();
    return "jdbc:h2:"
        + scheme
        + ":"
        + file.substring(0, file.length() - SUFFIX.length())
        + ";TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0;"
        + (sealing.isSecret() ? "CIPHER=AES;" : "")
        + settings;
  }

  /** For an encrypted file the password of the file comes first, then a space. */
  String password() {
    return sealing.filePassword().map(secret -> secret + " ").orElse("");
  }

  /** One for all, since it remembers what it has read; on any thread. */
  private static final SqlParser PARSER = new ColonPrefixSqlParser();

  private Handle connect(String settings) {
    Properties user = new Properties();
    user.setProperty("user", "sa");
    user.setProperty("password", password());
    try {
      Connection connection =
          new JdbcConnection(url(settings + IN_MEMORY), user, null, null, false);
      Handle handle = Jdbi.open(connection);
      handle.getConfig(SqlStatements.class).setSqlParser(PARSER);
      TextSeal.of(handle).use(sealing.texts());
      return handle;
    } catch (SQLException | RuntimeException e) {
      throw Errors.translate(e, folder(), path);
    }
  }
}
