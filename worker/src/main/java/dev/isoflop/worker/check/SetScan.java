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
import java.util.stream.Stream;

/** Reads every sample of one set, its parts side by side, and gathers those that cannot be used. */
final class SetScan {
  /** Hears of a scan while it goes on, from several threads. */
  interface Listener {
    void read(boolean broken);

    void partRead(long weight);
  }

  /** Things of one kind: the first of them in stored order, and how many there are. */
  record Faults(List<Broken> first, long count) {
    private static final Faults NONE = new Faults(List.of(), 0);

    private Faults and(Faults others, int listed) {
      return new Faults(
          Stream.concat(first.stream(), others.first.stream()).limit(listed).toList(),
          count + others.count);
    }
  }

  /**
   * Result of a scan.
   *
   * @param samples read, whole and broken
   * @param broken samples
   * @param damaged files, of which nobody knows what stands behind the damage
   * @param unread what could not be read this time, through no fault of its content
   * @param refused files of a kind that is never read
   */
  record Found(long samples, Faults broken, Faults damaged, Faults unread, Faults refused) {
    private static final Found NOTHING =
        new Found(0, Faults.NONE, Faults.NONE, Faults.NONE, Faults.NONE);

    /** Whether every file was read, to its end or to its damage. */
    boolean isComplete() {
      return unread.count() == 0 && refused.count() == 0;
    }

    private Found and(Found others, int listed) {
      return new Found(
          samples + others.samples,
          broken.and(others.broken, listed),
          damaged.and(others.damaged, listed),
          unread.and(others.unread, listed),
          refused.and(others.refused, 1));
    }
  }

  private final int listed;
  private final Listener listener;
  private final StopSignal stop;

  /**
   * A scan.
   *
   * @param listed most faults of a kind that are listed
   */
  SetScan(int listed, Listener listener, StopSignal stop) {
    this.listed = listed;
    this.listener = listener;
    this.stop = stop;
  }

  /** Reads all parts; those after a request to stop are left out. */
  Found of(List<DatasetPart> parts, ExecutorService threads) throws InterruptedException {
    List<Future<Found>> reading = new ArrayList<>();
    for (DatasetPart part : parts) {
      Callable<Found> task = () -> read(part);
      reading.add(threads.submit(task));
    }
    Found all = Found.NOTHING;
    for (Future<Found> each : reading) {
      try {
        all = all.and(each.get(), listed);
      } catch (ExecutionException e) {
        throw new IllegalStateException("reading a set failed: " + e.getCause(), e.getCause());
      }
    }
    return all;
  }

  private Found read(DatasetPart part) {
    PartCount count = new PartCount();
    if (!stop.requested()) {
      try (ExampleStream stream = part.open()) {
        boolean more = true;
        while (more && !stop.requested()) {
          more = readNext(stream, count);
        }
      } catch (DataException e) { // nothing behind this can be read
        count.ended(e);
      }
    }
    listener.partRead(part.weight());
    return new Found(
        count.samples,
        count.broken.faults(),
        count.damaged.faults(),
        count.unread.faults(),
        count.refused.faults());
  }

  /** Whether there was another sample, whole or broken. */
  private boolean readNext(ExampleStream stream, PartCount count) throws DataException {
    Optional<PendingExample> next = stream.next();
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

  private final class FaultList {
    private final List<Broken> first = new ArrayList<>();
    private long count;

    void add(DataException fault) {
      count++;
      if (first.size() < listed) {
        first.add(new Broken(fault.where(), fault.problem()));
      }
    }

    Faults faults() {
      return new Faults(List.copyOf(first), count);
    }
  }

  /** What was met in one part, on one thread. */
  private final class PartCount {
    private final FaultList broken = new FaultList();
    private final FaultList damaged = new FaultList();
    private final FaultList unread = new FaultList();
    private final FaultList refused = new FaultList();
    private long samples;

    void whole() {
      samples++;
      listener.read(/* broken= */ false);
    }

    void broken(DataException fault) {
      samples++;
      (fault.retryable() ? unread : broken).add(fault);
      listener.read(/* broken= */ !fault.retryable());
    }

    void ended(DataException fault) {
      boolean never = fault.kind() == DataException.Kind.Setting;
      (fault.retryable() ? unread : never ? refused : damaged).add(fault);
    }
  }
}
