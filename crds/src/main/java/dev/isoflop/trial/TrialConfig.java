package dev.isoflop.trial;

/**
 * The JSON file that a worker is started with.
 *
 * @param namespace label of the metrics; the sweep's namespace, or {@code local}
 * @param sweep label of the metrics; the sweep's name
 * @param trial label of the metrics; the trial's name
 * @param key the experiment's digest, see {@link TrialKey}
 */
public record TrialConfig(
    String namespace,
    String sweep,
    String trial,
    String key,
    TrialExperiment experiment,
    TrialRuntime runtime) {}
