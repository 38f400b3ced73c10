package org.qalam.engine.onnx;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Runs a piece of work on a thread with a deep stack and waits for it. ONNX Runtime recurses
 * thousands of calls deep when its environment and its sessions are made (a regular expression of
 * the C++ library takes three frames a character), which overflows the one megabyte of a Java
 * thread and ends the program without a word.
 */
final class DeepStack {
  /** Reserved, not used: the system gives memory to the pages that are touched. */
  private static final long BYTES = 64L << 20;

  private DeepStack() {}

  static <T> T call(Callable<T> work) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                result.complete(work.call());
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            },
            "onnx-load",
            BYTES);
    thread.setDaemon(true);
    thread.start();
    try {
      return result.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case Exception exception -> throw exception;
        case Error error -> throw error;
        case null, default -> throw e;
      }
    }
  }
}
