/** What a text is: documents, ranges, outputs of the model. Records only, no library. */
@NullMarked
package org.qalam.document;

import org.jspecify.annotations.NullMarked;
