package dev.isoflop.operator.kubernetes;

import dev.isoflop.operator.collect.MetricsScraper;
import dev.isoflop.operator.collect.PrometheusScraper;
import dev.isoflop.operator.sweep.SweepDecider;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.time.Clock;
import java.time.Duration;

/** The operator, put together: watches, turns, timers and, with replicas, the election. */
public final class SweepOperator implements AutoCloseable {
  private static final Duration SCRAPE_TIMEOUT = Duration.ofSeconds(5);

  /**
   * A leader that could not renew its lease ends at once: its process starts anew. The builder's
   * plain {@code build()} would let it live on.
   */
  private static final boolean EXIT_ON_STOP_LEADING = true;

  private final Operator operator;
  private final Runnable onStart;

  /**
   * An operator that does nothing before {@link #start}.
   *
   * @param client is not closed
   */
  public SweepOperator(
      KubernetesClient client,
      OperatorSettings settings,
      SweepDecider decider,
      OperatorMetrics metrics,
      Clock clock) {
    this(client, settings, decider, metrics, clock, new ApiCluster(client, settings.statusWrite()));
  }

  SweepOperator(
      KubernetesClient client,
      OperatorSettings settings,
      SweepDecider decider,
      OperatorMetrics metrics,
      Clock clock,
      Cluster cluster) {
    Timers timers = new Timers("isoflop-" + settings.instance());
    ClusterCollection collection =
        new ClusterCollection(
            timers,
            new MetricsSources(
                new MetricsScraper(clock, SCRAPE_TIMEOUT),
                new PrometheusScraper(clock, SCRAPE_TIMEOUT)));
    SweepTurn turn =
        new SweepTurn(
            decider,
            cluster,
            settings.worker(),
            new EventResources(settings.instance()),
            collection,
            clock);
    // Nobody elects a replica that is alone.
    onStart =
        () -> {
          if (settings.lease().isEmpty()) {
            metrics.leading(true);
          }
        };
    operator = new Operator(overrider -> configure(overrider, client, settings, metrics));
    operator.register(
        new SweepReconciler(turn, new WakeUps(timers), collection, metrics.sweeps()),
        overrider -> {
          if (settings.namespaces().isEmpty()) {
            overrider.watchingAllNamespaces();
          } else {
            overrider.settingNamespaces(settings.namespaces());
          }
        });
  }

  private static void configure(
      ConfigurationServiceOverrider overrider,
      KubernetesClient client,
      OperatorSettings settings,
      OperatorMetrics metrics) {
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
                                () -> metrics.leading(false),
                                leader -> metrics.leading(leader.equals(settings.instance()))))
                        .buildForTest(EXIT_ON_STOP_LEADING)));
  }

  /** Starts to watch and to act; with a lease, once this replica leads. */
  public void start() {
    operator.start();
    onStart.run();
  }

  /** Whether every watch that was started works. */
  public boolean healthy() {
    return operator.getRuntimeInfo().allEventSourcesAreHealthy();
  }

  public boolean started() {
    return operator.getRuntimeInfo().isStarted();
  }

  @Override
  public void close() {
    operator.stop();
  }
}
