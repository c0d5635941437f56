package dev.isoflop.metric;

import java.util.List;

/** Names and labels of the worker's Prometheus metrics: base units, {@code _total} on counters. */
public final class MetricNames {
  public static final String NAMESPACE = "namespace";
  public static final String SWEEP = "sweep";
  public static final String TRIAL = "trial";
  public static final String BUDGET = "budget";
  public static final String DATASET = "dataset";

  /** Labels of every worker metric, in order. */
  public static final List<String> TRIAL_LABELS = List.of(NAMESPACE, SWEEP, TRIAL, BUDGET);

  /** Labels of the metrics of one evaluation set, in order. */
  public static final List<String> DATASET_LABELS =
      List.of(NAMESPACE, SWEEP, TRIAL, BUDGET, DATASET);

  /** A data set's place in the manifest, such as {@code data.train}. */
  public static final String FIELD = "field";

  /** Labels of the metrics of any data set, in order: names may be those of several. */
  public static final List<String> SET_LABELS =
      List.of(NAMESPACE, SWEEP, TRIAL, BUDGET, FIELD, DATASET);

  public static final String BROKEN_SAMPLES = "isoflop_broken_samples";

  public static final String TRAIN_LOSS = "isoflop_train_loss";
  public static final String VALIDATION_LOSS = "isoflop_validation_loss";
  public static final String VLB = "isoflop_vlb_bits_per_dimension";
  public static final String LIKELIHOOD = "isoflop_likelihood_bits_per_dimension";
  public static final String FID = "isoflop_fid";
  public static final String KID = "isoflop_kid";
  public static final String FRECHET_DISTANCE = "isoflop_frechet_distance";
  public static final String KERNEL_DISTANCE = "isoflop_kernel_distance";
  public static final String TOKENS = "isoflop_tokens_total";
  public static final String SAMPLES = "isoflop_samples_total";
  public static final String FLOPS = "isoflop_flops_total";
  public static final String STEP_SECONDS = "isoflop_step_seconds";
  public static final String DATA_WAIT = "isoflop_data_wait_seconds_total";
  public static final String PEAK_FLOPS = "isoflop_peak_flops_per_second";
  public static final String RESIDENT_MEMORY = "isoflop_resident_memory_bytes";
  public static final String DEVICE_MEMORY = "isoflop_device_memory_bytes";
  public static final String MODEL_FLOPS_UTILIZATION = "isoflop_model_flops_utilization_ratio";
  public static final String STEP = "isoflop_step";
  public static final String PROGRESS = "isoflop_progress_ratio";
  public static final String CHECKPOINT_AGE = "isoflop_checkpoint_age_seconds";
  public static final String GRADIENT_NORM = "isoflop_gradient_norm";

  private MetricNames() {}

  /** The name under which a measurement on an evaluation set is exported. */
  public static String of(Metric metric) {
    return switch (metric) {
      case ValidationLoss -> VALIDATION_LOSS;
      case VLB -> VLB;
      case Likelihood -> LIKELIHOOD;
      case FID -> FID;
      case KID -> KID;
      case FrechetDistance -> FRECHET_DISTANCE;
      case KernelDistance -> KERNEL_DISTANCE;
    };
  }
}
