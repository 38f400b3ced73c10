/** Models on disk and models known: manifests, verification, removal. */
@NullMarked
package org.qalam.catalog;

import org.jspecify.annotations.NullMarked;
