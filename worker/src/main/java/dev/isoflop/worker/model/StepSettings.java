package dev.isoflop.worker.model;

/**
 * Settings that change from one training step to the next.
 *
 * @param step counted from 1; AdamW's bias correction uses it
 * @param learningRate of this step
 * @param averageDecay share of the moving average that this step keeps
 */
public record StepSettings(long step, double learningRate, double averageDecay) {}
