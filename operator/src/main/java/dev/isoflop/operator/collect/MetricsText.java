package dev.isoflop.operator.collect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.function.Consumer;

/**
 * Reader of Prometheus' text format, version 0.0.4: comments, labels with escapes, values such as
 * {@code NaN} and {@code +Inf}, optional timestamps. It holds one line at a time. One broken line
 * refuses the whole page, since half a page would look like a worker that stopped reporting
 * something.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition
 *     formats</a>
 */
final class MetricsText implements AnswerReader {
  /** Most bytes of a line; the worker's are of a few hundred. */
  static final int LONGEST_LINE = 8 << 10;

  /** Most lines of a page; the worker's has a few hundred. */
  static final int MOST_LINES = 10_000;

  private final Consumer<Sample> samples;
  private final byte[] line = new byte[LONGEST_LINE];
  private int length;
  private int number = 1;

  /**
   * @param samples takes the samples, in their order
   */
  MetricsText(Consumer<Sample> samples) {
    this.samples = samples;
  }

  @Override
  public void take(byte[] bytes, int from, int to) throws UnreadableAnswerException {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n') {
        endLine();
      } else if (length == LONGEST_LINE) {
        throw new UnreadableAnswerException(
            "malformed metrics, line %d: is longer than %d bytes".formatted(number, LONGEST_LINE));
      } else {
        line[length++] = bytes[i];
      }
    }
  }

  @Override
  public void end() throws UnreadableAnswerException {
    if (length > 0) {
      endLine();
    }
  }

  private void endLine() throws UnreadableAnswerException {
    String text = new String(line, 0, length, UTF_8).stripTrailing();
    if (!text.isEmpty() && !text.startsWith("#")) {
      samples.accept(new SampleLine(text, number).read());
    }
    length = 0;
    number++;
    if (number > MOST_LINES) {
      throw new UnreadableAnswerException(
          "malformed metrics: the page has more than %d lines".formatted(MOST_LINES));
    }
  }
}
