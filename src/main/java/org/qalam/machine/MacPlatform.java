package org.qalam.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.OptionalInt;

/** macOS, by {@code sysctlbyname} and {@code IOPSGetTimeRemainingEstimate}. */
final class MacPlatform implements Platform {
  /** Level 0 is the fastest; Macs with Intel's processors have no levels. */
  private static final String FAST_CORES = "hw.perflevel0.physicalcpu";

  private static final String ALL_CORES = "hw.physicalcpu";

  private static final String POWER = "/System/Library/Frameworks/IOKit.framework/IOKit";

  /** {@code kIOPSTimeRemainingUnlimited}; any other estimate is a battery's. */
  private static final double UNLIMITED = -2;

  @Override
  public OptionalInt performanceCores() {
    try {
      OptionalInt fast = number(FAST_CORES);
      return fast.isPresent() ? fast : number(ALL_CORES);
    } catch (Throwable e) {
      return Unknown.because(e, OptionalInt.empty());
    }
  }

  /** A number of the kernel's, 1 or more; empty where there is none of this name. */
  @SuppressWarnings("restricted")
  private static OptionalInt number(String name) throws Throwable {
    Linker linker = Linker.nativeLinker();
    MethodHandle ask =
        linker.downcallHandle(
            linker.defaultLookup().find("sysctlbyname").orElseThrow(),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(ValueLayout.JAVA_INT);
      MemorySegment length = arena.allocate(ValueLayout.JAVA_LONG);
      length.set(ValueLayout.JAVA_LONG, 0, value.byteSize());
      int error =
          (int) ask.invokeExact(arena.allocateFrom(name), value, length, MemorySegment.NULL, 0L);
      int number = value.get(ValueLayout.JAVA_INT, 0);
      return error == 0 && number > 0 ? OptionalInt.of(number) : OptionalInt.empty();
    }
  }

  @Override
  @SuppressWarnings("restricted")
  public PowerSource power() {
    try (Arena arena = Arena.ofConfined()) {
      MethodHandle ask =
          Linker.nativeLinker()
              .downcallHandle(
                  SymbolLookup.libraryLookup(POWER, arena)
                      .find("IOPSGetTimeRemainingEstimate")
                      .orElseThrow(),
                  FunctionDescriptor.of(ValueLayout.JAVA_DOUBLE));
      return source((double) ask.invokeExact());
    } catch (Throwable e) {
      return Unknown.because(e, PowerSource.UNKNOWN);
    }
  }

  /** What an estimate of the time that is left says: seconds, -1 for not known yet. */
  static PowerSource source(double estimate) {
    return estimate == UNLIMITED ? PowerSource.MAINS : PowerSource.BATTERY;
  }
}
