package dev.isoflop.trial;

import java.util.List;
import java.util.Optional;

/** Kinds of accelerators that resources can ask for. */
public enum AcceleratorType {
  /** An NVIDIA GPU or a MIG instance of one; the worker trains on it by CUDA. */
  NvidiaGpu,
  /** A device that the worker has no code for. */
  Unsupported;

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

  /**
   * The kind of a resource. Device plugins name theirs {@code vendor/device}; what else has such a
   * name (network cards, licences) is no accelerator.
   *
   * @param resource name among a container's resources
   */
  public static Optional<AcceleratorType> ofResource(String resource) {
    if (NVIDIA.stream().anyMatch(resource::startsWith)) {
      return Optional.of(NvidiaGpu);
    }
    return OTHERS.stream().anyMatch(resource::startsWith)
        ? Optional.of(Unsupported)
        : Optional.empty();
  }
}
