package org.qalam.engine;

/** Follows a generation. Called on the engine's thread, which waits for it: return quickly. */
public interface GenerationListener {
  /** Hears nothing. */
  GenerationListener NONE = new GenerationListener() {};

  /** The model is being loaded; a fraction from 0 to 1. */
  default void loading(double fraction) {}

  /** So many of the prompt's tokens are read. */
  default void reading(int done, int total) {}

  /** New text, whole characters only; may be empty never. */
  default void writing(String piece) {}
}
