/** Import and export of document files. */
@NullMarked
package org.qalam.exchange;

import org.jspecify.annotations.NullMarked;
