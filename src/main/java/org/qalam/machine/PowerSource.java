package org.qalam.machine;

/** Where the machine's power comes from. */
public enum PowerSource {
  MAINS,
  BATTERY,
  /** The system does not tell, or there is nothing to tell. */
  UNKNOWN
}
