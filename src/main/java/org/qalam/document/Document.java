package org.qalam.document;

import java.time.Instant;

/**
 * A document as it was last saved.
 *
 * @param title that the writer gave it; empty where it follows the text
 * @param text Markdown
 * @param revision counts the saves, from 1
 * @param caret offset in {@code text} (UTF-16 units), 0 to its length
 */
public record Document(
    DocumentId id,
    String title,
    String text,
    long revision,
    int caret,
    Instant created,
    Instant modified) {}
