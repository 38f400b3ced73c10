/**
 * Notes and backups under a passphrase: unlocking them, the settings of it, and what is asked
 * before a backup.
 */
@NullMarked
package org.qalam.ui.privacy;

import org.jspecify.annotations.NullMarked;
