/** What holds of the sources as such: their directions, their decisions, what checkers say. */
@NullMarked
package org.qalam.workmanship;

import org.jspecify.annotations.NullMarked;
