/** The language of the interface: which one, and sentences in it. */
@NullMarked
package org.qalam.language;

import org.jspecify.annotations.NullMarked;
