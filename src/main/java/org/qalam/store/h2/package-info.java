/** The document store on H2; the only importer of java.sql and org.h2. */
@NullMarked
package org.qalam.store.h2;

import org.jspecify.annotations.NullMarked;
