/** The page where a writer makes, changes, orders, takes in and gives away actions. */
@NullMarked
package org.qalam.ui.actions;

import org.jspecify.annotations.NullMarked;
