/**
 * Finds notes, and passages of one text, by their words. Knows no store, no model and no window.
 */
@NullMarked
package org.qalam.search;

import org.jspecify.annotations.NullMarked;
