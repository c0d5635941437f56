package dev.isoflop.operator.kubernetes;

import dev.isoflop.trial.OutcomeReason;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the words in which Kubernetes says why a pod does not begin mean, where someone must act.
 */
final class PodBlocker {
  private PodBlocker() {}

  /** What a container waits for, by the reason that the kubelet gives. */
  static Optional<OutcomeReason> ofWaiting(String reason) {
    return switch (reason) {
      case "ErrImagePull",
          "ImagePullBackOff",
          "InvalidImageName",
          "ErrImageNeverPull",
          "ImageInspectError",
          "RegistryUnavailable",
          "SignatureValidationFailed" ->
          Optional.of(OutcomeReason.ImageNotPulled);
      case "CreateContainerConfigError", "CreateContainerError" ->
          Optional.of(OutcomeReason.ContainerNotCreated);
      default -> Optional.empty();
    };
  }

  /** A pod that no node can take for want of a claim; want of room on nodes passes by itself. */
  static Optional<OutcomeReason> ofUnschedulable(@Nullable String message) {
    return message != null && message.toLowerCase(Locale.ROOT).contains("persistentvolumeclaim")
        ? Optional.of(OutcomeReason.VolumeNotMounted)
        : Optional.empty();
  }

  /** The way out. */
  static String remedy(OutcomeReason reason) {
    return switch (reason) {
      case ImageNotPulled ->
          "correct the image (worker.image of the chart) or podTemplate.spec.imagePullSecrets";
      case ContainerNotCreated -> "create what is missing, or correct scheduling.podTemplate";
      case VolumeNotMounted ->
          "create the claim or the volume that it asks for, or correct storage.claimName and"
              + " scheduling.podTemplate";
      case Diverged,
          OutOfMemory,
          BadConfiguration,
          BadData,
          BadCheckpoint,
          DataMissing,
          DataUnreachable,
          DiskFull,
          FolderNotWritable,
          StorageUnavailable,
          PortInUse,
          DeviceUnavailable,
          FolderLocked,
          DeadlineExceeded,
          Crashed ->
          throw new IllegalArgumentException(reason + " keeps no pod from beginning");
    };
  }
}
