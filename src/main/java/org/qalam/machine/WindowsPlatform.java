package org.qalam.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;

/** Windows, by {@code GetLogicalProcessorInformationEx} and {@code GetSystemPowerStatus}. */
final class WindowsPlatform implements Platform {
  /** {@code RelationProcessorCore} of {@code LOGICAL_PROCESSOR_RELATIONSHIP}. */
  private static final int PROCESSOR_CORE = 0;

  /** Bytes of {@code SYSTEM_POWER_STATUS}. */
  private static final int POWER_STATUS = 12;

  @Override
  @SuppressWarnings("restricted")
  public OptionalInt performanceCores() {
    try (Arena arena = Arena.ofConfined()) {
      MethodHandle ask =
          function(
              arena,
              "GetLogicalProcessorInformationEx",
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.ADDRESS,
                  ValueLayout.ADDRESS));
      MemorySegment length = arena.allocate(ValueLayout.JAVA_INT);
      // Asked with no room first, it says how much it needs.
      int _ = (int) ask.invokeExact(PROCESSOR_CORE, MemorySegment.NULL, length);
      int bytes = length.get(ValueLayout.JAVA_INT, 0);
      if (bytes <= 0) {
        return OptionalInt.empty();
      }
      MemorySegment buffer = arena.allocate(bytes, 8);
      int done = (int) ask.invokeExact(PROCESSOR_CORE, buffer, length);
      return done == 0 ? OptionalInt.empty() : fastest(buffer.asByteBuffer());
    } catch (Throwable e) {
      return Unknown.because(e, OptionalInt.empty());
    }
  }

  /**
   * Cores of the highest efficiency class, which is the fastest, in an array of {@code
   * SYSTEM_LOGICAL_PROCESSOR_INFORMATION_EX}: relationship and size of the entry (32 bits each),
   * then for a core its flags and its efficiency class (8 bits each).
   */
  static OptionalInt fastest(ByteBuffer entries) {
    ByteBuffer bytes = entries.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int highest = -1;
    int cores = 0;
    int at = 0;
    while (at + 10 <= bytes.limit()) {
      int size = bytes.getInt(at + 4);
      if (size < 10 || size > bytes.limit() - at) {
        return OptionalInt.empty();
      }
      int efficiency = Byte.toUnsignedInt(bytes.get(at + 9));
      if (bytes.getInt(at) == PROCESSOR_CORE && efficiency >= highest) {
        cores = efficiency > highest ? 1 : cores + 1;
        highest = efficiency;
      }
      at += size;
    }
    return cores == 0 ? OptionalInt.empty() : OptionalInt.of(cores);
  }

  @Override
  @SuppressWarnings("restricted")
  public PowerSource power() {
    try (Arena arena = Arena.ofConfined()) {
      MethodHandle ask =
          function(
              arena,
              "GetSystemPowerStatus",
              FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
      MemorySegment status = arena.allocate(POWER_STATUS, 4);
      int done = (int) ask.invokeExact(status);
      return done == 0 ? PowerSource.UNKNOWN : source(status.get(ValueLayout.JAVA_BYTE, 0));
    } catch (Throwable e) {
      return Unknown.because(e, PowerSource.UNKNOWN);
    }
  }

  /** What {@code ACLineStatus} says. */
  static PowerSource source(byte lineStatus) {
    return switch (lineStatus) {
      case 0 -> PowerSource.BATTERY;
      case 1 -> PowerSource.MAINS;
      default -> PowerSource.UNKNOWN;
    };
  }

  @SuppressWarnings("restricted")
  private static MethodHandle function(Arena arena, String name, FunctionDescriptor types) {
    MemorySegment address = SymbolLookup.libraryLookup("kernel32", arena).find(name).orElseThrow();
    return Linker.nativeLinker().downcallHandle(address, types);
  }
}
