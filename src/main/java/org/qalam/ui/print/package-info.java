/** Printing a document: which printer, which pages, and how they look. */
@NullMarked
package org.qalam.ui.print;

import org.jspecify.annotations.NullMarked;
