package org.qalam.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Linux, from the files in {@code /sys} and {@code /proc}. (Documented in the kernel's {@code
 * Documentation/ABI}: sysfs-devices-system-cpu and sysfs-class-power.)
 */
final class LinuxPlatform implements Platform {
  private final Path processors;
  private final Path devices;
  private final Path status;
  private final Path supplies;

  /**
   * @param root the folder that holds {@code sys} and {@code proc}
   */
  LinuxPlatform(Path root) {
    this.processors = root.resolve("sys/devices/system/cpu");
    this.devices = root.resolve("sys/devices");
    this.status = root.resolve("proc/self/status");
    this.supplies = root.resolve("sys/class/power_supply");
  }

  @Override
  public OptionalInt performanceCores() {
    BitSet usable = list(read(processors.resolve("online")));
    allowed().ifPresent(usable::and);
    Set<String> cores = new HashSet<>();
    for (int processor : fast(usable).stream().toArray()) {
      Optional<String> core = core(processor);
      if (core.isEmpty()) {
        return OptionalInt.empty();
      }
      cores.add(core.get());
    }
    return cores.isEmpty() ? OptionalInt.empty() : OptionalInt.of(cores.size());
  }

  /** Processors that this process may run on, by its affinity or its cgroup's set. */
  private Optional<BitSet> allowed() {
    return read(status)
        .flatMap(
            text -> text.lines().filter(line -> line.startsWith("Cpus_allowed_list:")).findFirst())
        .map(line -> list(Optional.of(line.substring(line.indexOf(':') + 1))))
        .filter(set -> !set.isEmpty());
  }

  /** Those that are no slow ones; all of them where only slow ones may be used. */
  private BitSet fast(BitSet usable) {
    BitSet fast = (BitSet) usable.clone();
    // Intel's small cores have a list of their own.
    fast.andNot(list(read(devices.resolve("cpu_atom/cpus"))));
    fast.andNot(list(read(devices.resolve("cpu_lowpower/cpus"))));
    if (fast.isEmpty()) {
      fast.or(usable);
    }
    int most = fast.stream().map(this::capacity).max().orElse(0);
    // ARM's have a capacity, 1024 for the largest: little ones have about half of it or less, the
    // middle ones of three kinds more.
    BitSet strong = new BitSet();
    fast.stream().filter(processor -> 5 * capacity(processor) >= 3 * most).forEach(strong::set);
    return strong;
  }

  /** As the kernel rates a processor; 0 where it does not. */
  private int capacity(int processor) {
    return number(read(processors.resolve("cpu" + processor + "/cpu_capacity")));
  }

  /** A name for the core that a processor belongs to. */
  private Optional<String> core(int processor) {
    Path topology = processors.resolve("cpu" + processor + "/topology");
    return read(topology.resolve("core_cpus_list"))
        .or(() -> read(topology.resolve("thread_siblings_list"))) // before Linux 5.3
        .or(() ->
            read(topology.resolve("core_id"))
                .map(id -> read(topology.resolve("physical_package_id")).orElse("") + ":" + id));
  }

  @Override
  public PowerSource power() {
    boolean hasBattery = false;
    boolean discharging = false;
    boolean charged = false;
    boolean plugged = false;
    boolean unplugged = false;
    boolean otherwisePlugged = false;
    for (Path supply : supplies()) {
      if (is(supply, "scope", "Device")) {
        continue; // a mouse's battery, say
      }
      boolean online = number(read(supply.resolve("online"))) > 0;
      switch (read(supply.resolve("type")).orElse("")) {
        case "Battery", "UPS" -> {
          hasBattery = true;
          discharging |= is(supply, "status", "Discharging");
          charged |=
              is(supply, "status", "Charging")
                  || is(supply, "status", "Full")
                  || is(supply, "status", "Not charging");
        }
        case "Mains" -> {
          plugged |= online;
          unplugged |= !online;
        }
        default -> otherwisePlugged |= online; // USB, Wireless: they may give less than is used
      }
    }
    if (plugged) {
      return PowerSource.MAINS;
    }
    if (discharging) {
      return PowerSource.BATTERY;
    }
    if (otherwisePlugged || charged) {
      return PowerSource.MAINS;
    }
    return hasBattery && unplugged ? PowerSource.BATTERY : PowerSource.UNKNOWN;
  }

  private List<Path> supplies() {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(supplies)) {
      entries.forEach(found::add);
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      return List.of();
    }
    return found;
  }

  private static boolean is(Path supply, String file, String value) {
    return read(supply.resolve(file)).equals(Optional.of(value));
  }

  /**
   * A small file's text without the blanks around it; empty where it cannot be read or is empty.
   */
  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1).strip())
          .filter(text -> !text.isEmpty());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static int number(Optional<String> text) {
    try {
      return text.map(Integer::parseInt).orElse(0);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** More processors than any machine has; a list that names others is not understood. */
  private static final int MOST = 1 << 16;

  /** A list such as {@code 0-3,8}; empty where it is not understood. */
  static BitSet list(Optional<String> text) {
    BitSet set = new BitSet();
    try {
      for (String range : text.orElse("").strip().split(",", -1)) {
        if (range.isBlank()) {
          continue;
        }
        int dash = range.indexOf('-');
        int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
        int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
        if (first < 0 || last < first || last >= MOST) {
          return new BitSet();
        }
        set.set(first, last + 1);
      }
    } catch (NumberFormatException e) {
      return new BitSet();
    }
    return set;
  }
}
