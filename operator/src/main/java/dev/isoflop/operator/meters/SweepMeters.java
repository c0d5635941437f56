package dev.isoflop.operator.meters;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.metric.MetricNames;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The gauges of all sweeps. Everything comes from resources, so a new leader shows the same as the
 * one before it.
 */
public final class SweepMeters {
  private final MeterRegistry registry;
  private final Map<Sweep, Map<String, MultiGauge>> shown = new HashMap<>();
  private final Map<Sweep, List<Reading>> last = new HashMap<>();

  private record Sweep(String namespace, String name) {
    static Sweep of(ScalingSweep sweep) {
      return new Sweep(sweep.getMetadata().getNamespace(), sweep.getMetadata().getName());
    }

    Tags tags() {
      return Tags.of(MetricNames.NAMESPACE, namespace, MetricNames.SWEEP, name);
    }
  }

  /** Gauges in a registry; nothing is shown at first. */
  public SweepMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * Shows a sweep as it stands, in place of what was shown of it before.
   *
   * @param trials the sweep's own; those that ended well are the points of its curves
   */
  public synchronized void show(ScalingSweep sweep, Collection<Trial> trials) {
    Sweep id = Sweep.of(sweep);
    List<Reading> readings = new ArrayList<>();
    List<MeasuredTrial> measured =
        trials.stream().flatMap(trial -> MeasuredTrial.of(trial).stream()).toList();
    if (sweep.getStatus() != null) {
      readings.addAll(StatusReadings.of(sweep.getStatus()));
      readings.addAll(LawReadings.of(sweep.getStatus()));
      readings.addAll(CurveReadings.of(sweep.getStatus(), measured));
    }
    readings.addAll(PointReadings.of(measured));
    if (!readings.equals(last.put(id, readings))) {
      publish(id, readings);
    }
  }

  /** Shows no other sweeps than these: the rest were deleted. */
  public synchronized void retain(Collection<ScalingSweep> present) {
    Set<Sweep> kept = present.stream().map(Sweep::of).collect(Collectors.toSet());
    for (Sweep id : List.copyOf(shown.keySet())) {
      if (!kept.contains(id)) {
        publish(id, List.of());
        shown.remove(id);
        last.remove(id);
      }
    }
  }

  private void publish(Sweep id, List<Reading> readings) {
    Map<String, MultiGauge> gauges = shown.computeIfAbsent(id, ignored -> new HashMap<>());
    Map<String, List<MultiGauge.Row<?>>> rows = new HashMap<>();
    gauges.keySet().forEach(name -> rows.put(name, new ArrayList<>()));
    for (Reading reading : readings) {
      rows.computeIfAbsent(reading.name(), ignored -> new ArrayList<>())
          .add(MultiGauge.Row.of(reading.tags(), reading.value()));
    }
    rows.forEach(
        (name, values) ->
            gauges
                .computeIfAbsent(
                    name, ignored -> MultiGauge.builder(name).tags(id.tags()).register(registry))
                .register(values, true));
  }
}
