/** The window that holds the parts: tool bar, layout, status bar, theme, shortcuts. */
@NullMarked
package org.qalam.ui.window;

import org.jspecify.annotations.NullMarked;
