package dev.isoflop.worker.train;

/**
 * Time of one step.
 *
 * @param seconds from asking for its batch to the updated weights
 * @param dataWaitSeconds of them, those spent waiting for the batch
 */
public record StepTime(double seconds, double dataWaitSeconds) {}
