/** What differs between two texts, as a person would mark it. Knows no model and no document. */
@NullMarked
package org.qalam.ui.diff;

import org.jspecify.annotations.NullMarked;
