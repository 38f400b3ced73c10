package org.qalam.ui.editor;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.testfx.util.WaitForAsyncUtils;

/** What the JavaFX thread throws and nobody catches. */
public final class FxFailures {
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  private FxFailures() {}

  /** Collects from now on what the calling thread throws. */
  public static FxFailures ofThisThread() {
    FxFailures failures = new FxFailures();
    Thread.currentThread()
        .setUncaughtExceptionHandler((_, failure) -> failures.failures.add(failure));
    return failures;
  }

  /** Fails where there was one, or is one in what the thread still has to do. */
  public void assertNone() {
    WaitForAsyncUtils.waitForFxEvents();
    assertNoneYet();
  }

  /** Fails where there was one; for tests that have waited for the thread themselves. */
  public void assertNoneYet() {
    for (Throwable failure : failures) {
      throw new AssertionError("the JavaFX thread failed", failure);
    }
  }
}
