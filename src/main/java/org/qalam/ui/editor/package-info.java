/** The text that is being written: editor, find bar, counting. A View and its ViewModel. */
@NullMarked
package org.qalam.ui.editor;

import org.jspecify.annotations.NullMarked;
