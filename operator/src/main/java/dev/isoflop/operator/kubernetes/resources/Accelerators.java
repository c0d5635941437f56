package dev.isoflop.operator.kubernetes.resources;

import dev.isoflop.trial.AcceleratorRequest;
import dev.isoflop.trial.AcceleratorType;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the accelerator among a container's resources. */
final class Accelerators {
  private Accelerators() {}

  /**
   * The accelerator that resources ask for; of several, an NVIDIA GPU.
   *
   * @param field that holds the resources, for messages
   * @return null for none, or for zero of it
   */
  static @Nullable AcceleratorRequest in(@Nullable Map<String, Quantity> resources, String field) {
    AcceleratorRequest found = null;
    for (Map.Entry<String, Quantity> entry :
        new TreeMap<>(resources == null ? Map.of() : resources).entrySet()) {
      AcceleratorType type = AcceleratorType.ofResource(entry.getKey()).orElse(null);
      BigDecimal count = entry.getValue().getNumericalAmount();
      if (type != null
          && count.signum() > 0
          && (found == null || type == AcceleratorType.NvidiaGpu)) {
        found =
            new AcceleratorRequest(
                type,
                Math.max(1, count.intValue()),
                "%s: %s: %s".formatted(field, entry.getKey(), entry.getValue()),
                null);
      }
    }
    return found;
  }
}
