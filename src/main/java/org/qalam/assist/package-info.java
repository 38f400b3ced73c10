/** Writing actions: prompts, checks on results, proposals. */
@NullMarked
package org.qalam.assist;

import org.jspecify.annotations.NullMarked;
