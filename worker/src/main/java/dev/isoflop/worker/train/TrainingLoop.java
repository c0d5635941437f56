package dev.isoflop.worker.train;

import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.worker.checkpoint.CheckpointFolder;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.batch.Batch;
import dev.isoflop.worker.data.batch.BatchReader;
import dev.isoflop.worker.diffusion.RunSeed;
import dev.isoflop.worker.fault.TrialFault;
import dev.isoflop.worker.model.DiffusionModel;
import dev.isoflop.worker.model.ModelState;
import dev.isoflop.worker.model.StepResult;
import dev.isoflop.worker.model.StepSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Trains one model to its budget: exactly the experiment's steps, each on one batch.
 *
 * <p>Everything that decides a step's numbers is a function of the state, the step and the run
 * seed, so a run resumed from a checkpoint at any step gives the bits of one that was never
 * stopped.
 */
public final class TrainingLoop {
  /** Longest lag of the curve's file for those who read it meanwhile. */
  private static final long SHOW_INTERVAL_NANOS = 2_000_000_000L;

  private final String key;
  private final TrialExperiment experiment;
  private final DiffusionModel model;
  private final ModelState state;
  private final CheckpointFolder checkpoints;
  private final TrainingListener listener;
  private final StopSignal stop;
  private final LongSupplier nanoTime;
  private final LearningRate learningRate;
  private final AverageDecay averageDecay;
  private final RunSeed seed;
  private final Duration checkpointInterval;

  /** What training works on, from {@code state} as it is. */
  public TrainingLoop(
      String key,
      TrialExperiment experiment,
      DiffusionModel model,
      ModelState state,
      CheckpointFolder checkpoints,
      TrainingListener listener,
      StopSignal stop,
      LongSupplier nanoTime) {
    this.key = key;
    this.experiment = experiment;
    this.model = model;
    this.state = state;
    this.checkpoints = checkpoints;
    this.listener = listener;
    this.stop = stop;
    this.nanoTime = nanoTime;
    var training = experiment.training();
    learningRate =
        LearningRate.of(
            training.schedule(), training.optimizer().learningRate(), experiment.steps());
    averageDecay = new AverageDecay(training.emaDecay());
    seed = RunSeed.ofRepeat(training.seed(), experiment.repeat());
    checkpointInterval = Duration.parse(training.checkpointInterval());
  }

  /**
   * Trains from {@code start} to the last step, or until asked to stop. A checkpoint holds the
   * state at the end, unless the run diverged, and also where the data failed.
   *
   * @param batches the training stream, entered where {@code start} left it
   * @param interlude comes after each step and before its checkpoint, so what it leaves on the disk
   *     is there whenever a run goes on behind it
   */
  public TrainingEnd run(
      Progress start, BatchReader batches, TrainingCurve curve, StepCallback interlude)
      throws TrialFault, DataException, InterruptedException {
    Progress progress = start;
    long saved = start.step();
    long began = nanoTime.getAsLong();
    long savedAt = began;
    long shownAt = began;
    long paused = 0;
    while (progress.step() < experiment.steps()) {
      if (stop.requested()) {
        if (progress.step() > saved) {
          save(progress, curve);
        }
        return new TrainingEnd.Stopped(progress);
      }
      long step = progress.step() + 1;
      long stepBegan = nanoTime.getAsLong();
      double waitedBefore = batches.waitSeconds();
      Batch batch = next(batches, progress, saved, curve);
      StepSettings settings = new StepSettings(step, learningRate.at(step), averageDecay.at(step));
      StepResult result = model.trainStep(state, batch.images(), batch.text(), seed, settings);
      long now = nanoTime.getAsLong();
      LossHistory losses = progress.losses().after(result.loss());
      progress = new Progress(step, losses, start.seconds() + (now - began - paused) * 1e-9);
      TrainingCurve.Row row = row(progress, result, settings);
      curve.append(row);
      listener.stepDone(
          row, new StepTime((now - stepBegan) * 1e-9, batches.waitSeconds() - waitedBefore));
      Optional<String> divergence = losses.divergence(step, result, step == experiment.steps());
      if (divergence.isPresent()) {
        return new TrainingEnd.Diverged(progress, divergence.get());
      }
      long pauseBegan = nanoTime.getAsLong();
      interlude.after(step);
      paused += nanoTime.getAsLong() - pauseBegan;
      if (now - shownAt >= SHOW_INTERVAL_NANOS) {
        curve.flush();
        shownAt = now;
      }
      if (now - savedAt >= checkpointInterval.toNanos()) {
        save(progress, curve);
        saved = step;
        savedAt = now;
      }
    }
    if (progress.step() > saved) {
      save(progress, curve);
    }
    return new TrainingEnd.Complete(progress);
  }

  /**
   * The next batch. If the data is at fault, what was trained so far is saved before it is told.
   */
  private Batch next(BatchReader batches, Progress progress, long saved, TrainingCurve curve)
      throws TrialFault, DataException, InterruptedException {
    try {
      return batches
          .next()
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "the training stream ended after step " + progress.step()));
    } catch (DataException e) {
      try {
        if (progress.step() > saved) {
          save(progress, curve);
        }
      } catch (TrialFault unsaved) {
        unsaved.addSuppressed(e);
        throw unsaved;
      }
      throw e;
    }
  }

  private TrainingCurve.Row row(Progress progress, StepResult result, StepSettings settings) {
    double samples = (double) progress.step() * experiment.training().batchSize();
    return new TrainingCurve.Row(
        progress.step(),
        samples * experiment.shape().tokensPerSample(),
        samples * experiment.shape().trainingFlops(experiment.flopConvention()),
        result.loss(),
        progress.losses().smoothed(),
        result.gradientNorm(),
        settings.learningRate(),
        progress.seconds());
  }

  private void save(Progress progress, TrainingCurve curve) throws TrialFault {
    curve.force();
    checkpoints.save(progress.header(key, state.inventory().size()), state);
    listener.checkpointWritten(progress.step());
  }
}
