/** Notes under a passphrase: unlocking them, and the settings of it. */
@NullMarked
package org.qalam.ui.privacy;

import org.jspecify.annotations.NullMarked;
