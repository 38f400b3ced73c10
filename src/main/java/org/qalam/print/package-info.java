/** Printers of this computer, and how pages get to them. */
@NullMarked
package org.qalam.print;

import org.jspecify.annotations.NullMarked;
