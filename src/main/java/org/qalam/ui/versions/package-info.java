/**
 * Earlier texts of the open document: to read, compare, name and restore. A View and its ViewModel.
 */
@NullMarked
package org.qalam.ui.versions;

import org.jspecify.annotations.NullMarked;
