/** Generating tokens with a language model; no type of ONNX Runtime appears here. */
@NullMarked
package org.qalam.engine;

import org.jspecify.annotations.NullMarked;
