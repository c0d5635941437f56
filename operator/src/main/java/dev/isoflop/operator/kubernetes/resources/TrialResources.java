package dev.isoflop.operator.kubernetes.resources;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialSpec;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.plan.PlannedTrial;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

/** Planned trials as resources. */
public final class TrialResources {

  private TrialResources() {}

  /** The Trial of a planned trial, owned by its sweep. */
  public static Trial of(ScalingSweep sweep, PlannedTrial planned) {
    String name = sweep.getMetadata().getName();
    Trial trial = new Trial();
    trial.setMetadata(
        new ObjectMetaBuilder()
            .withName(planned.name())
            .withNamespace(sweep.getMetadata().getNamespace())
            .withLabels(Labels.ofTrial(name, planned.name()))
            .addToLabels(Labels.BUDGET, NumberFormat.flops(planned.budget()))
            .addToLabels(
                Labels.PARAMETERS, NumberFormat.count((double) planned.shape().parameters()))
            .addToAnnotations(Labels.SWEEP_NAME, name)
            .withOwnerReferences(Owners.controller(sweep))
            .build());
    trial.setSpec(new TrialSpec(name, planned.key(), planned.experiment(), false));
    return trial;
  }
}
