package dev.isoflop.operator.kubernetes;

import dev.isoflop.trial.AcceleratorRequest;
import dev.isoflop.trial.AcceleratorType;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the accelerators among a container's resources. Device plugins name them {@code
 * vendor/device}; what else has such a name (network cards, licences) is no accelerator.
 */
final class Accelerators {
  /** {@code nvidia.com/gpu}, {@code nvidia.com/gpu.shared}, {@code nvidia.com/mig-1g.10gb}. */
  private static final List<String> NVIDIA = List.of("nvidia.com/gpu", "nvidia.com/mig-");

  private static final List<String> OTHERS =
      List.of(
          "amd.com/gpu",
          "gpu.intel.com/",
          "habana.ai/gaudi",
          "google.com/tpu",
          "cloud-tpus.google.com/",
          "aws.amazon.com/neuron",
          "huawei.com/Ascend");

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
      AcceleratorType type = type(entry.getKey());
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

  private static @Nullable AcceleratorType type(String resource) {
    if (NVIDIA.stream().anyMatch(resource::startsWith)) {
      return AcceleratorType.NvidiaGpu;
    }
    return OTHERS.stream().anyMatch(resource::startsWith) ? AcceleratorType.Unsupported : null;
  }
}
