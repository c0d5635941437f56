package dev.isoflop.worker.check;

import dev.isoflop.trial.DataCheckMessage;
import dev.isoflop.trial.DataCheckMessage.Progress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Counts what is read and tells of it now and then. Safe for use by threads. */
final class ScanProgress implements SetScan.Listener {
  private static final long INTERVAL_NANOS = 500_000_000;

  private final double totalWeight;
  private final Consumer<DataCheckMessage> out;
  private final LongSupplier nanoTime;
  private final AtomicLong samples = new AtomicLong();
  private final AtomicLong broken = new AtomicLong();
  private final AtomicLong weight = new AtomicLong();
  private final AtomicLong told;
  private volatile String set = "";

  ScanProgress(long totalWeight, Consumer<DataCheckMessage> out, LongSupplier nanoTime) {
    this.totalWeight = Math.max(1, totalWeight);
    this.out = out;
    this.nanoTime = nanoTime;
    told = new AtomicLong(nanoTime.getAsLong());
  }

  void begin(String name) {
    set = name;
  }

  @Override
  public void read(boolean isBroken) {
    samples.incrementAndGet();
    if (isBroken) {
      broken.incrementAndGet();
    }
    long now = nanoTime.getAsLong();
    long before = told.get();
    if (now - before >= INTERVAL_NANOS && told.compareAndSet(before, now)) {
      out.accept(
          DataCheckMessage.of(
              new Progress(set, samples.get(), broken.get(), weight.get() / totalWeight)));
    }
  }

  @Override
  public void partRead(long done) {
    weight.addAndGet(done);
  }
}
