package dev.isoflop.operator.cli.run;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.operator.admission.Admission;
import dev.isoflop.operator.cli.shared.CommandException;
import dev.isoflop.operator.cli.shared.GivenFile;
import dev.isoflop.operator.manifest.InvalidManifestException;
import dev.isoflop.operator.manifest.ManifestReader;
import dev.isoflop.operator.plan.PlanResult;
import dev.isoflop.operator.plan.SweepPlan;
import dev.isoflop.operator.sweep.observe.LaunchWindowState;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A manifest that can be run, and its plan.
 *
 * @param planned with at least one trial
 * @param window where now lies in its launch window
 */
public record ManifestPlan(
    ScalingSweep manifest, PlanResult.Planned planned, LaunchWindowState window) {

  /**
   * Reads and plans; what stands against either ends the command as bad input.
   *
   * @param now from when on trials are to start
   */
  public static ManifestPlan of(Path file, Instant now) {
    GivenFile.refuse(
        file,
        "give a manifest, such as examples/quickstart.yaml",
        GivenFile.Kind.RUN,
        GivenFile.Kind.LAWS,
        GivenFile.Kind.TABLE);
    ScalingSweep manifest;
    try {
      manifest = new ManifestReader().read(file);
    } catch (InvalidManifestException e) {
      throw CommandException.badInput(
          e.problems().stream().map(problem -> file + ": " + problem.message()).toList(), e);
    }
    Admission.Admitted admitted =
        new Admission().of(manifest.getMetadata().getName(), manifest.getSpec(), now);
    if (admitted.plan() instanceof PlanResult.Refused refused) {
      throw CommandException.badInput(
          refused.refusals().stream().map(refusal -> file + ": " + refusal.message()).toList());
    }
    return new ManifestPlan(manifest, (PlanResult.Planned) admitted.plan(), admitted.window(now));
  }

  public SweepPlan plan() {
    return planned.plan();
  }

  /** Trials at once, where this many are asked for or the machine has this many processors. */
  int slots(int asked) {
    return Math.min(asked, manifest.getSpec().scheduling().maxParallel());
  }
}
