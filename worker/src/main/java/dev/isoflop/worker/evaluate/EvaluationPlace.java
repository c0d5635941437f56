package dev.isoflop.worker.evaluate;

import ai.djl.pytorch.engine.PtNDManager;
import java.nio.file.Path;

/**
 * Device and folders of an evaluation.
 *
 * @param manager whose device computes
 * @param scratch folder for files that live no longer than a measurement
 * @param cache folder for what all trials of a sweep would compute alike
 */
public record EvaluationPlace(PtNDManager manager, Path scratch, Path cache) {}
