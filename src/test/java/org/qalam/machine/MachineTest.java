package org.qalam.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class MachineTest {
  private static Machine machine(OptionalInt cores, PowerSource power, int available) {
    Platform platform =
        new Platform() {
          @Override
          public OptionalInt performanceCores() {
            return cores;
          }

          @Override
          public PowerSource power() {
            return power;
          }
        };
    return new Machine(platform, () -> available);
  }

  /** {@code /proc/meminfo} tells the machine's; a container may have less. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void theMemoryIsNoMoreThanTheSystemHas() throws Exception {
    String total = Files.readAllLines(Path.of("/proc/meminfo")).getFirst(); // MemTotal: 16 kB
    long memory = Machine.here().memory();
    assertTrue(memory > 100_000_000, memory + " bytes");
    assertTrue(memory <= 1024 * Long.parseLong(total.replaceAll("\\D", "")), memory + " bytes");
  }

  @Test
  void aThreadForEachCore() {
    assertEquals(4, machine(OptionalInt.of(4), PowerSource.MAINS, 8).threads(false));
  }

  @Test
  void noMoreThreadsThanProcessorsAreGiven() {
    assertEquals(2, machine(OptionalInt.of(8), PowerSource.MAINS, 2).cores());
    assertEquals(1, machine(OptionalInt.of(8), PowerSource.MAINS, 0).cores());
  }

  @Test
  void everyProcessorCountsWhereTheSystemTellsNothing() {
    assertEquals(6, machine(OptionalInt.empty(), PowerSource.UNKNOWN, 6).threads(true));
  }

  @Test
  void halfTheThreadsOnBatteryIfTheWriterSaysSo() {
    assertEquals(4, machine(OptionalInt.of(8), PowerSource.BATTERY, 16).threads(true));
    assertEquals(8, machine(OptionalInt.of(8), PowerSource.BATTERY, 16).threads(false));
    assertEquals(8, machine(OptionalInt.of(8), PowerSource.MAINS, 16).threads(true));
    assertEquals(8, machine(OptionalInt.of(8), PowerSource.UNKNOWN, 16).threads(true));
    assertEquals(1, machine(OptionalInt.of(1), PowerSource.BATTERY, 2).threads(true));
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void fastBytesAreWhatLinuxCallsVnni() throws Exception {
    boolean listed = Files.readString(Path.of("/proc/cpuinfo")).contains("avx512_vnni");
    assertEquals(listed, Machine.here().multipliesBytesFast());
  }

  @Test
  void thisMachineIsAskedWithoutFailing() {
    Machine here = Machine.here();
    int processors = Runtime.getRuntime().availableProcessors();
    assertTrue(here.cores() >= 1 && here.cores() <= processors, here.cores() + " cores");
    assertNotNull(here.power());
  }

  @Test
  void otherSystemsThanThisOneTellNothing() {
    boolean isWindows = System.getProperty("os.name", "").startsWith("Windows");
    boolean isMac = System.getProperty("os.name", "").startsWith("Mac");
    if (!isWindows) {
      assertEquals(OptionalInt.empty(), new WindowsPlatform().performanceCores());
      assertEquals(PowerSource.UNKNOWN, new WindowsPlatform().power());
    }
    if (!isMac) {
      assertEquals(OptionalInt.empty(), new MacPlatform().performanceCores());
      assertEquals(PowerSource.UNKNOWN, new MacPlatform().power());
    }
  }

  /** Entries as Windows lays them out, with one group: 48 bytes each. */
  private static ByteBuffer windows(List<int[]> coresAndClasses) {
    ByteBuffer bytes =
        ByteBuffer.allocate(48 * coresAndClasses.size()).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    for (int[] entry : coresAndClasses) {
      bytes.putInt(at, entry[0]).putInt(at + 4, 48).put(at + 9, (byte) entry[1]);
      at += 48;
    }
    return bytes;
  }

  @Test
  void windowsNamesTheFastestCoresByTheHighestClass() {
    List<int[]> mixed = List.of(new int[] {0, 0}, new int[] {0, 1}, new int[] {0, 1});
    assertEquals(OptionalInt.of(2), WindowsPlatform.fastest(windows(mixed)));
    List<int[]> equal = List.of(new int[] {0, 0}, new int[] {0, 0}, new int[] {3, 9});
    assertEquals(OptionalInt.of(2), WindowsPlatform.fastest(windows(equal)));
  }

  @Test
  void windowsEntriesThatAreCutShortTellNothing() {
    ByteBuffer bytes = windows(List.of(new int[] {0, 0}, new int[] {0, 0}));
    assertEquals(OptionalInt.empty(), WindowsPlatform.fastest(bytes.duplicate().limit(60)));
    bytes.putInt(4, 0);
    assertEquals(OptionalInt.empty(), WindowsPlatform.fastest(bytes));
    assertEquals(OptionalInt.empty(), WindowsPlatform.fastest(ByteBuffer.allocate(0)));
  }

  @Test
  void powerOfWindowsAndMacs() {
    assertEquals(PowerSource.BATTERY, WindowsPlatform.source((byte) 0));
    assertEquals(PowerSource.MAINS, WindowsPlatform.source((byte) 1));
    assertEquals(PowerSource.UNKNOWN, WindowsPlatform.source((byte) 255));
    assertEquals(PowerSource.MAINS, MacPlatform.source(-2.0));
    assertEquals(PowerSource.BATTERY, MacPlatform.source(-1.0));
    assertEquals(PowerSource.BATTERY, MacPlatform.source(5400.0));
  }
}
