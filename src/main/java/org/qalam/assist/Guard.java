package org.qalam.assist;

/** What a change must not touch without the writer's own word (0088). */
public enum Guard {
  /** A number or a part of one, in any script's digits. */
  NUMBER,
  /** An address of the web or of mail, or a path. */
  LINK,
  /** A day or a month in words. */
  DATE,
  /** A name, as far as a capital letter gives it away. */
  NAME,
  /** Words between quotation marks: somebody else's. */
  QUOTATION,
  /** Code between backticks. */
  CODE,
  /** What Markdown makes of a line: a heading, a list, emphasis, a link. */
  STRUCTURE
}
