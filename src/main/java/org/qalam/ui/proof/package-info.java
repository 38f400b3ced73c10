/**
 * Spelling and grammar for the window: what is known of the paragraphs, what the writer wants left
 * alone, and the settings of it.
 */
@NullMarked
package org.qalam.ui.proof;

import org.jspecify.annotations.NullMarked;
