package dev.isoflop.operator.kubernetes.reconcile;

import dev.isoflop.operator.admission.Admission;
import dev.isoflop.operator.admission.CollectionRules;
import dev.isoflop.operator.collect.AllowedHosts;
import dev.isoflop.operator.collect.HttpExchanges;
import dev.isoflop.operator.collect.PrometheusScraper;
import dev.isoflop.operator.collect.WorkerScraper;
import dev.isoflop.operator.kubernetes.observe.ClusterCollection;
import dev.isoflop.operator.kubernetes.observe.Enquiries;
import dev.isoflop.operator.kubernetes.observe.MetricsSources;
import dev.isoflop.operator.kubernetes.observe.Timers;
import dev.isoflop.operator.kubernetes.observe.WatchedResources;
import dev.isoflop.operator.sweep.decide.SweepDecider;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** The operator, put together: watches, turns, timers and, with replicas, the election. */
public final class SweepOperator implements AutoCloseable {
  private static final Duration SCRAPE_TIMEOUT = Duration.ofSeconds(5);

  private final WatchedResources watched;
  private final HttpExchanges exchanges = new HttpExchanges();
  private final PrometheusScraper prometheus;
  private final Operator operator;
  private final Runnable onStart;
  private final AtomicBoolean closing = new AtomicBoolean();

  /** The SDK's own account of its watches fails while it starts them. */
  private final AtomicBoolean started = new AtomicBoolean();

  /**
   * An operator that does nothing before {@link #start}.
   *
   * @param client is not closed
   * @param onLostLead what a leader does that could not renew its lease; it should end its process
   */
  public SweepOperator(
      KubernetesClient client,
      OperatorSettings settings,
      SweepDecider decider,
      OperatorMetrics metrics,
      Clock clock,
      Runnable onLostLead) {
    watched = new WatchedResources(client);
    Timers timers = new Timers("isoflop-" + settings.instance());
    AllowedHosts allowed = settings.prometheus();
    prometheus = new PrometheusScraper(exchanges, allowed, clock, SCRAPE_TIMEOUT);
    ClusterCollection collection =
        new ClusterCollection(
            timers,
            new MetricsSources(new WorkerScraper(exchanges, clock, SCRAPE_TIMEOUT), prometheus));
    TrialQuota quota = new TrialQuota(settings.trialsPerNamespace(), clock);
    SweepTurn turn =
        new SweepTurn(
            new Admission(settings.worker().policy(), CollectionRules.ofCluster(allowed)),
            decider,
            new ApiCluster(watched.writer(), settings.statusWrite(), quota),
            settings.worker(),
            new EventResources(settings.instance()),
            collection,
            Enquiries.in(watched.client()),
            clock,
            metrics);
    // Nobody elects a replica that is alone.
    onStart =
        () -> {
          if (settings.lease().isEmpty()) {
            metrics.leading(true);
          }
        };
    operator =
        new Operator(
            overrider -> configure(overrider, watched.client(), settings, metrics, onLostLead));
    operator.register(
        new SweepReconciler(turn, timers, collection, quota, metrics),
        overrider -> {
          overrider.withInformerListLimit(WatchedResources.PAGE);
          if (settings.namespaces().isEmpty()) {
            overrider.watchingAllNamespaces();
          } else {
            overrider.settingNamespaces(settings.namespaces());
          }
        });
  }

  private void configure(
      ConfigurationServiceOverrider overrider,
      KubernetesClient client,
      OperatorSettings settings,
      OperatorMetrics metrics,
      Runnable onLostLead) {
    overrider
        .withKubernetesClient(client)
        .withCloseClientOnStop(false)
        .withConcurrentReconciliationThreads(settings.parallel())
        .withReconciliationTerminationTimeout(Duration.ofSeconds(10))
        .withMetrics(metrics);
    settings
        .lease()
        .ifPresent(
            lease ->
                overrider.withLeaderElectionConfiguration(
                    LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(lease.name())
                        .withLeaseNamespace(lease.namespace())
                        .withIdentity(settings.instance())
                        .withLeaderCallbacks(
                            new LeaderCallbacks(
                                () -> metrics.leading(true),
                                () -> stopsLeading(metrics, onLostLead),
                                leader -> metrics.leading(leader.equals(settings.instance()))))
                        .build()));
  }

  /** The SDK says so also of a leader that ends in order. */
  private void stopsLeading(OperatorMetrics metrics, Runnable onLostLead) {
    metrics.leading(false);
    if (!closing.get()) {
      onLostLead.run();
    }
  }

  /** Starts to watch and to act; with a lease, once this replica leads. */
  public void start() {
    operator.start();
    started.set(true);
    onStart.run();
  }

  /** Whether every watch works; not before all were started. */
  public boolean healthy() {
    return started.get() && operator.getRuntimeInfo().allEventSourcesAreHealthy();
  }

  @Override
  public void close() {
    closing.set(true);
    operator.stop();
    prometheus.close();
    exchanges.close();
    watched.close();
  }
}
