package org.qalam.engine;

/** How the keys and values of the tokens so far are kept. */
public enum CacheType {
  /** Eight bits where 32 would take a large share of this machine's memory. */
  AUTO,
  /** Four bytes a number: the fastest for long prompts. */
  FLOAT32,
  /** One byte a number; models imported without measured scales have it not. */
  INT8
}
