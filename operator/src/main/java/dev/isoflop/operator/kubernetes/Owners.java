package dev.isoflop.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Optional;

/** Who owns what. Deleting an owner deletes what it owns, and nothing else needs cleaning. */
final class Owners {

  private Owners() {}

  /** A reference by which {@code owner} controls another resource. */
  static OwnerReference controller(HasMetadata owner) {
    return new OwnerReferenceBuilder()
        .withApiVersion(owner.getApiVersion())
        .withKind(owner.getKind())
        .withName(owner.getMetadata().getName())
        .withUid(owner.getMetadata().getUid())
        .withController(true)
        .withBlockOwnerDeletion(false)
        .build();
  }

  /** The identity of a resource's controller. */
  static Optional<String> controllerUid(HasMetadata owned) {
    return owned.getMetadata().getOwnerReferences().stream()
        .filter(reference -> Boolean.TRUE.equals(reference.getController()))
        .map(OwnerReference::getUid)
        .findFirst();
  }

  /** Whether this very resource controls the other, not an earlier one of the same name. */
  static boolean owns(HasMetadata owner, HasMetadata owned) {
    return controllerUid(owned).filter(owner.getMetadata().getUid()::equals).isPresent();
  }
}
