package org.qalam.exchange;

/** What words may be, beside plain. */
enum Mark {
  BOLD,
  ITALIC,
  STRIKE,
  CODE
}
