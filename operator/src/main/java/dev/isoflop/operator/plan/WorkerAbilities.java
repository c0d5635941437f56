package dev.isoflop.operator.plan;

import dev.isoflop.api.v1alpha1.data.AutoencoderType;
import dev.isoflop.api.v1alpha1.data.TextEncoderType;
import dev.isoflop.metric.Metric;
import dev.isoflop.model.Architecture;
import java.util.Set;

/**
 * What the worker of a release can run. The manifest's language is wider, and a sweep that needs
 * more is refused before anything is spent.
 */
public record WorkerAbilities(
    Set<Architecture> architectures,
    Set<Metric> metrics,
    Set<TextEncoderType> textEncoders,
    Set<AutoencoderType> autoencoders) {

  public WorkerAbilities {
    architectures = Set.copyOf(architectures);
    metrics = Set.copyOf(metrics);
    textEncoders = Set.copyOf(textEncoders);
    autoencoders = Set.copyOf(autoencoders);
  }

  /** The worker of this release. */
  public static WorkerAbilities ofThisRelease() {
    return new WorkerAbilities(
        Set.of(Architecture.values()),
        Set.of(Metric.values()),
        Set.of(TextEncoderType.values()),
        Set.of(AutoencoderType.values()));
  }
}
