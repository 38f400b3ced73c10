package org.qalam.document;

import java.time.Instant;

/**
 * A document in the bin.
 *
 * @param deleted when it went there
 */
public record DeletedDocument(DocumentSummary summary, Instant deleted) {}
