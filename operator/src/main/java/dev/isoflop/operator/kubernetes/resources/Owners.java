package dev.isoflop.operator.kubernetes.resources;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Optional;

/** Who owns what. Deleting an owner deletes what it owns, and nothing else needs cleaning. */
public final class Owners {

  private Owners() {}

  /** A reference by which {@code owner} controls another resource. */
  public static OwnerReference controller(HasMetadata owner) {
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
  public static Optional<String> controllerUid(HasMetadata owned) {
    return reference(owned).map(OwnerReference::getUid);
  }

  private static Optional<OwnerReference> reference(HasMetadata owned) {
    return owned.getMetadata().getOwnerReferences().stream()
        .filter(reference -> Boolean.TRUE.equals(reference.getController()))
        .findFirst();
  }

  /** The kind and name of a resource's controller, such as {@code CronJob nightly}. */
  public static Optional<String> controllerName(HasMetadata owned) {
    return reference(owned).map(found -> found.getKind() + " " + found.getName());
  }

  /**
   * Whether both have a controller of the same kind and name, be it an earlier one of that name.
   */
  public static boolean sameController(HasMetadata one, HasMetadata other) {
    return controllerName(one).isPresent() && controllerName(one).equals(controllerName(other));
  }

  /** Whether this very resource controls the other, not an earlier one of the same name. */
  public static boolean owns(HasMetadata owner, HasMetadata owned) {
    return controllerUid(owned).filter(owner.getMetadata().getUid()::equals).isPresent();
  }
}
