package org.qalam.assist;

/** What a change must not touch without the writer's own word (0088). */
public enum Guard {
  /** A number or a part of one, in any script's digits. */
  NUMBER,
  /** An address of the web or of mail, or a path. */
  LINK,
  /** Words between quotation marks: somebody else's. */
  QUOTATION,
  /** Code between backticks. */
  CODE
}
