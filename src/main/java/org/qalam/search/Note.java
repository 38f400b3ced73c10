package org.qalam.search;

import java.time.Instant;
import org.qalam.document.DocumentId;

/**
 * What is searched of a document.
 *
 * @param title as lists show it; may be empty
 * @param text Markdown
 */
record Note(DocumentId id, String title, String text, Instant modified) {}
