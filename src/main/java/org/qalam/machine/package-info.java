/**
 * What the machine has to compute with: cores and their instructions, and where its power comes
 * from.
 */
@NullMarked
package org.qalam.machine;

import org.jspecify.annotations.NullMarked;
