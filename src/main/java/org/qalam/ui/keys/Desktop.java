package org.qalam.ui.keys;

/** Whose keys are pressed: systems differ in what they take for themselves. */
enum Desktop {
  LINUX,
  MAC,
  WINDOWS;

  /** The one that the program runs on. */
  static Desktop here() {
    String name = System.getProperty("os.name", "");
    return name.startsWith("Mac") ? MAC : name.startsWith("Windows") ? WINDOWS : LINUX;
  }
}
