package dev.isoflop.operator.local;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.laws.fit.LawFitter;
import dev.isoflop.operator.manifest.InvalidManifestException;
import dev.isoflop.operator.manifest.ManifestReader;
import dev.isoflop.operator.plan.PlanResult;
import dev.isoflop.operator.plan.SweepPlan;
import dev.isoflop.operator.plan.SweepPlanner;
import dev.isoflop.operator.sweep.decide.SweepDecider;

/** A sweep of three budgets and four sizes, planned in milliseconds. */
public final class SmallSweep {
  public static final String NAME = "small";
  public static final int TRIALS = 12;

  /** The manifest as its user writes it. */
  public static final String MANIFEST =
      """
      apiVersion: isoflop.dev/v1alpha1
      kind: ScalingSweep
      metadata: {name: small}
      spec:
        budgets: [1e10, 3e10, 1e11]
        grid: {trialsPerBudget: 4, layers: {min: 1, max: 8}, span: 8, centre: {coefficient: 0.5, exponent: 0.5}}
        model: {widthPerLayer: 16, headDimension: 16, patchSize: 2}
        data:
          train: {name: scenes, uri: "scenes:solid", format: Scenes}
          evaluation:
            - {name: scenes, uri: "scenes:solid", format: Scenes}
          imageSize: 8
          textEncoder: {type: Hashed, tokens: 4, width: 16}
        training: {batchSize: 4}
        evaluation: {samples: 16, metrics: [ValidationLoss]}
        laws: {bootstrap: 50}
      """;

  private SmallSweep() {}

  public static ScalingSweep manifest() {
    return manifest("", "");
  }

  /** The manifest with a piece of text replaced. */
  public static ScalingSweep manifest(String text, String replacement) {
    if (!MANIFEST.contains(text)) {
      throw new IllegalArgumentException(text + ": does not stand in the manifest");
    }
    try {
      return new ManifestReader().parse("test", MANIFEST.replace(text, replacement));
    } catch (InvalidManifestException e) {
      throw new IllegalArgumentException(e);
    }
  }

  public static SweepPlan plan() {
    ScalingSweep manifest = manifest();
    return ((PlanResult.Planned) new SweepPlanner().plan(NAME, manifest.getSpec())).plan();
  }

  public static SweepDecider decider() {
    return new SweepDecider(new LawFitter(1)::fit, "isoflop test");
  }
}
