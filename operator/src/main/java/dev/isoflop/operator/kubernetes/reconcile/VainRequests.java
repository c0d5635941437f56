package dev.isoflop.operator.kubernetes.reconcile;

import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.operator.kubernetes.observe.ClusterView;
import dev.isoflop.operator.kubernetes.observe.Told;
import dev.isoflop.operator.kubernetes.reconcile.Transitions.Notice;
import dev.isoflop.operator.kubernetes.resources.Labels;
import dev.isoflop.operator.plan.PlannedTrial;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Requests to try again that ask for nothing: without a text, with one that is too long to be kept,
 * or for a trial that the spec does not plan. Each is told once, as nothing else would answer it.
 */
final class VainRequests {
  private static final String REASON = "RetryIgnored";

  private final Told told = new Told();

  /**
   * Tells of those that are new.
   *
   * @param planned trials; empty where the spec was refused
   * @param tell is given the resource with the annotation
   */
  void tell(ClusterView view, List<PlannedTrial> planned, BiConsumer<HasMetadata, Notice> tell) {
    tell(view.sweep(), unusable(view.sweep()), tell);
    for (Trial trial : view.trials()) {
      tell(trial, unusable(trial).or(() -> unplanned(trial, planned)), tell);
    }
  }

  private void tell(
      HasMetadata about, Optional<String> problem, BiConsumer<HasMetadata, Notice> tell) {
    problem
        .filter(text -> told.isNews(about, text))
        .ifPresent(text -> tell.accept(about, new Notice(true, REASON, text, "")));
  }

  /** Of a text that is too long the watch has kept nothing. */
  private static Optional<String> unusable(HasMetadata resource) {
    return Labels.retry(resource)
        .filter(String::isBlank)
        .map(
            blank ->
                "the annotation %s is blank or has more than 253 characters, so it asks for nothing; set it to a short text that is new, such as the time"
                    .formatted(Labels.RETRY));
  }

  private static Optional<String> unplanned(Trial trial, List<PlannedTrial> planned) {
    String name = trial.getMetadata().getName();
    return Labels.retry(trial)
        .filter(request -> !planned.isEmpty())
        .filter(request -> planned.stream().noneMatch(known -> known.name().equals(name)))
        .map(
            request ->
                "the annotation %s asks for a trial that the spec does not plan, so it is not run"
                    .formatted(Labels.RETRY));
  }
}
