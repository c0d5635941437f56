package dev.isoflop.operator.sweep.status;

import dev.isoflop.api.v1alpha1.bounds.Quantities;
import dev.isoflop.api.v1alpha1.status.ComputeStatus;
import dev.isoflop.operator.sweep.state.SweepProgress;
import dev.isoflop.operator.sweep.state.TrialState;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cost of a sweep, planned and spent. */
public final class SweepCost {
  private static final double SECONDS_PER_HOUR = 3600;

  /** Names of resources that count as accelerators, whatever the vendor. */
  private static final String ACCELERATOR = ".*/(.*gpu.*|.*tpu.*|mig-.*|.*gaudi.*|.*neuron.*)";

  private SweepCost() {}

  static ComputeStatus of(SweepProgress progress) {
    Instant now = progress.observed().now();
    double spent = progress.trials().stream().mapToDouble(TrialState::spentFlops).sum();
    double seconds =
        progress.trials().stream().mapToDouble(trial -> trial.ranUntil(now).toMillis() / 1e3).sum();
    double hours =
        seconds
            / SECONDS_PER_HOUR
            * accelerators(progress.observed().spec().scheduling().resources());
    boolean moving = progress.anyRunning();
    return new ComputeStatus(
        progress.observed().spec().flopConvention(),
        progress.plan().flops(),
        moving ? rounded(spent) : spent,
        moving ? rounded(hours) : hours,
        CompletionEstimate.of(progress).map(Instant::toString).orElse(null));
  }

  /** Accelerators of one worker; 1, the slot itself, where none is asked for. */
  public static double accelerators(@Nullable Map<String, String> resources) {
    double asked =
        resources == null
            ? 0
            : resources.entrySet().stream()
                .filter(entry -> entry.getKey().toLowerCase(Locale.ROOT).matches(ACCELERATOR))
                .mapToDouble(entry -> Quantities.amount(entry.getValue()).doubleValue())
                .sum();
    return asked > 0 ? asked : 1;
  }

  /** Three digits: what moves all the time need not be written all the time. */
  private static double rounded(double value) {
    return new BigDecimal(value).round(new MathContext(3)).doubleValue();
  }
}
