package org.qalam.store.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What must have reached the disk. */
final class Disk {
  private Disk() {}

  /** Sees to it that a new file is found in its folder after a power cut, where the system can. */
  static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folder, and keeps its entries in a journal of its own.
      System.getLogger(Disk.class.getName()).log(System.Logger.Level.TRACE, "folder not forced", e);
    }
  }
}
