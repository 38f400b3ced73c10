/** The list of documents. A View and its ViewModel. */
@NullMarked
package org.qalam.ui.library;

import org.jspecify.annotations.NullMarked;
