/** Settings and models. A View and its ViewModel. */
@NullMarked
package org.qalam.ui.settings;

import org.jspecify.annotations.NullMarked;
