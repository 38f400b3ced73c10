package org.qalam.engine;

import java.util.List;

/**
 * What a generation gave.
 *
 * @param ids new token ids, the stop token not among them
 * @param text their text, whole characters only
 */
public record GenerationResult(
    List<Integer> ids, String text, FinishReason finishReason, GenerationStats stats) {}
