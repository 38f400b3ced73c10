package org.qalam.engine.onnx;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import org.qalam.catalog.ModelFolder;
import org.qalam.catalog.ModelManifest;
import org.qalam.engine.CacheType;
import org.qalam.engine.ModelLoadException;
import org.qalam.engine.ModelLoadException.Reason;

/** Decides how many bits a model's key-value cache has on this machine. */
final class CacheChoice {
  /** A long document with its answer; few people ever need more tokens at once. */
  private static final int LONG_CONTEXT = 8192;

  /** More than this share of the machine's memory is too much for a cache. */
  private static final int SHARE = 12;

  private CacheChoice() {}

  /**
   * Whether the cache is to hold bytes.
   *
   * @throws ModelLoadException where bytes are asked for and the model has no scales for them
   */
  static boolean isCompact(CacheType wanted, ModelManifest manifest) throws ModelLoadException {
    boolean possible = manifest.has(ModelFolder.COMPACT_CACHE_GRAPH_FILE);
    return switch (wanted) {
      case FLOAT32 -> false;
      case INT8 -> {
        if (!possible) {
          throw new ModelLoadException(
              Reason.UNSUPPORTED,
              manifest.name()
                  + " has no scales for a cache of eight bits; import it again, or take float32");
        }
        yield true;
      }
      case AUTO -> possible && floatBytes(manifest) > machineBytes() / SHARE;
    };
  }

  /** The file of the graph whose cache {@link #isCompact} chooses. */
  static String graph(CacheType wanted, ModelManifest manifest) throws ModelLoadException {
    return isCompact(wanted, manifest)
        ? ModelFolder.COMPACT_CACHE_GRAPH_FILE
        : ModelFolder.GRAPH_FILE;
  }

  private static long floatBytes(ModelManifest manifest) {
    return 2L
        * manifest.layers()
        * manifest.keyValueHeads()
        * manifest.headSize()
        * Float.BYTES
        * Math.min(LONG_CONTEXT, manifest.contextLength());
  }

  private static long machineBytes() {
    try {
      Object value =
          ManagementFactory.getPlatformMBeanServer()
              .getAttribute(
                  new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME),
                  "TotalMemorySize");
      return value instanceof Long bytes && bytes > 0 ? bytes : Long.MAX_VALUE;
    } catch (JMException e) {
      return Long.MAX_VALUE; // a Java without that attribute: the faster cache
    }
  }
}
