/** The palette: whatever can be done in the window, found by typing. A View and its ViewModel. */
@NullMarked
package org.qalam.ui.palette;

import org.jspecify.annotations.NullMarked;
