package dev.isoflop.operator.kubernetes.reconcile;

import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.kubernetes.observe.ClusterView;
import dev.isoflop.operator.kubernetes.observe.ClusterView.ForeignJob;
import dev.isoflop.operator.kubernetes.observe.Told;
import dev.isoflop.operator.kubernetes.reconcile.Transitions.Notice;
import dev.isoflop.operator.sweep.status.ImpededStatus;
import dev.isoflop.operator.sweep.status.SweepReason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Jobs that claim to be a trial's, but that the operator did not make: nothing of them counts, and
 * each is told once. Safe for concurrent use.
 */
final class ForeignJobs {
  private static final String REASON = "ForeignJob";

  /** A watch may show a new Job before the status in which its maker has recorded it. */
  private static final Duration SETTLED = Duration.ofSeconds(5);

  /** Most Jobs told in one turn; the status has the number of all. */
  private static final int TOLD_AT_ONCE = 10;

  private final Told told = new Told();
  private final Runnable counter;

  /**
   * @param counter counts every Job that is told of
   */
  ForeignJobs(Runnable counter) {
    this.counter = counter;
  }

  /** Those that are surely foreign. */
  static List<ForeignJob> settled(ClusterView view, Instant now) {
    return view.foreign().stream()
        .filter(foreign -> created(foreign.job()).filter(at -> isNew(at, now)).isEmpty())
        .toList();
  }

  /** When to look again at those that are not surely foreign yet. */
  static Optional<Instant> lookAgain(ClusterView view, Instant now) {
    return view.foreign().stream()
        .flatMap(foreign -> created(foreign.job()).stream())
        .filter(at -> isNew(at, now))
        .map(at -> at.plus(SETTLED))
        .min(Instant::compareTo);
  }

  private static boolean isNew(Instant at, Instant now) {
    return at.plus(SETTLED).isAfter(now);
  }

  private static Optional<Instant> created(Job job) {
    return Optional.ofNullable(job.getMetadata().getCreationTimestamp()).map(Instant::parse);
  }

  /** Tells of those that are new. */
  void tell(List<ForeignJob> found, BiConsumer<HasMetadata, Notice> tell) {
    found.stream()
        .filter(foreign -> told.isNews(foreign.job(), REASON))
        .limit(TOLD_AT_ONCE)
        .forEach(
            foreign -> {
              counter.run();
              tell.accept(foreign.trial(), notice(foreign.job()));
            });
  }

  private static Notice notice(Job job) {
    return new Notice(
        true,
        REASON,
        "the Job '%s' (uid %s) names this trial as its owner, but the operator did not make it: neither its result nor its metrics count; delete it, and ask who made it"
            .formatted(job.getMetadata().getName(), job.getMetadata().getUid()),
        "");
  }

  /** The problem that a sweep's status shows. */
  static Optional<ImpededStatus.Problem> problem(List<ForeignJob> found) {
    return found.stream()
        .findFirst()
        .map(
            first ->
                new ImpededStatus.Problem(
                    SweepReason.ForeignJobs,
                    "%s of trials that the operator did not make, such as '%s': nothing of them counts; delete them, and see who may create Jobs here"
                        .formatted(
                            NumberFormat.several(found.size(), "Job"),
                            first.job().getMetadata().getName())));
  }
}
