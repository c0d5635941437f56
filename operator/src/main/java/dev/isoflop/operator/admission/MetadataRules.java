package dev.isoflop.operator.admission;

import dev.isoflop.operator.plan.PlanError;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Labels and annotations by which Kubernetes, Kueue and the operator know pods. */
final class MetadataRules {
  /** Services, network policies and monitors of the chart select by these. */
  private static final Set<String> SELECTED_BY =
      Set.of(
          "app.kubernetes.io/name",
          "app.kubernetes.io/instance",
          "app.kubernetes.io/component",
          "app.kubernetes.io/managed-by");

  /** The Job controller's, before it had a prefix. */
  private static final Set<String> OF_JOBS = Set.of("job-name", "controller-uid");

  private static final List<String> RESERVED = List.of("isoflop.dev/", "batch.kubernetes.io/");
  private static final String KUEUE = "kueue.x-k8s.io/";
  private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";

  private MetadataRules() {}

  static Stream<PlanError> problems(Place metadata) {
    return Stream.of(
            reserved(
                metadata.at("labels"),
                key -> SELECTED_BY.contains(key) || OF_JOBS.contains(key) || key.startsWith(KUEUE)),
            reserved(metadata.at("annotations"), key -> false),
            unconfined(metadata.at("annotations")),
            finalizers(metadata.at("finalizers")))
        .flatMap(refusals -> refusals);
  }

  private static Stream<PlanError> reserved(Place names, Predicate<String> more) {
    return names
        .entries()
        .filter(
            entry ->
                more.test(entry.getKey()) || RESERVED.stream().anyMatch(entry.getKey()::startsWith))
        .map(Map.Entry::getValue)
        .map(
            place ->
                place.refused(
                    "is set by the operator, Kubernetes or Kueue, and pods are selected by it",
                    "choose a name of your own"));
  }

  private static Stream<PlanError> unconfined(Place annotations) {
    return annotations
        .entries()
        .filter(entry -> entry.getKey().startsWith(APP_ARMOR))
        .map(Map.Entry::getValue)
        .filter(profile -> profile.text().equals("unconfined"))
        .map(profile -> profile.refused("is unconfined", Place.LEAVE_OUT));
  }

  private static Stream<PlanError> finalizers(Place finalizers) {
    return finalizers.refusedIf(
        finalizers.hasItems(), "would keep pods of workers from being deleted", "leave them out");
  }
}
