package dev.isoflop.operator.kubernetes;

import dev.isoflop.api.v1alpha1.LawStatus;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.TrialCounts;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of the sweeps as gauges: trials by state and fitted exponents. Bounded: of very many
 * sweeps, those that moved last are shown.
 */
final class SweepGauges {
  private static final int SHOWN = 500;

  private final MultiGauge trials;
  private final MultiGauge exponents;

  private final Map<ResourceID, ScalingSweepStatus> sweeps =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ResourceID, ScalingSweepStatus> eldest) {
          return size() > SHOWN;
        }
      };

  SweepGauges(MeterRegistry registry) {
    trials =
        MultiGauge.builder("isoflop.sweep.trials")
            .description("Trials of a sweep by state.")
            .register(registry);
    exponents =
        MultiGauge.builder("isoflop.sweep.exponent")
            .description("Exponent of a fitted law of a sweep.")
            .register(registry);
  }

  synchronized void saw(ResourceID sweep, @Nullable ScalingSweepStatus status) {
    if (status == null || status.equals(sweeps.get(sweep))) {
      return;
    }
    sweeps.put(sweep, status);
    show();
  }

  /** Forgets sweeps that are no longer there. */
  synchronized void retain(Set<ResourceID> present) {
    if (sweeps.keySet().retainAll(present)) {
      show();
    }
  }

  private void show() {
    List<MultiGauge.Row<?>> states = new ArrayList<>();
    List<MultiGauge.Row<?>> laws = new ArrayList<>();
    sweeps.forEach(
        (sweep, status) -> {
          Tags tags =
              Tags.of("namespace", sweep.getNamespace().orElse(""), "sweep", sweep.getName());
          counts(tags, status.trials(), states);
          if (status.laws() != null) {
            law(tags, "parameters", status.laws().parameters(), laws);
            law(tags, "tokens", status.laws().tokens(), laws);
            law(tags, "loss", status.laws().loss(), laws);
          }
        });
    trials.register(states, true);
    exponents.register(laws, true);
  }

  private static void counts(
      Tags tags, @Nullable TrialCounts counts, List<MultiGauge.Row<?>> rows) {
    if (counts == null) {
      return;
    }
    Map<String, Integer> states =
        Map.of(
            "queued", counts.queued(),
            "running", counts.running(),
            "succeeded", counts.succeeded(),
            "excluded", counts.excluded(),
            "failed", counts.failed());
    states.forEach((state, count) -> rows.add(MultiGauge.Row.of(tags.and("state", state), count)));
  }

  private static void law(
      Tags tags, String law, @Nullable LawStatus fitted, List<MultiGauge.Row<?>> rows) {
    if (fitted != null) {
      rows.add(MultiGauge.Row.of(tags.and("law", law), fitted.exponent()));
    }
  }
}
