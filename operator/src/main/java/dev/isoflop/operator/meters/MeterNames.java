package dev.isoflop.operator.meters;

/**
 * Names and labels of the operator's Prometheus metrics; those of the workers are {@link
 * dev.isoflop.metric.MetricNames}. Dashboards and alert rules are written against both.
 */
public final class MeterNames {
  public static final String STATE = "state";
  public static final String TYPE = "type";
  public static final String QUANTITY = "quantity";
  public static final String BOUND = "bound";
  public static final String KIND = "kind";
  public static final String METRIC = "metric";

  /** N of a point, a whole number. */
  public static final String PARAMETERS = "parameters";

  /** Trials of a sweep by {@link #STATE}: queued, running, succeeded, excluded, failed. */
  public static final String TRIALS = "isoflop_sweep_trials";

  /** Trials of a sweep's grid. */
  public static final String TRIALS_PLANNED = "isoflop_sweep_trials_planned";

  /** A condition by {@link #TYPE}: 1 true, 0 false; absent while unknown. */
  public static final String CONDITION = "isoflop_sweep_condition";

  /** Training FLOPs of all trials, in the sweep's convention. */
  public static final String FLOPS_PLANNED = "isoflop_sweep_flops_planned";

  /** Training FLOPs done so far, in the sweep's convention. */
  public static final String FLOPS_SPENT = "isoflop_sweep_flops_spent";

  /** Time that devices were held: accelerators, or CPU slots where there are none. */
  public static final String ACCELERATOR_SECONDS = "isoflop_sweep_accelerator_seconds";

  /** N* of each budget. */
  public static final String OPTIMUM_PARAMETERS = "isoflop_sweep_optimum_parameters";

  /** D* of each budget. */
  public static final String OPTIMUM_TOKENS = "isoflop_sweep_optimum_tokens";

  /** S* of each budget; absent where the samples of a trial are not known. */
  public static final String OPTIMUM_SAMPLES = "isoflop_sweep_optimum_samples";

  /** The loss at N* of each budget. */
  public static final String OPTIMUM_LOSS = "isoflop_sweep_optimum_loss";

  /** Slope of the law of a {@link #QUANTITY} on logarithmic axes. */
  public static final String LAW_EXPONENT = "isoflop_sweep_law_exponent";

  /** The law of a {@link #QUANTITY} at one FLOP. */
  public static final String LAW_COEFFICIENT = "isoflop_sweep_law_coefficient";

  /** Share of the variance that the law of a {@link #QUANTITY} explains, on logarithmic axes. */
  public static final String LAW_R_SQUARED = "isoflop_sweep_law_r_squared";

  /** Bootstrap interval of an exponent by {@link #BOUND}: lower, upper. */
  public static final String LAW_EXPONENT_BOUND = "isoflop_sweep_law_exponent_bound";

  /** The law of a {@link #QUANTITY} at each budget of the sweep. */
  public static final String LAW_VALUE = "isoflop_sweep_law_value";

  /** Loss on the parabola of a budget, by {@link #PARAMETERS}. */
  public static final String CURVE_LOSS = "isoflop_sweep_curve_loss";

  /** Loss at the minimum of that parabola, by {@link #PARAMETERS}: the optimum of the budget. */
  public static final String CURVE_MINIMUM = "isoflop_sweep_curve_minimum";

  /** N of a trial that ended with numbers. */
  public static final String TRIAL_PARAMETERS = "isoflop_trial_parameters";

  /** The loss that the laws are fitted to, of a trial that ended with numbers. */
  public static final String TRIAL_LOSS = "isoflop_trial_loss";

  /** Measurement of a trial that ended with numbers, by {@link #METRIC} and dataset. */
  public static final String TRIAL_RESULT = "isoflop_trial_result";

  /** Broken samples that a trial that succeeded left out, by field and dataset; absent for none. */
  public static final String TRIAL_BROKEN_SAMPLES = "isoflop_trial_broken_samples";

  /** Time of a turn of a sweep: observe, decide, act. */
  public static final String TURN = "isoflop_operator_turn_seconds";

  /** Turns that broke off because a call to the API server failed. */
  public static final String TURN_FAILURES = "isoflop_operator_turn_failures_total";

  /** Statuses that the API server refused to store as they were. */
  public static final String STATUS_REFUSALS = "isoflop_operator_status_refusals_total";

  /** Jobs that claimed to be a trial's, but that the operator did not make. */
  public static final String FOREIGN_JOBS = "isoflop_operator_foreign_jobs_total";

  /** Sweeps whose last turn broke off. */
  public static final String FAILING_SWEEPS = "isoflop_operator_failing_sweeps";

  /** Resources that this release cannot read, by {@link #KIND}. */
  public static final String UNREADABLE = "isoflop_operator_unreadable_resources";

  /** 1 on the replica that leads, 0 on the others. */
  public static final String LEADER = "isoflop_operator_leader";

  private MeterNames() {}
}
