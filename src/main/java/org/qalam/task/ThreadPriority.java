package org.qalam.task;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** How soon a thread runs when all cores are busy. */
public final class ThreadPriority {
  /** Of Linux's 19 steps down: about a third of the time of a thread that wants as much. */
  private static final int NICENESS = 5;

  /** {@code PRIO_PROCESS} with the number 0: the calling thread, on Linux. */
  private static final int CALLER = 0;

  private ThreadPriority() {}

  /**
   * Lets the calling thread, and on Linux those that it starts from now on, give way to the
   * program's others: a window that waits for a core behind a computation feels slow. It costs
   * nothing while a core is free, and does nothing where the system does not allow it.
   */
  @SuppressWarnings("ThreadPriorityCheck") // nothing depends on it but how a window feels
  public static void lower() {
    // Heeded by Windows and macOS; Java ignores it on Linux.
    Thread.currentThread().setPriority(Thread.NORM_PRIORITY - 2);
    if (System.getProperty("os.name", "").equals("Linux")) {
      lowerOnLinux();
    }
  }

  @SuppressWarnings("restricted")
  private static void lowerOnLinux() {
    Linker linker = Linker.nativeLinker();
    var function = linker.defaultLookup().find("setpriority");
    if (function.isEmpty()) {
      return;
    }
    MethodHandle setPriority =
        linker.downcallHandle(
            function.get(),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT));
    try {
      int _ = (int) setPriority.invokeExact(0, CALLER, NICENESS);
    } catch (Throwable e) {
      throw new IllegalStateException("setpriority could not be called", e);
    }
  }
}
