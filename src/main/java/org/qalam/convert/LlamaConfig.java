package org.qalam.convert;

/**
 * The shape of a decoder of the Llama family.
 *
 * @param layers transformer blocks
 * @param hiddenSize width of the residual stream
 * @param heads query heads
 * @param keyValueHeads key and value heads; {@code heads} is a multiple
 * @param headSize numbers in a head
 * @param feedForwardSize width of the feed-forward's hidden vector
 * @param vocabularySize token ids
 * @param contextLength positions
 * @param normEpsilon of the root-mean-square norms
 * @param rotary position embedding
 * @param slidingWindow positions that a query sees, itself among them; 0 sees all
 * @param hadamard whether the feed-forward's hidden vector is multiplied by the normalised
 *     Walsh-Hadamard matrix before its last layer (SpinQuant's R4)
 * @param adaptorScale of the low-rank adaptors' output; 0 without adaptors
 */
record LlamaConfig(
    int layers,
    int hiddenSize,
    int heads,
    int keyValueHeads,
    int headSize,
    int feedForwardSize,
    int vocabularySize,
    int contextLength,
    float normEpsilon,
    Rotary rotary,
    int slidingWindow,
    boolean hadamard,
    float adaptorScale) {
  /** More layers than any model of the family has: a file that asks for more is damaged. */
  private static final int MAX_LAYERS = 1024;

  private static final int MAX_HEAD_SIZE = 1024;
  private static final int MAX_CONTEXT = 1 << 21;

  /**
   * This configuration, where its numbers fit together.
   *
   * @param name of the checkpoint, for messages
   */
  LlamaConfig checked(String name) throws ImportException {
    if (layers > MAX_LAYERS || contextLength > MAX_CONTEXT) {
      throw new ImportException(
          name + ": " + layers + " layers and " + contextLength + " positions are not possible");
    }
    if (keyValueHeads < 1 || heads % keyValueHeads != 0) {
      throw new ImportException(
          name + ": " + heads + " heads cannot share " + keyValueHeads + " key-value heads");
    }
    requireHeadSize(name, headSize);
    if (hiddenSize % BlockLayout.LEAST_BLOCK != 0) {
      throw new ImportException(
          name + ": a width of " + hiddenSize + " is not a multiple of " + BlockLayout.LEAST_BLOCK);
    }
    if (hadamard && Integer.bitCount(feedForwardSize) != 1) {
      throw new ImportException(
          name + ": a Hadamard matrix of " + feedForwardSize + " is not one that Qalam can make");
    }
    return this;
  }

  /** Refuses a size of heads before anything of that size is made. */
  static void requireHeadSize(String name, int headSize) throws ImportException {
    if (headSize < 2 || headSize % 2 != 0 || headSize > MAX_HEAD_SIZE) {
      throw new ImportException(name + ": heads of " + headSize + " numbers are not possible");
    }
  }
}
