package dev.isoflop.operator.collect;

/** An answer that is refused instead of growing past a number of bytes. */
final class SizeLimit implements AnswerReader {
  private final AnswerReader reader;
  private final long limit;
  private long size;

  SizeLimit(AnswerReader reader, long limit) {
    this.reader = reader;
    this.limit = limit;
  }

  @Override
  public void take(byte[] bytes, int from, int to) throws UnreadableAnswerException {
    size += to - from;
    if (size > limit) {
      throw new UnreadableAnswerException("the answer is larger than " + limit + " bytes");
    }
    reader.take(bytes, from, to);
  }

  @Override
  public void end() throws UnreadableAnswerException {
    reader.end();
  }
}
