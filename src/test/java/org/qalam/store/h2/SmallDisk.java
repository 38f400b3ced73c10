package org.qalam.store.h2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * An H2 file system, {@code small:}, on which files cannot grow beyond {@link #limit}. A write that
 * does not fit is done in part and then fails, as on a full disk.
 */
public final class SmallDisk extends FilePathWrapper {
  // H2 keeps one object for each of its file systems, so this cannot be a field of an instance.
  static volatile long limit = Long.MAX_VALUE;

  static void register() {
    FilePath.register(new SmallDisk());
  }

  @Override
  public String getScheme() {
    return "small";
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new Channel(super.open(mode));
  }

  private static final class Channel extends FileBaseDefault {
    private final FileChannel base;

    Channel(FileChannel base) {
      this.base = base;
    }

    @Override
    public long size() throws IOException {
      return base.size();
    }

    @Override
    public synchronized int read(ByteBuffer to, long position) throws IOException {
      return base.read(to, position);
    }

    @Override
    public synchronized int write(ByteBuffer from, long position) throws IOException {
      long space = limit - position;
      if (from.remaining() <= space) {
        return base.write(from, position);
      }
      if (space > 0) {
        ByteBuffer part = from.duplicate().limit(from.position() + (int) space);
        while (part.hasRemaining()) {
          int written = base.write(part, position + space - part.remaining());
          from.position(from.position() + written);
        }
      }
      throw new IOException("No space left on device");
    }

    @Override
    protected void implTruncate(long size) throws IOException {
      FileChannel _ = base.truncate(size);
    }

    @Override
    public void force(boolean metaData) throws IOException {
      base.force(metaData);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return base.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      base.close();
    }
  }
}
