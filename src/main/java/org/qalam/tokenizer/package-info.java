/** Text to token ids and back, streams of whole characters, chat templates. */
@NullMarked
package org.qalam.tokenizer;

import org.jspecify.annotations.NullMarked;
