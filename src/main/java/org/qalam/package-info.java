/** The program's entry point. */
@NullMarked
package org.qalam;

import org.jspecify.annotations.NullMarked;
