/** The command line. */
@NullMarked
package org.qalam.cli;

import org.jspecify.annotations.NullMarked;
