package dev.isoflop.api.v1alpha1.bounds;

/**
 * Bounds of a sweep and of what a status holds. The schema states them, the planner keeps to those
 * of a spec, and whoever writes a status to those of a status: an API server refuses a status that
 * goes beyond one, as a whole.
 */
public final class Bounds {
  /**
   * Trials of a sweep: its budgets times its sizes, with those that it may add, times its repeats.
   */
  public static final int TRIALS = 4096;

  /** Model sizes at each budget. */
  public static final int SIZES = 64;

  /** Sizes that may join at a budget. */
  public static final int EXTRA_SIZES = 16;

  /** Trainings of each point. */
  public static final int REPEATS = 16;

  /** Shapes that a grid lists. */
  public static final int SHAPES = 256;

  /** Layers of a model. */
  public static final int LAYERS = 1024;

  /** Features of a token. */
  public static final int WIDTH = 65536;

  /** Factor from the centre of a grid to its ends. */
  public static final int SPAN = 1024;

  /**
   * Random vectors for the likelihood of an image. It parts their streams of random numbers:
   * another bound draws others.
   */
  public static final int PROBES = 1024;

  /** Budgets to predict. */
  public static final int PREDICTIONS = 32;

  /** Bootstrap resamples of the smallest sweeps. */
  public static final int RESAMPLES = 100_000;

  /**
   * Resamples times what each costs, see {@code SweepLimits.resamples}: as much as a fit may take
   * within a turn.
   */
  public static final long BOOTSTRAP = 20_000_000;

  /** Characters of a message for people: of a condition, an outcome, a trial. */
  public static final int MESSAGE = 1024;

  /** Characters of what holds a trial, so that a sweep's condition has room for it and more. */
  public static final int BLOCK_MESSAGE = 768;

  /** Characters of the message of a budget's curve. */
  public static final int CURVE_MESSAGE = 512;

  /** Characters of one finding about the laws. */
  public static final int FINDING = 512;

  /** Findings about the laws. */
  public static final int FINDINGS = 64;

  /** Metrics that are measured: kinds times evaluation sets. */
  public static final int METRICS = 64;

  /** Budgets of a sweep, and curves. */
  public static final int BUDGETS = 64;

  /** Conditions of a resource. */
  public static final int CONDITIONS = 16;

  /** Characters of a condition's type, status, reason and time. */
  public static final int CONDITION_WORD = 316;

  /** Characters of a resource's name. */
  public static final int NAME = 253;

  /** Characters of a data set's name. */
  public static final int DATASET = 63;

  /** Data sets of a sweep: one to train on and those of evaluation. */
  public static final int DATASETS = 9;

  /** Characters of a trial's key in a result. */
  public static final int KEY = 64;

  /** Characters of a digest with its origin. */
  public static final int PROVENANCE = 128;

  /** Characters of what computed a result. */
  public static final int SOFTWARE = 256;

  /** Characters of a time. */
  public static final int TIME = 32;

  private Bounds() {}
}
