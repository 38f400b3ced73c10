/** Readers of other programs' checkpoints, and the ONNX graph that they become. */
@NullMarked
package org.qalam.convert;

import org.jspecify.annotations.NullMarked;
