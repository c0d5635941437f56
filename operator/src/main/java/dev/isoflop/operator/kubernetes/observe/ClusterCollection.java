package dev.isoflop.operator.kubernetes.observe;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.status.TrialProgress;
import dev.isoflop.api.v1alpha1.sweep.CollectionSpec;
import dev.isoflop.operator.collect.Scrape;
import dev.isoflop.operator.kubernetes.resources.WorkerPod;
import dev.isoflop.operator.sweep.observe.MetricsHealth;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects the metrics of running trials on a timer, from Prometheus or from the workers. */
public final class ClusterCollection implements Collection {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterCollection.class);

  private static final Pattern IP =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:]+:[0-9a-fA-F:.]*");

  private final Timers timers;
  private final MetricsSources sources;
  private final Map<ResourceID, SweepMetrics> sweeps = new ConcurrentHashMap<>();
  private Consumer<ResourceID> news = sweep -> {};

  public ClusterCollection(Timers timers, MetricsSources sources) {
    this.timers = timers;
    this.sources = sources;
  }

  /** Whom to tell when what was collected would show in a status. */
  public void onNews(Consumer<ResourceID> listener) {
    news = listener;
  }

  /** Collects from the trials that run now, and no longer from others. */
  public void watch(ResourceID id, ClusterView view) {
    Map<String, URI> workers = workers(view);
    SweepMetrics known = sweeps.get(id);
    Duration interval = interval(view.sweep());
    if (workers.isEmpty()) {
      if (known != null) {
        sweeps.remove(id);
        timers.cancel(name(id));
      }
      return;
    }
    SweepMetrics metrics = sweeps.computeIfAbsent(id, unknown -> new SweepMetrics(view.sweep()));
    metrics.watch(view.sweep(), workers, interval);
    if (metrics.pace(interval)) {
      timers.every(name(id), interval, () -> collect(id, metrics));
    }
  }

  /** Forgets sweeps that are no longer there. */
  public void retain(Set<ResourceID> present) {
    for (ResourceID id : List.copyOf(sweeps.keySet())) {
      if (!present.contains(id)) {
        sweeps.remove(id);
        timers.cancel(name(id));
      }
    }
  }

  /** Sweeps from before there was a least interval may have less. */
  static Duration interval(ScalingSweep sweep) {
    Duration asked = Duration.parse(sweep.getSpec().collection().interval());
    return asked.compareTo(CollectionSpec.LEAST_INTERVAL) < 0
        ? CollectionSpec.LEAST_INTERVAL
        : asked;
  }

  private static String name(ResourceID id) {
    return "collect " + id;
  }

  /** Addresses of the workers whose Jobs the operator made, one for each trial. */
  public static Map<String, URI> workers(ClusterView view) {
    Map<String, URI> workers = new HashMap<>();
    for (Trial trial : view.trials()) {
      view.jobs(trial).stream()
          .flatMap(job -> view.pods(job).stream())
          .filter(pod -> !PodReading.ended(pod) && PodReading.startedAt(pod).isPresent())
          .flatMap(pod -> address(pod).stream())
          .findFirst()
          .ifPresent(address -> workers.put(trial.getMetadata().getName(), address));
    }
    return workers;
  }

  /** The address at which a pod answers; empty for what is not an address as kubelets write it. */
  private static Optional<URI> address(Pod pod) {
    String ip = pod.getStatus() == null ? null : pod.getStatus().getPodIP();
    if (ip == null || !IP.matcher(ip).matches()) {
      return Optional.empty();
    }
    String host = ip.contains(":") ? "[" + ip + "]" : ip;
    try {
      return Optional.of(new URI("http", null, host, WorkerPod.METRICS_PORT, null, null, null))
          .filter(address -> address.getHost() != null);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** One collection of a sweep at a time: a tick that finds the last one still at work is none. */
  private void collect(ResourceID id, SweepMetrics metrics) {
    if (!metrics.begin()) {
      return;
    }
    CompletableFuture<?> unused =
        CompletableFuture.allOf(
                sources.of(metrics.sweep(), metrics.workers()).entrySet().stream()
                    .map(
                        scrape ->
                            scrape
                                .getValue()
                                .thenAccept(answer -> take(id, metrics, scrape.getKey(), answer))
                                .whenComplete((nothing, failure) -> tell(id, failure)))
                    .toArray(CompletableFuture<?>[]::new))
            .whenComplete((nothing, failure) -> metrics.end());
  }

  private void take(ResourceID id, SweepMetrics metrics, String trial, Scrape answer) {
    if (metrics.add(trial, answer)) {
      news.accept(id);
    }
  }

  private static void tell(ResourceID id, @Nullable Throwable failure) {
    if (failure != null) {
      LOG.error("metrics of {} were not taken in", id, failure);
    }
  }

  @Override
  public Optional<TrialProgress> progress(ScalingSweep sweep, Trial trial, Instant now) {
    @Nullable SweepMetrics metrics = sweeps.get(ResourceID.fromResource(sweep));
    return metrics == null ? Optional.empty() : metrics.progress(trial, now);
  }

  @Override
  public MetricsHealth health(ScalingSweep sweep, Instant now) {
    @Nullable SweepMetrics metrics = sweeps.get(ResourceID.fromResource(sweep));
    return metrics == null ? new MetricsHealth.Unknown() : metrics.health(now);
  }
}
