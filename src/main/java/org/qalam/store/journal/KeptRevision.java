package org.qalam.store.journal;

import org.qalam.document.Revision;

/** An earlier text of a document with all that is known of it. */
public record KeptRevision(Revision revision, String text) {}
