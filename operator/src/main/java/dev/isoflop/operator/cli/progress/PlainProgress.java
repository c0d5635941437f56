package dev.isoflop.operator.cli.progress;

import dev.isoflop.operator.cli.text.TerminalText;
import dev.isoflop.operator.local.run.SweepEvent;
import dev.isoflop.operator.local.run.SweepSnapshot;
import dev.isoflop.operator.plan.SweepPlan;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A log for files and pipes: a line for everything that happens, and now and then how all stands.
 */
public final class PlainProgress implements RunProgress {
  private static final Duration NOW_AND_THEN = Duration.ofSeconds(15);

  private final PrintStream stream;
  private final ProgressLog narration;
  private final Instant started;
  private Instant nextStanding;
  private @Nullable SweepSnapshot untold;

  /**
   * A log.
   *
   * @param started when the run began
   */
  public PlainProgress(PrintStream stream, SweepPlan plan, Instant started) {
    this.stream = stream;
    this.narration = new ProgressLog(plan);
    this.started = started;
    this.nextStanding = started.plus(NOW_AND_THEN);
  }

  @Override
  public void event(SweepEvent event) {
    narration.event(event).ifPresent(this::print);
  }

  @Override
  public void progress(SweepSnapshot snapshot) {
    narration.progress(snapshot).forEach(this::print);
    untold = snapshot;
    if (!snapshot.at().isBefore(nextStanding)) {
      nextStanding = snapshot.at().plus(NOW_AND_THEN);
      printStanding();
    }
  }

  /** The last state of the run. */
  @Override
  public void end() {
    printStanding();
  }

  private void printStanding() {
    if (untold != null) {
      print(untold.at(), "", ProgressSummary.of(untold, started));
      untold = null;
    }
  }

  private void print(ProgressLog.Remark remark) {
    print(remark.at(), remark.mark(), remark.text());
  }

  private void print(Instant at, String mark, String text) {
    String time = at.truncatedTo(ChronoUnit.SECONDS).toString();
    String shown = TerminalText.of(text);
    stream.println(
        mark.isEmpty() ? time + "  " + shown : "%s  %-11s  %s".formatted(time, mark, shown));
  }
}
