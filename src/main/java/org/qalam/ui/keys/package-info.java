/**
 * The window's commands and the keys that run them, and the page where a writer changes the keys.
 * Menus, tool tips, the bar of a review and the actions all ask here.
 */
@NullMarked
package org.qalam.ui.keys;

import org.jspecify.annotations.NullMarked;
