package org.qalam.search;

import org.qalam.document.TextRange;

/**
 * A part of a text that says something by itself: some paragraphs, or some sentences of a long one.
 *
 * @param range where it is in the text, without white space around it
 * @param text the part itself
 * @param heading under which it stands, without its marks; may be empty
 */
public record Passage(TextRange range, String text, String heading) {}
