/**
 * The side panel: actions, a request under way, its proposal, the history. A View and its
 * ViewModel.
 */
@NullMarked
package org.qalam.ui.assistant;

import org.jspecify.annotations.NullMarked;
