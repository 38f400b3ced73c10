package org.qalam.exchange;

/**
 * What a file gives for a new document.
 *
 * @param title empty where the text's own first heading names it
 * @param text Markdown; lines end with {@code \n}
 * @param folder where it lay in the folder that was taken, such as {@code Work/Letters}; empty for
 *     none
 */
public record ImportedText(String title, String text, String folder) {
  /** Of a file by itself. */
  ImportedText(String title, String text) {
    this(title, text, "");
  }
}
