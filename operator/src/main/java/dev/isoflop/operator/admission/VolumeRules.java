package dev.isoflop.operator.admission;

import dev.isoflop.operator.plan.PlanError;
import java.util.Set;
import java.util.stream.Stream;

/** Volumes that a template may add. */
final class VolumeRules {
  private VolumeRules() {}

  /** Names that are the operator's, of volumes and in mounts. */
  static Stream<PlanError> reserved(Place spec) {
    return Stream.concat(
            spec.at("volumes").items(),
            TemplateRules.containers(spec)
                .flatMap(
                    container ->
                        Stream.of("volumeMounts", "volumeDevices")
                            .flatMap(list -> container.at(list).items())))
        .flatMap(named -> named.at("name").refusedIfOwn("volume"));
  }

  /**
   * Types beyond the standard.
   *
   * @param allowed by the installation
   */
  static Stream<PlanError> beyond(Place spec, Set<String> allowed) {
    return spec.at("volumes")
        .items()
        .flatMap(Place::fields)
        .filter(field -> !field.getKey().equals("name"))
        .filter(field -> !VolumeTypes.RESTRICTED.contains(field.getKey()))
        .filter(field -> !allowed.contains(field.getKey()))
        .map(field -> beyond(field.getKey(), field.getValue()));
  }

  private static PlanError beyond(String type, Place volume) {
    String claim = "mount a claim (persistentVolumeClaim) instead";
    return volume.refused(
        "is not a type of volume that the restricted Pod Security Standard allows",
        VolumeTypes.BEYOND.contains(type)
            ? claim + ", or have worker.allowedVolumeTypes of the chart name " + type
            : claim);
  }
}
