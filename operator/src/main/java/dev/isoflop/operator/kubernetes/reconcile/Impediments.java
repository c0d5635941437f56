package dev.isoflop.operator.kubernetes.reconcile;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.operator.kubernetes.observe.Told;
import dev.isoflop.operator.kubernetes.observe.Unreadable;
import dev.isoflop.operator.kubernetes.reconcile.Transitions.Notice;
import dev.isoflop.operator.sweep.status.ImpededStatus;
import dev.isoflop.operator.sweep.status.SweepReason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what keeps a sweep from being served, in its status, in an event and in the log. The fault
 * of one sweep stays with it: others are served meanwhile.
 */
final class Impediments {
  private static final Logger LOG = LoggerFactory.getLogger(Impediments.class);
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  /** Answers of an API server that is asked too early, too often or by the wrong client. */
  private static final Set<Integer> PASSING =
      Set.of(
          HttpURLConnection.HTTP_UNAUTHORIZED,
          HttpURLConnection.HTTP_CLIENT_TIMEOUT,
          HttpURLConnection.HTTP_CONFLICT,
          TOO_MANY);

  private final Cluster cluster;
  private final EventResources events;
  private final StatusRefusals refusals;
  private final Clock clock;
  private final Told told = new Told();

  Impediments(Cluster cluster, EventResources events, StatusRefusals refusals, Clock clock) {
    this.cluster = cluster;
    this.events = events;
    this.refusals = refusals;
    this.clock = clock;
  }

  /** The sweep's spec cannot be read. */
  void unreadable(ScalingSweep sweep, String problem) {
    store(
        sweep,
        ImpededStatus.unreadable(sweep.getStatus(), generation(sweep), problem, clock.instant()));
  }

  /**
   * A turn of the sweep broke off. An API server that does not answer is no fault of the sweep, and
   * could not take its status either.
   */
  void broken(ScalingSweep sweep, RuntimeException failure) {
    boolean call = failure instanceof KubernetesClientException;
    if (call && passes((KubernetesClientException) failure)) {
      return;
    }
    String message =
        call
            ? "the API server refuses what comes next, and it is tried again: "
                + ApiCluster.message((KubernetesClientException) failure)
            : "the operator failed in its work on this sweep, and tries again; its log has the"
                + " fault, which is worth a report";
    store(
        sweep,
        ImpededStatus.broken(
            sweep.getStatus(),
            generation(sweep),
            call ? SweepReason.CallRefused : SweepReason.InternalError,
            message,
            clock.instant()));
  }

  private static boolean passes(KubernetesClientException failure) {
    int code = failure.getCode();
    return code < HttpURLConnection.HTTP_BAD_REQUEST
        || code >= SERVER_ERROR
        || PASSING.contains(code);
  }

  /** Trials of the sweep cannot be read; each is told where it is new. */
  void unreadable(ScalingSweep sweep, List<Trial> trials) {
    for (Trial trial : trials) {
      String problem = Unreadable.problem(trial).orElse("");
      if (told.isNews(trial, problem)) {
        tell(sweep, trial, new Notice(true, SweepReason.Unreadable.name(), problem, ""));
      }
    }
  }

  private static @Nullable Long generation(HasMetadata resource) {
    return resource.getMetadata().getGeneration();
  }

  private void store(ScalingSweep sweep, ScalingSweepStatus status) {
    if (status.equals(sweep.getStatus())) {
      return;
    }
    try {
      StatusStore.Stored<ScalingSweep> stored =
          new StatusStore(cluster, clock.instant()).store(sweep, status);
      Optional<String> refusal = stored.refusal();
      if (refusal.isPresent() && refusals.isNews(sweep, refusal.get())) {
        tell(sweep, sweep, new Notice(true, SweepReason.StatusRefused.name(), refusal.get(), ""));
      }
      stored
          .resource()
          .map(written -> Transitions.of(sweep.getStatus(), written.getStatus()))
          .orElse(List.of())
          .forEach(notice -> tell(sweep, sweep, notice));
    } catch (StaleViewException behind) {
      LOG.debug("{}: seen anew, and tried again", sweep.getMetadata().getName());
    } catch (KubernetesClientException e) {
      LOG.warn("what impedes {} cannot be stored", sweep.getMetadata().getName(), e);
    }
  }

  private void tell(ScalingSweep sweep, HasMetadata about, Notice notice) {
    NoticeLog.write(sweep, about, notice);
    cluster.publish(events.of(about, notice, clock.instant()));
  }
}
