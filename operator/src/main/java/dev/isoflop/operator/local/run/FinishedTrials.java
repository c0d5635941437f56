package dev.isoflop.operator.local.run;

import dev.isoflop.operator.local.store.SweepFolder;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.plan.SweepPlan;
import dev.isoflop.trial.OutcomeType;
import dev.isoflop.trial.TrialFiles;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.trial.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells whether a run has work left for workers, from what lies in its folder. */
public final class FinishedTrials {
  private FinishedTrials() {}

  /**
   * Whether every trial of a plan succeeded or was excluded. What cannot be read of a trial counts
   * as unfinished: the run itself tells what is wrong with it.
   */
  public static boolean areAllOf(SweepPlan plan, SweepFolder folder) {
    return plan.trials().stream().allMatch(trial -> isFinished(trial, folder));
  }

  private static boolean isFinished(PlannedTrial trial, SweepFolder folder) {
    Path file = folder.trial(trial.name()).file(TrialFiles.RESULT);
    try {
      TrialResult result = TrialJson.MAPPER.readValue(Files.readAllBytes(file), TrialResult.class);
      return trial.key().equals(result.key())
          && result.outcome() != null
          && result.outcome().type() != OutcomeType.Failed;
    } catch (IOException absentOrDamaged) {
      return false;
    }
  }
}
