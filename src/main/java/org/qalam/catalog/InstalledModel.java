package org.qalam.catalog;

import java.nio.file.Path;

/**
 * A model on this machine.
 *
 * @param bundled whether it came with the program (and so cannot be removed)
 */
public record InstalledModel(ModelManifest manifest, Path folder, boolean bundled) {
  public String id() {
    return manifest.id();
  }
}
