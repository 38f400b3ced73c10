package org.qalam.ui.settings;

/** What is going on with adding a model. */
public sealed interface ImportState {
  /** Nothing. */
  record Ready() implements ImportState {}

  /**
   * A checkpoint is being read.
   *
   * @param file its name
   * @param fraction from 0 to 1; negative while unknown
   * @param cancelling whether it was asked to stop
   */
  record Running(String file, double fraction, boolean cancelling) implements ImportState {}

  /** The model of this name was added. */
  record Done(String name) implements ImportState {}

  /** It could not be added; one sentence says why and what to do. */
  record Failed(String sentence) implements ImportState {}
}
