package dev.isoflop.worker.train;

import dev.isoflop.worker.checkpoint.CheckpointHeader;

/**
 * Progress of training.
 *
 * @param step steps done
 * @param losses smoothed and first loss
 * @param seconds of training, over all attempts
 */
public record Progress(long step, LossHistory losses, double seconds) {
  /** Before the first step. */
  public static Progress start() {
    return new Progress(0, LossHistory.empty(), 0);
  }

  /** Progress at a checkpoint. */
  public static Progress of(CheckpointHeader header) {
    return new Progress(
        header.step(),
        new LossHistory(
            header.firstLoss(), header.smoothedLoss(), header.lowestLoss(), header.lostSteps()),
        header.trainingSeconds());
  }

  /** The header of a checkpoint at this point. */
  public CheckpointHeader header(String key, long parameters) {
    return new CheckpointHeader(
        CheckpointHeader.FORMAT,
        key,
        step,
        parameters,
        losses.first(),
        losses.smoothed(),
        losses.lowest(),
        losses.lostSteps(),
        seconds);
  }
}
