package dev.isoflop.operator.collect;

import dev.isoflop.api.v1alpha1.status.ProgressReport;
import dev.isoflop.trial.TrialJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reader of a {@link ProgressReport}; what does not end is for a {@link SizeLimit} to refuse. */
final class ProgressReader implements AnswerReader {
  private final ByteArrayOutputStream json = new ByteArrayOutputStream();
  private @Nullable ProgressReport report;

  @Override
  public void take(byte[] bytes, int from, int to) {
    json.write(bytes, from, to - from);
  }

  @Override
  public void end() throws UnreadableAnswerException {
    try {
      report = TrialJson.OF_WORKER.readValue(json.toByteArray(), ProgressReport.class);
    } catch (IOException e) { // its message quotes the answer
      throw new UnreadableAnswerException("it is not the progress of a worker");
    }
  }

  /** The scrape of a trial at a time. */
  Scrape scrape(String trial, Instant now) {
    return report != null && trial.equals(report.trial())
        ? new Scrape.Scraped(now, Optional.ofNullable(report.progress()))
        : new Scrape.Silent(now);
  }
}
