package org.qalam.assist;

/**
 * Something that Qalam can do with a passage.
 *
 * @param id such as {@code proofread}; its name for people is in the resource bundle under {@code
 *     action.ID}
 * @param icon literal of an Ikonli Material Design icon, such as {@code mdi2c-check}
 * @param result where its answer belongs
 * @param needsInstruction whether the writer must say what to do
 * @param needsText whether it works on a passage (all but a free instruction do)
 */
public record Action(
    String id, String icon, Result result, boolean needsInstruction, boolean needsText) {
  /** Where an answer belongs. */
  public enum Result {
    /** In place of the passage. */
    REPLACE,
    /** After the passage. */
    INSERT,
    /** Beside the text, to read or to insert. */
    PANEL
  }
}
