package org.qalam.engine.onnx;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/**
 * Keeps ONNX Runtime from reporting to its makers. Its official builds for Linux and macOS do so
 * from 1.29 on, by default: they keep an identifier of the device in the user's cache folder, and
 * send names and hashes of models. One environment variable turns all of it off, when it is set
 * before the library starts; the launcher sets it, and so does this class, however Qalam was
 * started.
 */
final class Telemetry {
  private static final String SWITCH = "ORT_DISABLE_TELEMETRY";

  private Telemetry() {}

  /**
   * Turns reports off for this process. To be called before the first use of ONNX Runtime.
   *
   * @throws IllegalStateException where that fails: the library must not be started then
   */
  @SuppressWarnings("restricted") // native access is granted when Qalam starts
  static void turnOff() {
    boolean windows =
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows");
    if (windows || "1".equals(System.getenv(SWITCH))) {
      return; // On Windows the library only writes trace events; OrtEnvironment turns those off.
    }
    Linker linker = Linker.nativeLinker();
    MethodHandle setenv =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("setenv"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
    int result;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(SWITCH);
      MemorySegment on = arena.allocateFrom("1");
      result = (int) setenv.invokeExact(name, on, 1);
    } catch (Throwable e) {
      throw new IllegalStateException("telemetry of ONNX Runtime could not be turned off", e);
    }
    if (result != 0) {
      throw new IllegalStateException("telemetry of ONNX Runtime could not be turned off");
    }
  }
}
