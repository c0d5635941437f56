package dev.isoflop.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.bounds.Quantities;
import dev.isoflop.api.v1alpha1.data.DataFormat;
import dev.isoflop.api.v1alpha1.data.DatasetSpec;
import dev.isoflop.api.v1alpha1.data.FeatureExtractorSpec;
import dev.isoflop.api.v1alpha1.data.FeatureExtractorType;
import dev.isoflop.api.v1alpha1.sweep.GridShape;
import dev.isoflop.api.v1alpha1.sweep.LawsSpec;
import dev.isoflop.api.v1alpha1.sweep.PowerLawPrior;
import dev.isoflop.api.v1alpha1.training.LayerRange;
import dev.isoflop.api.v1alpha1.training.LikelihoodSpec;
import dev.isoflop.api.v1alpha1.training.ModelSpec;
import dev.isoflop.api.v1alpha1.training.PicturesSpec;
import dev.isoflop.api.v1alpha1.training.SamplerSpec;
import dev.isoflop.api.v1alpha1.training.SamplerType;
import dev.isoflop.api.v1alpha1.training.ScheduleSpec;
import dev.isoflop.api.v1alpha1.training.ScheduleType;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.metric.Metric;
import dev.isoflop.model.Architecture;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SweepRefusalTest {

  @Test
  void namesTheLayersThatWouldGiveABudgetEnoughSizes() {
    Specs specs = Specs.small().withBudgets(1e11);
    specs.layers = new LayerRange(5, 9);

    assertThat(specs.refusals())
        .singleElement()
        .isInstanceOfSatisfying(
            PlanError.TooFewSizes.class,
            refusal -> {
              assertThat(refusal.found()).hasSize(2);
              assertThat(refusal.message())
                  .isEqualTo(
                      "spec.grid: only 2 allowed shapes with 12.5K to 799K parameters, the span"
                          + " around 99.9K for budget 1e11, and a parabola needs 3 sizes (found: 5"
                          + " layers x 80 (389K), 6 layers x 96 (671K); nearest others: 7 layers x"
                          + " 112 (1.06M) and 8 layers x 128 (1.59M)); set grid.layers to min 2 and"
                          + " max 9, or widen grid.span from 8 to 11, or move grid.centre if"
                          + " another size is expected to be optimal");
            });
  }

  private static Specs measured(int sets, int nameLength, Metric... metrics) {
    Specs specs = Specs.small();
    specs.evaluation =
        IntStream.range(0, sets)
            .mapToObj(set -> set + "x".repeat(nameLength - 1))
            .map(name -> new DatasetSpec(name, "scenes:solid", DataFormat.Scenes))
            .toList();
    specs.metrics = List.of(metrics);
    return specs;
  }

  @Test
  void takesWhatAPodCanReport() {
    assertThat(
            measured(8, 63, Metric.ValidationLoss, Metric.VLB, Metric.Likelihood)
                .plan("sweep")
                .trials())
        .isNotEmpty();
  }

  @Test
  void refusesMoreMeasurementsThanAPodCanReport() {
    Specs many =
        measured(
            8,
            10,
            Metric.ValidationLoss,
            Metric.VLB,
            Metric.Likelihood,
            Metric.FrechetDistance,
            Metric.KernelDistance);
    many.featureExtractor = FeatureExtractorSpec.of(FeatureExtractorType.NsfwjsMixed5, null, null);

    assertThat(many.refusal())
        .isEqualTo(
            "spec.evaluation.metrics: 5 metrics on 8 sets are 40 measurements of each trial, more"
                + " than a pod can report; measure at most 4 on these sets, or name fewer sets in"
                + " data.evaluation");
    many.metrics = many.metrics.subList(0, 4);
    assertThat(many.plan("sweep").trials()).isNotEmpty();
  }

  @Test
  void mendsTheSweepWhenItsOwnAdviceIsTaken() {
    Specs layers = Specs.small().withBudgets(1e11);
    layers.layers = new LayerRange(2, 9);
    assertThat(layers.plan("mended").trials()).hasSizeGreaterThanOrEqualTo(3);

    Specs span = Specs.small().withBudgets(1e11);
    span.layers = new LayerRange(5, 9);
    span.span = 11;
    assertThat(span.plan("mended").trials()).hasSize(3);
  }

  @Test
  void namesTheNearestShapesWhenNoneIsFeasible() {
    Specs specs = Specs.small().withBudgets(1e11);
    specs.layers = new LayerRange(8, 12);

    assertThat(specs.refusals())
        .singleElement()
        .isInstanceOf(PlanError.NoFeasibleShape.class)
        .extracting(PlanError::message)
        .asString()
        .startsWith("spec.grid: no allowed shape has 12.5K to 799K parameters")
        .contains("(nearest: 8 layers x 128 (1.59M) and 9 layers x 144 (2.26M))")
        .contains("set grid.layers to min 2 and max 12");
  }

  @Test
  void advisesNarrowerLayersWhenDepthsLieTooFarApart() {
    Specs specs = Specs.small().withBudgets(1e11);
    specs.model = new ModelSpec(Architecture.InContext, 128, 16, 4);

    assertThat(specs.refusal()).contains("lower model.widthPerLayer from 128");
  }

  @Test
  void advisesMoreShapesWhereShapesAreListed() {
    Specs specs = Specs.small().withBudgets(1e11);
    specs.shapes = List.of(new GridShape(2, 32), new GridShape(2, 64), new GridShape(9, 256));

    assertThat(specs.refusal()).contains("add shapes of 12.5K to 799K parameters to grid.shapes");
  }

  @Test
  void saysWhatBudgetOrBatchGivesASensibleNumberOfSteps() {
    Specs specs = Specs.small().withBudgets(1e10);
    specs.batchSize = 1024;

    assertThat(specs.refusals())
        .singleElement()
        .isInstanceOfSatisfying(
            PlanError.BudgetBelowOneStep.class,
            refusal -> {
              assertThat(refusal.field()).isEqualTo("budgets[0]");
              assertThat(refusal.problem())
                  .startsWith("1e10 is less than one step of 4 layers x 64 (200K)")
                  .contains("at batch size 1024");
              double step = 1024 * refusal.shape().trainingFlops();
              assertThat(refusal.stepFlops()).isEqualTo(step);
              assertThat(refusal.remedy())
                  .contains(NumberFormat.flops(100 * step) + " (100 steps)")
                  .contains("lower training.batchSize to 3");
            });
  }

  @Test
  void refusesBudgetsWhoseSamplesCannotBeCounted() {
    Specs specs = Specs.small().withBudgets(1e30);
    specs.centre = new PowerLawPrior(1e-9, 0.5);

    assertThat(specs.refusals())
        .singleElement()
        .isInstanceOfSatisfying(
            PlanError.BudgetTooLarge.class,
            refusal ->
                assertThat(refusal.message())
                    .startsWith("spec.budgets[0]: 1e30 trains ")
                    .contains("on more samples than can be counted")
                    .endsWith("; lower it, or leave models so small out of its grid"));
  }

  @Test
  void advisesOnlySpansThatAManifestTakes() {
    assertThat(Specs.small().withBudgets(1e17).refusal())
        .containsPattern("widen grid\\.span from 8 to \\d{2,3}(, or|;)");
    assertThat(Specs.small().withBudgets(1e22).refusal()).doesNotContain("grid.span");
  }

  @Test
  void takesItsOwnAdviceOnTheBatchSize() {
    Specs specs = Specs.small().withBudgets(1e10);
    specs.batchSize = 3;

    assertThat(specs.plan("mended").trials())
        .allSatisfy(trial -> assertThat(trial.experiment().steps()).isGreaterThanOrEqualTo(100));
  }

  @Test
  void refusesABudgetThatStandsTwice() {
    assertThat(Specs.small().withBudgets(1e11, 3e11, 1e11).refusal())
        .isEqualTo(
            "spec.budgets: 1e11 stands twice; remove one, or use grid.repeats to train each point"
                + " more than once");
  }

  @Test
  void refusesBudgetsThatAreNoNumbers() {
    Specs specs = Specs.small();
    specs.budgets = new ArrayList<>(Arrays.asList(1e10, -1.0, Double.NaN, null, 0.5));

    assertThat(specs.refusals())
        .extracting(PlanError::field)
        .containsExactly("budgets[1]", "budgets[2]", "budgets[3]", "budgets[4]");
  }

  @Test
  void asksForBudgetsWhenThereAreNone() {
    Specs specs = Specs.small();
    specs.budgets = List.of();

    assertThat(specs.refusal())
        .startsWith("spec.budgets: is empty; give it: Training FLOPs of one trial");
  }

  @Test
  void refusesAHeadThatDoesNotDivideTheWidth() {
    Specs specs = Specs.small();
    specs.model = new ModelSpec(Architecture.InContext, 48, 64, 4);

    assertThat(specs.refusal())
        .isEqualTo(
            "spec.model.headDimension: 64 does not divide width 48 (1 layer x"
                + " model.widthPerLayer 48); choose a divisor of 48 such as 48, or list shapes in"
                + " grid.shapes");
  }

  @Test
  void refusesAWidthThatIsNoMultipleOfFour() {
    Specs specs = Specs.small();
    specs.model = new ModelSpec(Architecture.InContext, 6, 6, 4);

    assertThat(specs.refusal())
        .startsWith("spec.model.widthPerLayer: 6 makes width 6 at 1 layer")
        .endsWith("choose 4 or 8");
  }

  @Test
  void refusesAPatchThatDoesNotDivideTheImage() {
    Specs specs = Specs.small();
    specs.model = new ModelSpec(Architecture.InContext, 16, 16, 3);

    assertThat(specs.refusal())
        .isEqualTo(
            "spec.model.patchSize: 3 does not divide data.imageSize 16; choose one of 1, 2, 4, 8,"
                + " 16");
  }

  @Test
  void refusesListedShapesThatDoNotFitOrStandTwice() {
    Specs specs = Specs.small();
    specs.shapes = List.of(new GridShape(2, 40), new GridShape(2, 32), new GridShape(2, 32));

    assertThat(specs.refusals())
        .extracting(PlanError::message)
        .containsExactly(
            "spec.grid.shapes[0].width: 40 is not a multiple of both model.headDimension 16 and 4;"
                + " choose 32 or 48",
            "spec.grid.shapes[2]: 2 layers x 32 stands twice; remove one, or use grid.repeats to"
                + " train each point more than once");
  }

  @Test
  void refusesToCheckTheLawsWhereTheyHaveSeen() {
    Specs specs = Specs.small();
    specs.laws = new LawsSpec(0.95, 100, false, List.of(), specs.budgets.get(0));

    assertThat(specs.refusals())
        .extracting(PlanError::message)
        .containsExactly(
            "spec.laws.validatePrediction: is 1.0E10; give none of budgets, as the laws have seen"
                + " those; use another budget, or laws.holdOutLargest");
  }

  @Test
  void refusesLikelihoodsAndSamplersThatCannotWork() {
    Specs specs = Specs.small();
    specs.sampler = new SamplerSpec(SamplerType.Heun, 0, -1.0);
    specs.likelihood = new LikelihoodSpec(0, SamplerType.Heun, 0, 1025);

    assertThat(specs.refusals())
        .extracting(PlanError::message)
        .containsExactly(
            "spec.evaluation.sampler.steps: is 0; give 1 to 10000",
            "spec.evaluation.sampler.guidance: is -1.0; give 0 to 100",
            "spec.evaluation.likelihood.samples: is 0; give 1 to 100000000",
            "spec.evaluation.likelihood.steps: is 0; give 1 to 10000",
            "spec.evaluation.likelihood.probes: is 1025; give 0 to 1024");
  }

  @Test
  void refusesALikelihoodOfMoreSamplesThanAreMeasured() {
    Specs specs = Specs.small();
    specs.likelihood = new LikelihoodSpec(257, SamplerType.Heun, 1, 1);

    assertThat(specs.refusal())
        .isEqualTo("spec.evaluation.likelihood.samples: is 257; give 1 to evaluation.samples, 256");
  }

  @Test
  void refusesGuidanceAwayFromACaptionThatIsNeverTrained() {
    Specs specs = Specs.small();
    specs.captionDropout = 0;
    assertThat(new SweepPlanner().plan("any", specs.build()))
        .isInstanceOf(PlanResult.Planned.class);
    specs.sampler = new SamplerSpec(SamplerType.Heun, 10, 4.0);

    assertThat(specs.refusal())
        .isEqualTo(
            "spec.evaluation.sampler.guidance: is 4.0; give 1, since models trained with"
                + " training.captionDropout 0 know no empty caption to guide away from");
  }

  @Test
  void refusesMoreProbesThanAnImageHasElements() {
    Specs specs = Specs.small();
    specs.imageSize = 8;
    specs.likelihood = new LikelihoodSpec(null, SamplerType.Heun, 1, 193);

    assertThat(specs.refusals())
        .extracting(PlanError::message)
        .contains(
            "spec.evaluation.likelihood.probes: is 193; give at most the 192 elements of an image;"
                + " 0 computes the divergence exactly");
  }

  @Test
  void refusesMetricsOfFeaturesWithoutTheirNetwork() {
    Specs specs = Specs.small();
    specs.metrics = List.of(Metric.ValidationLoss, Metric.FID, Metric.KID);
    String remedy =
        "; give type TorchScript with uri and sha256 of its file, or measure FrechetDistance and"
            + " KernelDistance";

    assertThat(specs.refusal())
        .isEqualTo(
            "spec.evaluation.featureExtractor: FID and KID are named after a published network, and"
                + " none is given"
                + remedy);
    specs.featureExtractor = FeatureExtractorSpec.of(FeatureExtractorType.NsfwjsMixed5, null, null);
    assertThat(specs.refusal())
        .isEqualTo(
            "spec.evaluation.featureExtractor: FID and KID are named after a published network, and"
                + " NsfwjsMixed5 is another"
                + remedy);
    specs.metrics = List.of(Metric.ValidationLoss, Metric.FrechetDistance, Metric.KernelDistance);
    assertThat(new SweepPlanner().plan("any", specs.build()))
        .isInstanceOf(PlanResult.Planned.class);
  }

  @ParameterizedTest
  @EnumSource
  void acceptsEveryArchitecture(Architecture architecture) {
    Specs specs = Specs.small();
    specs.model = new ModelSpec(architecture, 16, 16, 4);

    assertThat(new SweepPlanner().plan("any", specs.build()))
        .isInstanceOf(PlanResult.Planned.class);
  }

  @Test
  void refusesASweepThatDoesNotMeasureItsLoss() {
    Specs specs = Specs.small();
    specs.metrics = List.of(Metric.VLB);

    assertThat(specs.refusal()).contains("lacks ValidationLoss", "add ValidationLoss");
  }

  @Test
  void refusesEvaluationSetsOfTheSameName() {
    Specs specs = Specs.small();
    specs.evaluation = List.of(specs.train, specs.train);

    assertThat(specs.refusal()).contains("two sets are named 'scenes'");
  }

  @Test
  void asksForAnEvaluationSet() {
    Specs specs = Specs.small();
    specs.evaluation = List.of();

    assertThat(specs.refusal())
        .startsWith("spec.data.evaluation: is empty; give it: Evaluation sets");
  }

  @ParameterizedTest
  @ValueSource(strings = {"24h", "PT", "P", "PT0S", ""})
  void refusesDurationsThatAreNone(String duration) {
    Specs specs = Specs.small();
    specs.trialDeadline = duration;

    assertThat(specs.refusal())
        .startsWith("spec.scheduling.trialDeadline: is " + duration)
        .contains("such as PT10M");
  }

  @Test
  void refusesNumbersOutsideTheirBounds() {
    Specs specs = Specs.small();
    specs.trialsPerBudget = 2;
    specs.span = 0.5;
    specs.centre = new PowerLawPrior(0.0, Double.NaN);
    specs.repeats = 0;
    specs.maxParallel = 0;
    specs.laws = new LawsSpec(1.0, -1, false, List.of(0.0), null);

    assertThat(specs.refusals())
        .extracting(PlanError::field)
        .containsExactly(
            "grid.trialsPerBudget",
            "grid.span",
            "grid.centre.exponent",
            "grid.repeats",
            "scheduling.maxParallel",
            "laws.bootstrap");
  }

  @Test
  void refusesNumbersWithinTheirBoundsThatMakeNoSense() {
    Specs specs = Specs.small();
    specs.layers = new LayerRange(5, 4);
    specs.centre = new PowerLawPrior(0.0, 0.5);
    specs.laws = new LawsSpec(1.0, 0, false, List.of(0.0), null);

    assertThat(specs.refusals())
        .extracting(PlanError::field)
        .containsExactly(
            "grid.layers.max", "grid.centre.coefficient", "laws.confidence", "laws.predict[0]");
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 1024})
  void aMicroBatchIsAPartOfTheBatch(int portion) {
    Specs specs = Specs.small();
    specs.microBatch = portion;

    assertThat(specs.refusal())
        .startsWith("spec.training.microBatch: is " + portion)
        .contains("1 to training.batchSize, 8, or absent for the whole batch");
  }

  @Test
  void aMicroBatchThatDoesNotDivideTheBatchIsAccepted() {
    Specs specs = Specs.small();
    specs.microBatch = 3;

    assertThat(specs.plan("portions").trials()).isNotEmpty();
  }

  @Test
  void theScheduleHasRoomForRiseAndFall() {
    Specs specs = Specs.small();
    specs.schedule = new ScheduleSpec(ScheduleType.WarmupStableDecay, 0.5, 0.6, 0.0);

    assertThat(specs.refusal())
        .startsWith("spec.training.schedule.decayFraction: is 0.6")
        .contains("at most 1 - training.schedule.warmupFraction, 0.5");
  }

  @Test
  void aShareOfTheScheduleIsAShare() {
    Specs specs = Specs.small();
    specs.schedule = new ScheduleSpec(ScheduleType.Cosine, 0.01, 0.2, 1.5);

    assertThat(specs.refusal())
        .startsWith("spec.training.schedule.finalFraction: is 1.5")
        .endsWith("; give 0 to 1");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1e12, Double.NaN, Double.POSITIVE_INFINITY})
  void aPeakIsAPositiveNumberOfFlops(double peak) {
    Specs specs = Specs.small();
    specs.peakFlops = peak;

    assertThat(specs.refusal())
        .startsWith("spec.scheduling.peakFlops: is ")
        .endsWith("; give a number of at least 1");
  }

  @Test
  void aTrialDrawsNoMorePicturesThanPeopleLookAt() {
    Specs specs = Specs.small();
    specs.pictures = new PicturesSpec(257, 33);

    assertThat(specs.refusals())
        .extracting(PlanError::message)
        .containsExactly(
            "spec.evaluation.pictures.count: is 257; give 0 to 256",
            "spec.evaluation.pictures.duringTraining: is 33; give 0 to 32");
  }

  /** What the schema of today refuses may have been stored under that of yesterday. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "cpu | `` | .cpu: '' is not a quantity of at least 0; write it like 8, 500m or 32Gi",
        "cpu | abc | .cpu: 'abc' is not a quantity of at least 0; write it like 8, 500m or 32Gi",
        "memory | 8GB | .memory: '8GB' is not a quantity of at least 0; write it like 8, 500m or"
            + " 32Gi",
        "memory | -1Gi | .memory: '-1Gi' is not a quantity of at least 0; write it like 8, 500m or"
            + " 32Gi",
        "nvidia.com/gpu | 0.5 | .nvidia.com/gpu: '0.5' is not a whole number, and devices are not"
            + " shared; give 1 or more",
        "nvidia.com/gpu | 500m | .nvidia.com/gpu: '500m' is not a whole number, and devices are not"
            + " shared; give 1 or more",
        "limits | {cpu=8} | .limits: is not a resource; write the resources themselves, such as"
            + " {cpu: 8, memory: 32Gi, nvidia.com/gpu: 1}; each is request and limit",
        "gpu | 1 | .gpu: is not a resource of a container; give cpu, memory, ephemeral-storage, or"
            + " a device by its whole name, such as nvidia.com/gpu",
        "amd.com/gpu | 1 | .amd.com/gpu: is an accelerator that the worker has no code for, and it"
            + " would stand idle; ask for nvidia.com/gpu: 1, or for none to train on the CPU",
      })
  void whatNoContainerMayAskForIsRefused(String name, String amount, String message) {
    Specs specs = Specs.small();
    specs.resources = Map.of(name, amount);
    assertThat(specs.refusal()).isEqualTo("spec.scheduling.resources" + message);
  }

  @ParameterizedTest
  @CsvSource({
    "8, 8",
    "0.5, 0.5",
    ".5, 0.5",
    "5., 5",
    "500m, 0.5",
    "1k, 1000",
    "1Ki, 1024",
    "2Mi, 2097152",
    "1e3, 1000",
    "1E3, 1000",
    "1E-3, 0.001",
    "100u, 0.0001",
    "1E, 1000000000000000000",
    "0, 0"
  })
  void amountsAreThoseOfKubernetes(String amount, BigDecimal value) {
    Specs specs = Specs.small();
    specs.resources = Map.of("cpu", amount);
    specs.plan("accepted");
    assertThat(Quantities.amount(amount)).isEqualByComparingTo(value);
  }

  @Test
  void gpusThatWouldStandIdleAreWarnedOf() {
    Specs specs = Specs.small();
    specs.resources = Map.of("cpu", "8", "nvidia.com/gpu", "1", "amd.com/gpu", "0");
    List<PlanWarning> before = specs.plan("one").warnings();
    specs.resources = Map.of("cpu", "8", "nvidia.com/gpu", "4");

    assertThat(specs.plan("four").warnings())
        .hasSize(before.size() + 1)
        .extracting(PlanWarning::message)
        .contains(
            "spec.scheduling.resources.nvidia.com/gpu: 4 are set aside for each trial, and a worker"
                + " trains on one; ask for 1; scheduling.maxParallel says how many trials run at"
                + " once");
  }
}
