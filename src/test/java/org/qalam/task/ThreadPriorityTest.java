package org.qalam.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ThreadPriorityTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void linuxGivesTheCallingThreadLessAndItsOwnThreadsToo() throws Exception {
    int before = niceness();
    try (Worker worker = new Worker("behind")) {
      int[] lowered =
          worker
              .submit(() -> {
                ThreadPriority.lower();
                int[] seen = {niceness(), -1};
                Thread started = new Thread(() -> seen[1] = nicenessOf());
                started.start();
                started.join();
                return seen;
              })
              .get(10, TimeUnit.SECONDS);
      assertTrue(lowered[0] > before, "niceness before " + before + ", after " + lowered[0]);
      assertEquals(lowered[0], lowered[1], "of a thread that it starts");
    }
    assertEquals(before, niceness(), "of the thread that did not ask for it");
  }

  private static int nicenessOf() {
    try {
      return niceness();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The calling thread's, as the kernel tells it: the 19th field of its status line. */
  private static int niceness() throws IOException {
    String line = Files.readString(Path.of("/proc/thread-self/stat"));
    List<String> fields =
        Pattern.compile(" ").splitAsStream(line.substring(line.lastIndexOf(')') + 2)).toList();
    return Integer.parseInt(fields.get(16));
  }
}
