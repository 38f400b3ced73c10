/**
 * What keeps data secret: passphrases, the key that they unlock, and sealing with it. Knows nothing
 * of what is sealed.
 */
@NullMarked
package org.qalam.secret;

import org.jspecify.annotations.NullMarked;
