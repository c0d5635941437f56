package dev.isoflop.operator.kubernetes.observe;

import dev.isoflop.trial.OutcomeReason;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A reason of Kubernetes for which a pod does not begin until somebody acts, and the way out. */
enum PodBlocker {
  Image(
      OutcomeReason.ImageNotPulled,
      "correct the image (worker.image of the chart) or podTemplate.spec.imagePullSecrets"),
  Container(
      OutcomeReason.ContainerNotCreated,
      "create what is missing, or correct scheduling.podTemplate"),
  Claim(
      OutcomeReason.VolumeNotMounted,
      "create the claim or the volume that it asks for, or correct storage.claimName and"
          + " scheduling.podTemplate"),
  Mount(
      OutcomeReason.VolumeNotMounted,
      "create what the volume asks for, or correct the volumes of scheduling.podTemplate");

  private final OutcomeReason reason;
  private final String remedy;

  PodBlocker(OutcomeReason reason, String remedy) {
    this.reason = reason;
    this.remedy = remedy;
  }

  OutcomeReason reason() {
    return reason;
  }

  /** The way out. */
  String remedy() {
    return remedy;
  }

  /** The blocker behind the reason that a kubelet gives for a waiting container. */
  static Optional<PodBlocker> ofWaiting(String reason) {
    return switch (reason) {
      case "ErrImagePull",
          "ImagePullBackOff",
          "InvalidImageName",
          "ErrImageNeverPull",
          "ImageInspectError",
          "RegistryUnavailable",
          "SignatureValidationFailed" ->
          Optional.of(Image);
      case "CreateContainerConfigError", "CreateContainerError" -> Optional.of(Container);
      default -> Optional.empty();
    };
  }

  /** A pod that no node can take for want of a claim; want of room on nodes passes by itself. */
  static Optional<PodBlocker> ofUnschedulable(@Nullable String message) {
    return message != null && message.toLowerCase(Locale.ROOT).contains("persistentvolumeclaim")
        ? Optional.of(Claim)
        : Optional.empty();
  }
}
