package org.qalam;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.qalam.secret.FastLocks;

/** What saves every test time. */
public final class TestSetup implements BeforeAllCallback {
  private static boolean isDone;

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    if (!isDone) {
      isDone = true;
      FastLocks.begin();
      UnseenPictures.begin();
    }
  }
}
