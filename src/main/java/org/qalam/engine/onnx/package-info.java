/** The engine on ONNX Runtime's CPU execution provider; the only importer of ai.onnxruntime. */
@NullMarked
package org.qalam.engine.onnx;

import org.jspecify.annotations.NullMarked;
