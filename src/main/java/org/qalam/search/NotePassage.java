package org.qalam.search;

import org.qalam.document.DocumentId;

/**
 * A passage of one of many notes.
 *
 * @param note that it is of
 * @param title of the note, as lists show it; may be empty
 * @param passage its place is one in the note's text
 */
public record NotePassage(DocumentId note, String title, Passage passage) {}
