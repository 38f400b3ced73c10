package org.qalam.exchange;

/**
 * What a file gives for a new document.
 *
 * @param title empty where the text's own first heading names it
 * @param text Markdown; lines end with {@code \n}
 */
public record ImportedText(String title, String text) {}
