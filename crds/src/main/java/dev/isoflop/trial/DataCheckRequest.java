package dev.isoflop.trial;

import dev.isoflop.api.v1alpha1.data.DataSpec;
import dev.isoflop.api.v1alpha1.training.EvaluationSpec;
import org.jspecify.annotations.Nullable;

/**
 * The JSON file that a worker is started with to look at a sweep's data: {@code check FILE}. It
 * answers with one {@link DataCheckMessage} a line.
 *
 * @param everySample whether to read every sample of every set, or only the first of each
 * @param brokenSamples of each set that a trial may leave out
 * @param threads that read at once
 * @param dataFolder what relative paths start from; null for the working directory
 */
public record DataCheckRequest(
    DataSpec data,
    EvaluationSpec evaluation,
    boolean everySample,
    int brokenSamples,
    int threads,
    @Nullable String dataFolder) {}
