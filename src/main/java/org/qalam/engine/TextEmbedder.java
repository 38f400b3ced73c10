package org.qalam.engine;

/**
 * A small model that turns a text into a vector of length 1: texts of like meaning point in like
 * directions. Holds native memory; whoever asked for it closes it, when no thread is in it any
 * more; until then any may be.
 */
public interface TextEmbedder extends AutoCloseable {
  /** Numbers of a vector. */
  int dimensions();

  /**
   * The vector of a text. What is longer than the model reads counts by its beginning.
   *
   * @return (dimensions)
   * @throws EngineException where the run-time fails
   */
  float[] embed(String text);

  /** Lets go of the memory. Closing twice is harmless. */
  @Override
  void close();
}
