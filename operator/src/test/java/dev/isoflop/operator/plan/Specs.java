package dev.isoflop.operator.plan;

import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.api.v1alpha1.data.AutoencoderSpec;
import dev.isoflop.api.v1alpha1.data.AutoencoderType;
import dev.isoflop.api.v1alpha1.data.DataFormat;
import dev.isoflop.api.v1alpha1.data.DataSpec;
import dev.isoflop.api.v1alpha1.data.DatasetSpec;
import dev.isoflop.api.v1alpha1.data.FeatureExtractorSpec;
import dev.isoflop.api.v1alpha1.data.TextEncoderSpec;
import dev.isoflop.api.v1alpha1.data.TextEncoderType;
import dev.isoflop.api.v1alpha1.sweep.CollectionSpec;
import dev.isoflop.api.v1alpha1.sweep.FailureSpec;
import dev.isoflop.api.v1alpha1.sweep.GridShape;
import dev.isoflop.api.v1alpha1.sweep.GridSpec;
import dev.isoflop.api.v1alpha1.sweep.LawsSpec;
import dev.isoflop.api.v1alpha1.sweep.OnFailuresExceeded;
import dev.isoflop.api.v1alpha1.sweep.PowerLawPrior;
import dev.isoflop.api.v1alpha1.sweep.SchedulingSpec;
import dev.isoflop.api.v1alpha1.sweep.StorageSpec;
import dev.isoflop.api.v1alpha1.training.EvaluationSpec;
import dev.isoflop.api.v1alpha1.training.LayerRange;
import dev.isoflop.api.v1alpha1.training.LikelihoodSpec;
import dev.isoflop.api.v1alpha1.training.ModelSpec;
import dev.isoflop.api.v1alpha1.training.OptimizerSpec;
import dev.isoflop.api.v1alpha1.training.PicturesSpec;
import dev.isoflop.api.v1alpha1.training.Precision;
import dev.isoflop.api.v1alpha1.training.SamplerSpec;
import dev.isoflop.api.v1alpha1.training.SamplerType;
import dev.isoflop.api.v1alpha1.training.ScheduleSpec;
import dev.isoflop.api.v1alpha1.training.ScheduleType;
import dev.isoflop.api.v1alpha1.training.TimestepSpec;
import dev.isoflop.api.v1alpha1.training.TrainingSpec;
import dev.isoflop.api.v1alpha1.training.Weights;
import dev.isoflop.metric.Metric;
import dev.isoflop.model.Architecture;
import dev.isoflop.model.FlopConvention;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Specs for tests, changed field by field. The standard one is small: 16 image, 7 text and 1 time
 * token, widths of 16 a layer, and six budgets of 3 to 7 sizes each.
 */
