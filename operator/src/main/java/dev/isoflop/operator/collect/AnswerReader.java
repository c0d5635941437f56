package dev.isoflop.operator.collect;

/**
 * Takes in an answer as it arrives and keeps only what was asked for, so that its memory does not
 * grow with the answer.
 */
interface AnswerReader {
  /** Takes in the bytes from {@code from}, inclusive, to {@code to}, exclusive. */
  void take(byte[] bytes, int from, int to) throws UnreadableAnswerException;

  /** Takes note that the answer is complete. */
  void end() throws UnreadableAnswerException;
}
