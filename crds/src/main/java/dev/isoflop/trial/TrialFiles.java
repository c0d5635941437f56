package dev.isoflop.trial;

/** Names of the files in a trial's folder. */
public final class TrialFiles {
  public static final String CONFIG = "config.json";
  public static final String RESULT = "result.json";

  /** How each metric of the result was measured, by the digest that the result carries. */
  public static final String MEASUREMENTS = "measurements.json";

  public static final String CURVE = "curve.csv";
  public static final String CHECKPOINT = "checkpoint";
  public static final String METRICS_PORT = "metrics.port";
  public static final String LOCK = "lock";
  public static final String LOG = "worker.log";

  private TrialFiles() {}
}
