package dev.isoflop.worker.checkpoint;

/**
 * Header of a checkpoint, with the small part of a trial's state.
 *
 * @param format version of the file format
 * @param key digest of the experiment that it belongs to
 * @param step steps done
 * @param parameters elements of each flat tensor
 * @param firstLoss loss of the first step
 * @param smoothedLoss smoothed loss after the last step
 * @param lowestLoss lowest smoothed loss so far
 * @param lostSteps steps on end with a smoothed loss that tells of divergence
 * @param trainingSeconds seconds of training so far, over all attempts
 */
public record CheckpointHeader(
    int format,
    String key,
    long step,
    long parameters,
    double firstLoss,
    double smoothedLoss,
    double lowestLoss,
    long lostSteps,
    double trainingSeconds) {
  /** The version that this worker writes and reads. */
  public static final int FORMAT = 2;
}
