/** Worker threads, progress, cancellation. */
@NullMarked
package org.qalam.task;

import org.jspecify.annotations.NullMarked;
