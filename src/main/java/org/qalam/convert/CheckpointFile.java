package org.qalam.convert;

import java.io.IOException;
import java.nio.file.Path;

/** A file that a checkpoint's tensors lie in. */
interface CheckpointFile extends AutoCloseable {
  Path path();

  /** Unmaps the file. Closing twice is harmless. */
  @Override
  void close() throws IOException;
}
