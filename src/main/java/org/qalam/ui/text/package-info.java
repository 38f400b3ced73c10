/** Words and lines of the window: localised sentences, and wrapping that is safe in any script. */
@NullMarked
package org.qalam.ui.text;

import org.jspecify.annotations.NullMarked;
