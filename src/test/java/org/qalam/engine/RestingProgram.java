package org.qalam.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.qalam.engine.onnx.OnnxModelLoader;
import org.qalam.task.CancellationToken;
import org.qalam.tokenizer.ChatMessage;

/**
 * Prints this process's memory, {@code VmRSS} in kB: before a model is there, after an answer,
 * after idleness, and after another answer.
 */
final class RestingProgram {
  private RestingProgram() {}

  public static void main(String[] arguments) throws Exception {
    GenerationRequest story =
        GenerationRequest.of(
            List.of(ChatMessage.user("Write a story about a lighthouse.")),
            GenerationParams.greedy(60));
    try (WorkerEngine engine = new WorkerEngine(new OnnxModelLoader(), _ -> 2)) {
      engine.use(Path.of(arguments[0])).join();
      System.out.println(resident());
      GenerationResult _ = answer(engine, story);
      System.out.println(resident());
      CompletableFuture<Boolean> idle = new CompletableFuture<>();
      engine.onIdleUnload(() -> idle.complete(true));
      engine.setIdleLimit(Optional.of(Duration.ofMillis(1)));
      Boolean _ = idle.join();
      engine.setIdleLimit(Optional.empty());
      System.out.println(resident());
      GenerationResult _ = answer(engine, story);
      System.out.println(resident());
    }
  }

  private static GenerationResult answer(WorkerEngine engine, GenerationRequest request) {
    return engine.generate(request, GenerationListener.NONE, new CancellationToken()).join();
  }

  private static long resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
