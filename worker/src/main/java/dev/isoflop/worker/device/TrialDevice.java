package dev.isoflop.worker.device;

import dev.isoflop.trial.AcceleratorRequest;
import dev.isoflop.trial.AcceleratorType;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.worker.fault.TrialFault;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a trial was given with what its libtorch can use, before anything is trained.
 *
 * @param cudaBuild whether libtorch is a build for CUDA
 * @param usable whether libtorch has found a GPU that it can use
 * @param driver of the machine, asked where no GPU can be used
 * @param visible value of {@code CUDA_VISIBLE_DEVICES}; null if it is not set
 */
public record TrialDevice(
    boolean cudaBuild, boolean usable, Optional<CudaDriver> driver, @Nullable String visible) {
  private static final int NO_DEVICE = 100;

  /**
   * Refuses to train on anything but the accelerator asked for.
   *
   * @param hint is told what is no fault, but probably not meant
   */
  public void require(@Nullable AcceleratorRequest asked, Consumer<String> hint) throws TrialFault {
    if (asked == null) {
      if (usable) {
        hint.accept(
            "trains on the GPU that is visible here, though nothing was asked for; in a cluster set"
                + " scheduling.resources to nvidia.com/gpu: 1, or others may be given the same"
                + " GPU");
      }
      return;
    }
    if (asked.type() == AcceleratorType.Unsupported) {
      throw lasting(
          asked,
          "but the worker has code for NVIDIA GPUs alone; ask for nvidia.com/gpu, or for none to"
              + " train on the CPU");
    }
    if (!cudaBuild) {
      throw lasting(
          asked,
          "but the libtorch of this worker is the CPU build; in a cluster use the worker image"
              + " whose tag ends in -cu128 (docs/images.md), on one machine fetch the other build"
              + " with ./isoflop native cuda (docs/gpu.md)");
    }
    if (!usable) {
      throw TrialFault.passing(
          OutcomeReason.DeviceUnavailable,
          "%s asks for a GPU, but %s; nothing was trained on the CPU instead"
              .formatted(asked.askedBy(), whyNone()));
    }
    if (asked.count() > 1) {
      hint.accept(
          "%s sets %d devices aside, but a worker trains on one; ask for 1"
              .formatted(asked.askedBy(), asked.count()));
    }
  }

  private static TrialFault lasting(AcceleratorRequest asked, String problem) {
    return TrialFault.lasting(
        OutcomeReason.DeviceUnavailable,
        "%s asks for an accelerator, %s".formatted(asked.askedBy(), problem));
  }

  private String whyNone() {
    if (driver.isEmpty()) {
      return "this machine shows no NVIDIA driver (libcuda.so.1): install it, or in a cluster the"
          + " NVIDIA device plugin and container toolkit on this node";
    }
    String seen = visible == null ? "is not set" : "is '" + visible + "'";
    int status = driver.get().initialise();
    String version = driver.get().cudaVersion().orElse("of unknown version");
    return status == 0 || status == NO_DEVICE
        ? "no device is visible (CUDA_VISIBLE_DEVICES %s, driver for CUDA %s): check nvidia-smi here"
            .formatted(seen, version)
        : "its driver (for CUDA %s) does not start, CUresult %d (CUDA_VISIBLE_DEVICES %s): check nvidia-smi and the kernel's log"
            .formatted(version, status, seen);
  }
}
