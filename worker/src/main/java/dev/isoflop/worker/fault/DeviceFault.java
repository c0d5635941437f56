package dev.isoflop.worker.fault;

import dev.isoflop.trial.OutcomeReason;
import java.util.List;
import java.util.Optional;

/** Tells trouble with a GPU or its driver from other native errors, which have one type. */
public final class DeviceFault {
  /** How CUDA names faults of a device or its driver, for which no trial can do anything. */
  private static final List<String> OF_THE_MACHINE =
      List.of(
          "ECC error",
          "busy or unavailable",
          "no CUDA-capable device",
          "no CUDA GPUs are available",
          "driver version is insufficient",
          "initialization error",
          "hardware stack error",
          "hardware error",
          "unspecified launch failure",
          "CUDA error: unknown error");

  private DeviceFault() {}

  /** The fault, if {@code cause} says that a GPU or its driver is at fault. */
  public static Optional<TrialFault> of(Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      Optional<TrialFault> fault = of(at, String.valueOf(at.getMessage()));
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private static Optional<TrialFault> of(Throwable cause, String message) {
    if (cause instanceof UnsatisfiedLinkError) {
      return Optional.of(unloadable(cause, message));
    }
    if (message.contains("no kernel image is available")) {
      return Optional.of(
          TrialFault.lasting(
              OutcomeReason.DeviceUnavailable,
              "this libtorch has no code for this kind of GPU (%s); use a libtorch 2.7.1 built for it, such as CUDA 12.8's for Blackwell (docs/gpu.md)"
                  .formatted(firstLine(message)),
              cause));
    }
    if (OF_THE_MACHINE.stream().anyMatch(message::contains)) {
      return Optional.of(
          TrialFault.passing(
              OutcomeReason.DeviceUnavailable,
              "the GPU or its driver failed: %s; check nvidia-smi and the kernel's log there; another attempt goes on from the checkpoint"
                  .formatted(firstLine(message)),
              cause));
    }
    return Optional.empty();
  }

  private static TrialFault unloadable(Throwable cause, String message) {
    return message.contains("libcuda.so")
        ? TrialFault.passing(
            OutcomeReason.DeviceUnavailable,
            "the libtorch of this worker is the CUDA build, and this machine shows no NVIDIA driver (%s); install it, in a cluster the NVIDIA device plugin and container toolkit on this node, or use the worker image for the CPU"
                .formatted(firstLine(message)),
            cause)
        : TrialFault.lasting(
            OutcomeReason.DeviceUnavailable,
            "a native library cannot be loaded: %s; use the worker image as it is built, or fetch the libraries again (docs/gpu.md)"
                .formatted(firstLine(message)),
            cause);
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("").strip();
  }
}
