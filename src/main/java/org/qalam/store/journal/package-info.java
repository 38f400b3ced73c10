/**
 * Copies of documents outside the database, which they know nothing of: the journal of every change
 * and the backups, both made of the same records, each with its own checksum.
 */
@NullMarked
package org.qalam.store.journal;

import org.jspecify.annotations.NullMarked;
