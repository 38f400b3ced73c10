/** The composition root: the only place that knows which implementation is used. */
@NullMarked
package org.qalam.app;

import org.jspecify.annotations.NullMarked;