public final class Specs {
  public List<Double> budgets = List.of(1e10, 3e10, 1e11, 3e11);
  public FlopConvention convention = FlopConvention.Analytic;
  public int trialsPerBudget = 5;
  public LayerRange layers = new LayerRange(1, 12);
  public @Nullable List<GridShape> shapes = null;
  public double span = 8;
  public PowerLawPrior centre = new PowerLawPrior(0.316, 0.5);
  public int repeats = 1;
  public ModelSpec model = new ModelSpec(Architecture.InContext, 16, 16, 4);
  public DatasetSpec train = new DatasetSpec("scenes", "scenes:solid", DataFormat.Scenes);
  public List<DatasetSpec> evaluation =
      List.of(
          new DatasetSpec("scenes", "scenes:solid", DataFormat.Scenes),
          new DatasetSpec("sketched", "scenes:sketched", DataFormat.Scenes));
  public int imageSize = 16;
  public int channels = 3;
  public TextEncoderSpec textEncoder = new TextEncoderSpec(TextEncoderType.Hashed, 7, 16);
  public AutoencoderSpec autoencoder = new AutoencoderSpec(AutoencoderType.None);
  public int batchSize = 8;
  public @Nullable Integer microBatch = null;
  public ScheduleSpec schedule = new ScheduleSpec(ScheduleType.Constant, 0.01, 0.2, 0.0);
  public OptimizerSpec optimizer = new OptimizerSpec(1e-3, 0.9, 0.95, 1e-8, 0.01);
  public TimestepSpec timesteps = new TimestepSpec(0.0, 1.0);
  public double gradientClip = 1.0;
  public String checkpointInterval = "PT10M";
  public long seed = 0;
  public SamplerSpec sampler = new SamplerSpec(SamplerType.Euler, 25, 1.0);
  public LikelihoodSpec likelihood = new LikelihoodSpec(null, SamplerType.Midpoint, 32, 1);
  public List<Metric> metrics = List.of(Metric.ValidationLoss);
  public PicturesSpec pictures = new PicturesSpec(16, 4);
  public @Nullable FeatureExtractorSpec featureExtractor = null;
  public double captionDropout = 0.1;
  public int samples = 256;
  public int maxParallel = 16;
  public @Nullable Double peakFlops = null;
  public String trialDeadline = "PT24H";
  public @Nullable Map<String, String> resources = null;
  public @Nullable Map<String, Object> podTemplate = null;
  public FailureSpec failures = new FailureSpec(2, 5, OnFailuresExceeded.Drain);
  public CollectionSpec collection = new CollectionSpec(null, "PT15S");
  public int extraSizes = 3;
  public LawsSpec laws = new LawsSpec(0.95, 20, false, List.of(), null);
  public boolean suspend = false;

  /** The small spec. */
  public static Specs small() {
    return new Specs();
  }

  /** Budgets and grid of "Scaling Laws For Diffusion Transformers", under its convention. */
  public static Specs paper() {
    Specs specs = new Specs();
    specs.budgets = List.of(1e17, 3e17, 6e17, 1e18, 3e18, 6e18);
    specs.convention = FlopConvention.SixND;
    specs.trialsPerBudget = 7;
    specs.layers = new LayerRange(2, 15);
    specs.centre = new PowerLawPrior(9e-4, 0.568);
    specs.model = new ModelSpec(Architecture.InContext, 64, 64, 2);
    specs.imageSize = 32;
    specs.textEncoder = new TextEncoderSpec(TextEncoderType.Hashed, 32, 64);
    specs.batchSize = 1024;
    return specs;
  }

  public Specs withBudgets(Double... flops) {
    budgets = List.of(flops);
    return this;
  }

  public ScalingSweepSpec build() {
    return new ScalingSweepSpec(
        budgets,
        convention,
        new GridSpec(trialsPerBudget, layers, shapes, span, centre, repeats),
        model,
        new DataSpec(train, evaluation, imageSize, channels, textEncoder, autoencoder),
        new TrainingSpec(
            batchSize,
            microBatch,
            false,
            optimizer,
            schedule,
            timesteps,
            captionDropout,
            gradientClip,
            0.999,
            Precision.FP32,
            checkpointInterval,
            seed),
        new EvaluationSpec(
            samples, metrics, Weights.EMA, sampler, likelihood, pictures, featureExtractor),
        new SchedulingSpec(
            maxParallel,
            resources,
            peakFlops,
            null,
            null,
            trialDeadline,
            failures,
            extraSizes,
            podTemplate),
        new StorageSpec("isoflop", "sweeps"),
        collection,
        laws,
        suspend);
  }

  /** The plan of the spec, which must have one. */
  public SweepPlan plan(String sweep) {
    PlanResult result = new SweepPlanner().plan(sweep, build());
    if (result instanceof PlanResult.Planned planned) {
      return planned.plan();
    }
    throw new AssertionError(result);
  }

  /** The refusals of the spec, which must have some. */
  public List<PlanError> refusals() {
    PlanResult result = new SweepPlanner().plan("refused", build());
    if (result instanceof PlanResult.Refused refused) {
      return refused.refusals();
    }
    throw new AssertionError(result);
  }

  /** The only refusal's message. */
  public String refusal() {
    List<PlanError> refusals = refusals();
    if (refusals.size() != 1) {
      throw new AssertionError(refusals);
    }
    return refusals.get(0).message();
  }
}
