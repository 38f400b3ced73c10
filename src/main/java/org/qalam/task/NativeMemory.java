package org.qalam.task;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Memory that native libraries took from the C library. */
public final class NativeMemory {
  private NativeMemory() {}

  /**
   * Gives what was freed back to the system. The C library of most Linux systems keeps it for later
   * otherwise; nothing is done on others. Any thread; takes some milliseconds.
   */
  @SuppressWarnings("restricted")
  public static void giveBack() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return;
    }
    Linker linker = Linker.nativeLinker();
    var function = linker.defaultLookup().find("malloc_trim");
    if (function.isEmpty()) {
      return; // a C library other than GNU's
    }
    MethodHandle trim =
        linker.downcallHandle(
            function.get(), FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG));
    try {
      int _ = (int) trim.invokeExact(0L);
    } catch (Throwable e) {
      throw new IllegalStateException("malloc_trim could not be called", e);
    }
  }
}
