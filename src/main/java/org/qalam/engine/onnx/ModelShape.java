package org.qalam.engine.onnx;

/**
 * The sizes that a run needs to know.
 *
 * @param layers transformer blocks
 * @param keyValueHeads heads of the key-value cache
 * @param headSize numbers in a head
 * @param vocabularySize token ids
 */
record ModelShape(int layers, int keyValueHeads, int headSize, int vocabularySize) {}
