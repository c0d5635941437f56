package dev.isoflop.operator.kubernetes.reconcile;

import static java.util.stream.Collectors.toSet;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.operator.kubernetes.observe.ClusterCollection;
import dev.isoflop.operator.kubernetes.observe.ClusterView;
import dev.isoflop.operator.kubernetes.observe.Timers;
import dev.isoflop.operator.kubernetes.observe.Unreadable;
import dev.isoflop.operator.kubernetes.observe.WatchedResources;
import dev.isoflop.operator.kubernetes.resources.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Takes a turn of a sweep whenever it, one of its trials, Jobs or pods changes, and when a time has
 * come. The SDK serves one turn of a sweep at a time and tries again what failed.
 */
@ControllerConfiguration(
    name = "scalingsweep",
    generationAwareEventProcessing = false,
    informer = @Informer(onUpdateFilter = SweepChanges.class),
    maxReconciliationInterval =
        @MaxReconciliationInterval(interval = 5, timeUnit = TimeUnit.MINUTES))
@GradualRetry(maxAttempts = -1, initialInterval = 500, intervalMultiplier = 2, maxInterval = 30_000)
final class SweepReconciler implements Reconciler<ScalingSweep> {
  /** Longest time for which the metrics of a deleted sweep outlast it. */
  private static final Duration DEPARTED = Duration.ofSeconds(30);

  private final SweepTurn turn;
  private final Timers timers;
  private final WakeUps wakeUps;
  private final ClusterCollection collection;
  private final TrialQuota quota;
  private final OperatorMetrics metrics;

  SweepReconciler(
      SweepTurn turn,
      Timers timers,
      ClusterCollection collection,
      TrialQuota quota,
      OperatorMetrics metrics) {
    this.turn = turn;
    this.timers = timers;
    this.wakeUps = new WakeUps(timers);
    this.collection = collection;
    this.quota = quota;
    this.metrics = metrics;
  }

  @Override
  public List<EventSource<?, ScalingSweep>> prepareEventSources(
      EventSourceContext<ScalingSweep> context) {
    collection.onNews(wakeUps::now);
    InformerEventSource<Trial, ScalingSweep> trials = watch(Trial.class, context);
    quota.countIn(
        namespace -> trials.list(trial -> namespace.equals(trial.getMetadata().getNamespace())));
    // A sweep that is gone takes no turn in which it could be forgotten.
    timers.every("departed sweeps", DEPARTED, () -> forgetDeparted(context.getPrimaryCache()));
    metrics.unreadable(
        "ScalingSweep", () -> context.getPrimaryCache().list(Unreadable::is).count());
    metrics.unreadable("Trial", () -> trials.list(Unreadable::is).count());
    return List.of(trials, watch(Job.class, context), watch(Pod.class, context), wakeUps);
  }

  /** A watch on what the operator created, each mapped to the sweep that its annotation names. */
  private static <T extends HasMetadata> InformerEventSource<T, ScalingSweep> watch(
      Class<T> type, EventSourceContext<ScalingSweep> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(type, ScalingSweep.class)
            .withLabelSelector(Labels.MANAGED_BY + "=" + Labels.OPERATOR)
            .withInformerListLimit(WatchedResources.PAGE)
            .withSecondaryToPrimaryMapper(SweepReconciler::sweepOf)
            .build(),
        context);
  }

  private static Set<ResourceID> sweepOf(HasMetadata owned) {
    String sweep =
        owned.getMetadata().getAnnotations() == null
            ? null
            : owned.getMetadata().getAnnotations().get(Labels.SWEEP_NAME);
    return sweep == null
        ? Set.of()
        : Set.of(new ResourceID(sweep, owned.getMetadata().getNamespace()));
  }

  @Override
  public UpdateControl<ScalingSweep> reconcile(ScalingSweep sweep, Context<ScalingSweep> context) {
    try {
      take(sweep, context);
    } catch (RuntimeException e) {
      turn.broke(sweep, e);
      throw e;
    }
    return UpdateControl.noUpdate();
  }

  private void take(ScalingSweep sweep, Context<ScalingSweep> context) {
    ClusterView view =
        ClusterView.of(
            sweep,
            context.getSecondaryResources(Trial.class),
            context.getSecondaryResources(Job.class),
            context.getSecondaryResources(Pod.class));
    ResourceID id = ResourceID.fromResource(sweep);
    metrics.sweeps().show(sweep, view.trials());
    if (turn.admits(sweep)) {
      collection.watch(id, view);
    }
    wakeUps.at(id, turn.take(view));
  }

  private void forgetDeparted(IndexerResourceCache<ScalingSweep> sweeps) {
    List<ScalingSweep> present = sweeps.list().toList();
    metrics.sweeps().retain(present);
    collection.retain(present.stream().map(ResourceID::fromResource).collect(toSet()));
    turn.retain(
        sweep -> sweeps.get(sweep).isPresent(),
        present.stream().map(sweep -> sweep.getMetadata().getUid()).collect(toSet()));
    wakeUps.retain(sweep -> sweeps.get(sweep).isPresent());
  }
}
