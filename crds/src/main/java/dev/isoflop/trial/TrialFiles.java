package dev.isoflop.trial;

/** Names of the files in a trial's folder. */
public final class TrialFiles {
  public static final String CONFIG = "config.json";
  public static final String RESULT = "result.json";

  /** Records of how each metric was measured, by the digest that the result carries. */
  public static final String MEASUREMENTS = "measurements.json";

  public static final String CURVE = "curve.csv";
  public static final String CHECKPOINT = "checkpoint";
  public static final String METRICS_PORT = "metrics.port";
  public static final String LOCK = "lock";
  public static final String LOG = "worker.log";

  /** Samples that the trial leaves out of its data, a line each. */
  public static final String BROKEN_SAMPLES = "broken-samples.tsv";

  /** Index of the pictures and their captions: a {@link SampleSheet}. */
  public static final String SAMPLE_SHEET = "samples.json";

  /** Pictures drawn at the end. */
  public static final String SAMPLES = "samples.png";

  /** Pictures drawn after a step of training. */
  public static String samplesAt(long step) {
    return "samples-" + step + ".png";
  }

  private TrialFiles() {}
}
