package dev.isoflop.operator.local.run;

import dev.isoflop.operator.gpu.WorkerGpus;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * Options of a run on this machine, beside the manifest.
 *
 * @param runs folder of all runs; the sweep's own is {@code runs/<name>}
 * @param slots workers at once; as many as there are cores if empty
 * @param fresh whether to start over; the old folder is kept under another name
 * @param cores of this machine
 * @param grace that a worker asked to stop has for its checkpoint before it is killed
 * @param tick longest time between two looks at the running workers
 * @param gpus that the workers share out
 */
@RecordBuilder
public record LocalOptions(
    Path runs,
    OptionalInt slots,
    boolean fresh,
    int cores,
    Duration grace,
    Duration tick,
    WorkerGpus gpus)
    implements LocalOptionsBuilder.With {
  public LocalOptions {
    if (slots.isPresent() && slots.getAsInt() < 1) {
      throw new IllegalArgumentException("slots: must be at least 1, was " + slots.getAsInt());
    }
    if (cores < 1) {
      throw new IllegalArgumentException("cores: must be at least 1, was " + cores);
    }
  }

  /** The usual options for runs below a folder. */
  public static LocalOptions in(Path runs) {
    return new LocalOptions(
        runs,
        OptionalInt.empty(),
        false,
        Runtime.getRuntime().availableProcessors(),
        Duration.ofSeconds(30),
        Duration.ofSeconds(1),
        WorkerGpus.none());
  }

  /** These options with so many workers at once. */
  public LocalOptions withSlots(int workersAtOnce) {
    return withSlots(OptionalInt.of(workersAtOnce));
  }
}
