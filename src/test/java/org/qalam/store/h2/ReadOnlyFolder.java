package org.qalam.store.h2;

import static org.qalam.SystemCommand.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder that cannot be written to, for any user. Where permissions bind the user, they are taken
 * away; an administrator gets a file system that is mounted read-only, or, where nothing can be
 * mounted, one of the kernel's own folders.
 */
final class ReadOnlyFolder implements AutoCloseable {
  private final Path folder;
  private final boolean mounted;

  private ReadOnlyFolder(Path folder, boolean mounted) {
    this.folder = folder;
    this.mounted = mounted;
  }

  /** Makes {@code folder}, with what it holds, read-only. */
  static ReadOnlyFolder of(Path folder) throws IOException {
    if (folder.toFile().setWritable(false) && !Files.isWritable(folder)) {
      return new ReadOnlyFolder(folder, false);
    }
    String path = folder.toString();
    if (run("mount", "--bind", path, path)) {
      ReadOnlyFolder mounted = new ReadOnlyFolder(folder, true);
      if (run("mount", "-o", "remount,ro,bind", path)) {
        return mounted;
      }
      mounted.close();
    }
    Path kernel = Path.of("/sys/kernel");
    if (!Files.isDirectory(kernel)) {
      throw new IOException("found no way to make a folder read-only here");
    }
    return new ReadOnlyFolder(kernel, false);
  }

  Path path() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    if (mounted && !run("umount", folder.toString())) {
      throw new IOException(folder + " stays mounted");
    }
    if (!mounted && !folder.startsWith("/sys") && !folder.toFile().setWritable(true)) {
      throw new IOException(folder + " stays read-only");
    }
  }
}
