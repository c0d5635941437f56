package dev.isoflop.operator.admission;

import dev.isoflop.api.v1alpha1.sweep.CollectionSpec;
import dev.isoflop.operator.collect.AllowedHosts;
import dev.isoflop.operator.collect.PrometheusAddress;
import dev.isoflop.operator.plan.PlanError;
import dev.isoflop.text.ShownUri;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Refuses ways to collect a sweep's metrics. */
@FunctionalInterface
public interface CollectionRules {
  String PROMETHEUS = "collection.prometheusUrl";
  String INTERVAL = "collection.interval";

  /** Letters of an address that messages show. */
  int LONGEST_SHOWN = 200;

  /** All that stands against it; empty if nothing does. */
  List<PlanError> refusals(CollectionSpec collection);

  /** The rules for manifests from files. Which hosts a cluster may ask is not known there. */
  static CollectionRules ofManifests() {
    return collection -> {
      List<PlanError> refusals = new ArrayList<>();
      tooOften(collection.interval()).ifPresent(refusals::add);
      address(collection).ifPresent(refusals::add);
      return refusals;
    };
  }

  /**
   * The rules of an operator. An interval that is too short was refused by the API server, or
   * stored before that was a rule: then the sweep goes on, at the least interval.
   */
  static CollectionRules ofCluster(AllowedHosts allowed) {
    return collection ->
        address(collection).or(() -> host(collection, allowed)).map(List::of).orElse(List.of());
  }

  private static Optional<PlanError> tooOften(String interval) {
    try {
      return Duration.parse(interval).compareTo(CollectionSpec.LEAST_INTERVAL) < 0
          ? Optional.of(
              new PlanError.OutOfRange(
                  INTERVAL, interval, "at least " + CollectionSpec.LEAST_INTERVAL))
          : Optional.empty();
    } catch (DateTimeParseException e) {
      // what is no duration is refused by the planner
      return Optional.empty();
    }
  }

  private static Optional<PlanError> address(CollectionSpec collection) {
    return Optional.ofNullable(collection.prometheusUrl())
        .filter(url -> PrometheusAddress.of(url).isEmpty())
        .map(url -> new PlanError.OutOfRange(PROMETHEUS, shown(url), PrometheusAddress.EXPECTED));
  }

  private static Optional<PlanError> host(CollectionSpec collection, AllowedHosts allowed) {
    return Optional.ofNullable(collection.prometheusUrl())
        .filter(url -> PrometheusAddress.of(url).filter(allowed::allows).isEmpty())
        .map(
            url ->
                new PlanError.AddressNotAllowed(
                    PROMETHEUS,
                    "is %s, whose host this operator does not ask".formatted(shown(url)),
                    "name a Service, such as http://prometheus.monitoring:9090, or have the host"
                        + " added to the chart's value collection.allowedPrometheus"));
  }

  private static String shown(String url) {
    String shown = ShownUri.of(url);
    return shown.length() > LONGEST_SHOWN ? shown.substring(0, LONGEST_SHOWN) + "..." : shown;
  }
}
