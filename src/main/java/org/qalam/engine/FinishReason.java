package org.qalam.engine;

/** Why a generation ended. */
public enum FinishReason {
  /** The model said that it is done. */
  STOP_TOKEN,
  /** The number of new tokens that was asked for is reached. */
  LENGTH,
  /** The context window is full. */
  CONTEXT_FULL,
  /** Somebody pressed Stop; what was written so far is kept. */
  CANCELLED
}
