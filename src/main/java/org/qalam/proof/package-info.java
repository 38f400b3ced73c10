/** Spelling and grammar without a model: plain rules and word lists, on the machine itself. */
@NullMarked
package org.qalam.proof;

import org.jspecify.annotations.NullMarked;
