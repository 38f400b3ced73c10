package org.qalam.workmanship;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Error Prone, NullAway and Spotless have nothing to say of any source, also of the tests'. They
 * take longer than compiling does and use one core, so they run beside the other tests, in a Maven
 * on the JDK of the tests: google-java-format wants one that Maven itself may not run on. By hand:
 * {@code mvn test -Dtest=SourcesTest}.
 */
class SourcesTest {
  @Test
  void haveNothingThatTheirCheckersWouldSay() throws Exception {
    String maven =
        Objects.requireNonNull(
            System.getProperty("maven.home"), "run it by Maven: mvn test -Dtest=SourcesTest");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xms1500m",
            "-Xmx1500m",
            "-Xmn900m",
            "-Djansi.mode=strip"));
    for (String part :
        List.of(
            "api",
            "code",
            "comp",
            "file",
            "main",
            "model",
            "parser",
            "processing",
            "tree",
            "util")) {
      command.add("--add-opens=jdk.compiler/com.sun.tools.javac." + part + "=ALL-UNNAMED");
    }
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-classpath",
            Path.of(maven, "boot") + "/*",
            "-Dclassworlds.conf=" + Path.of(maven, "bin", "m2.conf"),
            "-Dmaven.home=" + maven,
            "-Dmaven.multiModuleProjectDirectory=" + Path.of("").toAbsolutePath(),
            "-Dmaven.repo.local=" + System.getProperty("maven.repo.local"),
            "org.codehaus.plexus.classworlds.launcher.Launcher",
            "--batch-mode",
            "--no-transfer-progress",
            "--activate-profiles=checks"));
    if ("offline=true".equals(System.getProperty("maven.network"))) {
      command.add("--offline");
    }
    command.addAll(List.of("spotless:check", "compiler:compile", "compiler:testCompile@tests"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> said;
    try (Stream<String> lines = process.inputReader(StandardCharsets.UTF_8).lines()) {
      said = lines.toList();
    }
    String all = String.join("\n", said);
    assertEquals(0, process.waitFor(), all);
    // Nothing was left out.
    assertTrue(Files.exists(Path.of("target/checks/classes/org/qalam/Qalam.class")), all);
    assertTrue(
        Files.exists(
            Path.of("target/checks/test-classes")
                .resolve(getClass().getName().replace('.', '/') + ".class")),
        all);
  }
}
