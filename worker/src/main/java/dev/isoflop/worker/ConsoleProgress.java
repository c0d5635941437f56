package dev.isoflop.worker;

import dev.isoflop.worker.train.StepTime;
import dev.isoflop.worker.train.TrainingCurve;
import dev.isoflop.worker.train.TrainingListener;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Lines for people who read a worker's log: where training is, every few seconds. */
final class ConsoleProgress implements TrainingListener {
  private static final long INTERVAL_NANOS = 5_000_000_000L;

  private final PrintStream out;
  private final long steps;
  private final LongSupplier nanoTime;
  private long shownAt;
  private long shownStep = -1;

  ConsoleProgress(PrintStream out, long steps, LongSupplier nanoTime) {
    this.out = out;
    this.steps = steps;
    this.nanoTime = nanoTime;
    shownAt = nanoTime.getAsLong();
  }

  @Override
  public void stepDone(TrainingCurve.Row row, StepTime time) {
    long now = nanoTime.getAsLong();
    if (shownStep < 0) {
      shownStep = row.step() - 1;
    }
    if (now - shownAt >= INTERVAL_NANOS || row.step() == steps) {
      double rate = (row.step() - shownStep) / ((now - shownAt) * 1e-9);
      out.printf(
          Locale.ROOT,
          "step %d/%d  loss %.4f  gradient norm %.3g  %.3g steps/s%n",
          row.step(),
          steps,
          row.smoothedLoss(),
          row.gradientNorm(),
          rate);
      shownAt = now;
      shownStep = row.step();
    }
  }

  @Override
  public void checkpointWritten(long step) {
    out.printf(Locale.ROOT, "checkpoint at step %d%n", step);
  }
}
