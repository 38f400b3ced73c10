/** The document store on H2; the only importer of java.sql, org.h2 and org.jdbi. */
@NullMarked
package org.qalam.store.h2;

import org.jspecify.annotations.NullMarked;
