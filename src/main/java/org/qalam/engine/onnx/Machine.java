package org.qalam.engine.onnx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What of a machine decides which kernels ONNX Runtime takes, and so how they want weights. */
final class Machine {
  private Machine() {}

  /**
   * The architecture and what is known of the processor's instructions: Linux lists them, Windows
   * names the processor. Elsewhere (macOS) the architecture must do.
   */
  static String fingerprint() {
    String processor =
        instructions(Path.of("/proc/cpuinfo"))
            .or(() -> Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER")))
            .orElse("");
    return System.getProperty("os.arch", "") + " " + processor.strip();
  }

  /** The line of {@code /proc/cpuinfo} that lists the instruction sets of the first processor. */
  static Optional<String> instructions(Path cpuinfo) {
    try (Stream<String> lines = Files.lines(cpuinfo, StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
