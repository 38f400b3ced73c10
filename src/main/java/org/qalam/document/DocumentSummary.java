package org.qalam.document;

import java.time.Instant;

/**
 * A line in the list of documents.
 *
 * @param title never blank: the writer's title, or the text's first line, or empty for an empty
 *     text
 * @param preview start of the text after the title, one line
 * @param words number of words
 */
public record DocumentSummary(
    DocumentId id, String title, String preview, int words, Instant created, Instant modified) {}
