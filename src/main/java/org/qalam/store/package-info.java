/** Saving and loading documents, outputs and settings: the interface and its errors. */
@NullMarked
package org.qalam.store;

import org.jspecify.annotations.NullMarked;
