package dev.isoflop.worker.check;

import dev.isoflop.trial.DataCheckReport.Broken;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DatasetPart;
import dev.isoflop.worker.data.ExampleStream;
import dev.isoflop.worker.data.PendingExample;
import dev.isoflop.worker.train.StopSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Reads every sample of one set, its parts side by side, and gathers those that cannot be used. */
final class SetScan {
  /** Hears of a scan while it goes on, from several threads. */
  interface Listener {
    void read(boolean broken);

    void partRead(long weight);
  }

  /**
   * What a scan found.
   *
   * @param samples read, whole and broken; a file that cannot be read to its end is one
   * @param broken the first in stored order
   * @param brokenSamples all of them
   */
  record Found(long samples, List<Broken> broken, long brokenSamples) {}

  private record PartFound(long samples, List<Broken> broken, long brokenSamples) {}

  private final int listed;
  private final Listener listener;
  private final StopSignal stop;

  /**
   * A scan.
   *
   * @param listed most broken samples that are listed
   */
  SetScan(int listed, Listener listener, StopSignal stop) {
    this.listed = listed;
    this.listener = listener;
    this.stop = stop;
  }

  /** Reads all parts; those after a request to stop are left out. */
  Found of(List<DatasetPart> parts, ExecutorService threads) throws InterruptedException {
    List<Future<PartFound>> reading = new ArrayList<>();
    for (DatasetPart part : parts) {
      Callable<PartFound> task = () -> read(part);
      reading.add(threads.submit(task));
    }
    long samples = 0;
    long brokenSamples = 0;
    List<Broken> broken = new ArrayList<>();
    for (Future<PartFound> each : reading) {
      PartFound found;
      try {
        found = each.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("reading a set failed: " + e.getCause(), e.getCause());
      }
      samples += found.samples();
      brokenSamples += found.brokenSamples();
      found.broken().stream().limit(listed - broken.size()).forEach(broken::add);
    }
    return new Found(samples, List.copyOf(broken), brokenSamples);
  }

  private PartFound read(DatasetPart part) {
    PartCount count = new PartCount();
    if (!stop.requested()) {
      try (ExampleStream stream = part.open()) {
        boolean more = true;
        while (more && !stop.requested()) {
          more = readNext(stream, count);
        }
      } catch (DataException e) { // nothing behind this can be read
        count.broken(e);
      }
    }
    listener.partRead(part.weight());
    return new PartFound(count.samples, List.copyOf(count.broken), count.brokenSamples);
  }

  /** Whether there was another sample, whole or broken. */
  private boolean readNext(ExampleStream stream, PartCount count) throws DataException {
    Optional<PendingExample> next;
    try {
      next = stream.next();
    } catch (DataException e) {
      if (!e.isOfOneSample()) {
        throw e;
      }
      count.broken(e);
      return true;
    }
    if (next.isEmpty()) {
      return false;
    }
    try {
      next.get().decode();
      count.whole();
    } catch (DataException e) {
      count.broken(e);
    }
    return true;
  }

  /** What was met in one part, on one thread. */
  private final class PartCount {
    private final List<Broken> broken = new ArrayList<>();
    private long samples;
    private long brokenSamples;

    void whole() {
      samples++;
      listener.read(/* broken= */ false);
    }

    void broken(DataException fault) {
      samples++;
      brokenSamples++;
      if (broken.size() < listed) {
        broken.add(new Broken(fault.where(), fault.problem()));
      }
      listener.read(/* broken= */ true);
    }
  }
}
