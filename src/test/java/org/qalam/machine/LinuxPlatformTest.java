package org.qalam.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as Linux lays them out on machines of several kinds. */
class LinuxPlatformTest {
  private static final String CPU = "sys/devices/system/cpu/";
  private static final String SUPPLY = "sys/class/power_supply/";

  @TempDir Path root;

  private void file(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text + "\n");
  }

  private void processor(int number, String siblings) throws IOException {
    file(CPU + "cpu" + number + "/topology/core_cpus_list", siblings);
  }

  private void supply(String name, Map<String, String> facts) throws IOException {
    for (var fact : facts.entrySet()) {
      file(SUPPLY + name + "/" + fact.getKey(), fact.getValue());
    }
  }

  private OptionalInt cores() {
    return new LinuxPlatform(root).performanceCores();
  }

  private PowerSource power() {
    return new LinuxPlatform(root).power();
  }

  /** Eight processors, each core's two threads far apart, as on many laptops. */
  private void fourCoresWithTwoThreads() throws IOException {
    file(CPU + "online", "0-7");
    for (int i = 0; i < 8; i++) {
      processor(i, i % 4 + "," + (i % 4 + 4));
    }
  }

  @Test
  void countsACoreWithTwoThreadsOnce() throws IOException {
    fourCoresWithTwoThreads();
    assertEquals(OptionalInt.of(4), cores());
  }

  @Test
  void leavesProcessorsOutThatAreSwitchedOff() throws IOException {
    fourCoresWithTwoThreads();
    file(CPU + "online", "0-2,4-6");
    assertEquals(OptionalInt.of(3), cores());
  }

  @Test
  void countsTheCoresThatTheProcessMayUse() throws IOException {
    fourCoresWithTwoThreads();
    file("proc/self/status", "Name:\tjava\nCpus_allowed:\t33\nCpus_allowed_list:\t0-1,4-5");
    assertEquals(OptionalInt.of(2), cores());
  }

  @Test
  void readsTheNameThatOlderKernelsGiveTheList() throws IOException {
    file(CPU + "online", "0-3");
    for (int i = 0; i < 4; i++) {
      file(CPU + "cpu" + i + "/topology/thread_siblings_list", i / 2 * 2 + "-" + (i / 2 * 2 + 1));
    }
    assertEquals(OptionalInt.of(2), cores());
  }

  @Test
  void tellsCoresOfTwoSocketsApartByTheirNumbers() throws IOException {
    file(CPU + "online", "0-3");
    for (int i = 0; i < 4; i++) {
      file(CPU + "cpu" + i + "/topology/core_id", String.valueOf(i % 2));
      file(CPU + "cpu" + i + "/topology/physical_package_id", String.valueOf(i / 2));
    }
    assertEquals(OptionalInt.of(4), cores());
  }

  /** Four little cores at half the capacity of four big ones. */
  private void bigAndLittle() throws IOException {
    file(CPU + "online", "0-7");
    for (int i = 0; i < 8; i++) {
      processor(i, String.valueOf(i));
      file(CPU + "cpu" + i + "/cpu_capacity", i < 4 ? "530" : "1024");
    }
  }

  @Test
  void leavesLittleCoresOut() throws IOException {
    bigAndLittle();
    assertEquals(OptionalInt.of(4), cores());
  }

  @Test
  void takesLittleCoresWhereThereAreNoOthersForTheProcess() throws IOException {
    bigAndLittle();
    file("proc/self/status", "Cpus_allowed_list:\t0-2");
    assertEquals(OptionalInt.of(3), cores());
  }

  @Test
  void middleCoresCompute() throws IOException {
    int[] capacities = {325, 325, 325, 325, 828, 828, 828, 1024};
    file(CPU + "online", "0-7");
    for (int i = 0; i < 8; i++) {
      processor(i, String.valueOf(i));
      file(CPU + "cpu" + i + "/cpu_capacity", String.valueOf(capacities[i]));
    }
    assertEquals(OptionalInt.of(4), cores());
  }

  @Test
  void leavesIntelsSmallCoresOut() throws IOException {
    file(CPU + "online", "0-13");
    for (int i = 0; i < 14; i++) {
      processor(i, i < 4 ? i / 2 * 2 + "-" + (i / 2 * 2 + 1) : String.valueOf(i));
    }
    file("sys/devices/cpu_core/cpus", "0-3");
    file("sys/devices/cpu_atom/cpus", "4-11");
    file("sys/devices/cpu_lowpower/cpus", "12-13");
    assertEquals(OptionalInt.of(2), cores());
  }

  @Test
  void missingFilesTellNothing() throws IOException {
    assertEquals(OptionalInt.empty(), cores());
    assertEquals(PowerSource.UNKNOWN, power());
    file(CPU + "online", "0-3"); // as in some sandboxes: no topology
    assertEquals(OptionalInt.empty(), cores());
  }

  @Test
  void nonsenseTellsNothing() throws IOException {
    file(CPU + "online", "0-99999999999,x");
    file("proc/self/status", "Cpus_allowed_list:\t5-2");
    supply("AC", Map.of("type", "Mains", "online", "yes"));
    assertEquals(OptionalInt.empty(), cores());
    assertEquals(PowerSource.UNKNOWN, power());
  }

  @Test
  void readsListsOfProcessors() {
    BitSet expected = new BitSet();
    expected.set(0, 3);
    expected.set(8);
    assertEquals(expected, LinuxPlatform.list(Optional.of("0-2,8\n")));
    assertTrue(LinuxPlatform.list(Optional.of("1-2,3x")).isEmpty());
    assertTrue(LinuxPlatform.list(Optional.of("0-2000000000")).isEmpty());
    assertTrue(LinuxPlatform.list(Optional.empty()).isEmpty());
  }

  @Test
  void laptopOnItsBattery() throws IOException {
    supply("AC", Map.of("type", "Mains", "online", "0"));
    supply("BAT0", Map.of("type", "Battery", "status", "Discharging"));
    assertEquals(PowerSource.BATTERY, power());
  }

  @Test
  void laptopOnMainsAlsoWhenItsBatteryIsHeldAtEightyPercent() throws IOException {
    supply("ADP1", Map.of("type", "Mains", "online", "1"));
    supply("BAT0", Map.of("type", "Battery", "status", "Not charging"));
    assertEquals(PowerSource.MAINS, power());
  }

  @Test
  void tabletThatUsbChargesIsOnMainsUnlessTheBatteryGoesDown() throws IOException {
    supply("usb", Map.of("type", "USB", "online", "1"));
    supply("battery", Map.of("type", "Battery", "status", "Charging"));
    assertEquals(PowerSource.MAINS, power());
    supply("battery", Map.of("type", "Battery", "status", "Discharging"));
    assertEquals(PowerSource.BATTERY, power());
  }

  @Test
  void unpluggedWithABatteryThatSaysNothing() throws IOException {
    supply("AC", Map.of("type", "Mains", "online", "0"));
    supply("BAT0", Map.of("type", "Battery", "status", "Unknown"));
    assertEquals(PowerSource.BATTERY, power());
  }

  @Test
  void aMousesBatteryIsNotTheMachines() throws IOException {
    supply(
        "hidpp_battery_0", Map.of("type", "Battery", "scope", "Device", "status", "Discharging"));
    assertEquals(PowerSource.UNKNOWN, power());
  }
}
