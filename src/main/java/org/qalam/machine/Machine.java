package org.qalam.machine;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * This machine, as far as it decides how many threads compute (0079), how weights are kept (0087)
 * and whether texts are checked while they are written (0102). Any thread; every answer is looked
 * up anew, which takes a few small files or one or two system calls.
 */
public final class Machine {
  private final Platform platform;
  private final IntSupplier available;

  /**
   * @param available processors that this process may use, 1 or more
   */
  Machine(Platform platform, IntSupplier available) {
    this.platform = platform;
    this.available = available;
  }

  /** The machine that this program runs on. */
  public static Machine here() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    Platform platform =
        system.startsWith("linux")
            ? new LinuxPlatform(Path.of("/"))
            : system.startsWith("windows")
                ? new WindowsPlatform()
                : system.startsWith("mac") ? new MacPlatform() : Platform.SILENT;
    return new Machine(platform, Runtime.getRuntime()::availableProcessors);
  }

  /**
   * Physical cores that computing may use, 1 or more: the fast ones where the system tells them
   * apart, and never more than this process was given processors. Where the system tells nothing,
   * every processor counts as a core.
   */
  public int cores() {
    int given = Math.max(1, available.getAsInt());
    return Math.clamp(platform.performanceCores().orElse(given), 1, given);
  }

  /**
   * Whether products of whole numbers of eight bits take 64 at a time: the processor has AVX-512
   * VNNI. No system tells that to Java in the same words, but the run-time uses all of AVX-512 only
   * on processors that came after the first ones without VNNI. False where it does not say.
   */
  public boolean multipliesBytesFast() {
    try {
      HotSpotDiagnosticMXBean runTime =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      return runTime != null && Integer.parseInt(runTime.getVMOption("UseAVX").getValue()) >= 3;
    } catch (IllegalArgumentException e) {
      return false; // another architecture, or another run-time
    }
  }

  /** Memory that this process may use, in bytes: the machine's, or less in a container. */
  public long memory() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  public PowerSource power() {
    return platform.power();
  }

  /**
   * Threads that a model computes with, 1 or more: one for each core.
   *
   * @param sparesBattery whether half of them must do while a battery gives the power
   */
  public int threads(boolean sparesBattery) {
    int cores = cores();
    return sparesBattery && power() == PowerSource.BATTERY ? Math.max(1, cores / 2) : cores;
  }
}
