package dev.isoflop.operator.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.api.v1alpha1.TrialStatusBuilder;
import dev.isoflop.api.v1alpha1.status.ComputeStatus;
import dev.isoflop.laws.data.Measurement;
import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.fit.LawFitter;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.metric.Metric;
import dev.isoflop.metric.MetricValue;
import dev.isoflop.model.Architecture;
import dev.isoflop.model.FlopConvention;
import dev.isoflop.model.TransformerShape;
import dev.isoflop.operator.report.input.LossCurve;
import dev.isoflop.operator.report.input.ReportInput;
import dev.isoflop.operator.report.input.ReportTrial;
import dev.isoflop.operator.report.input.TrialHistory;
import dev.isoflop.operator.report.input.TrialSize;
import dev.isoflop.operator.report.words.MeasuredValue;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.trial.TrialOutcome;
import dev.isoflop.trial.TrialResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A sweep as the paper's, drawn from a known loss surface with noise, some trials of which went
 * wrong.
 */
public final class SyntheticSweep {

  static final List<Double> BUDGETS = List.of(1e17, 3e17, 6e17, 1e18, 3e18, 6e18);
  public static final Instant GENERATED = Instant.parse("2026-11-23T08:30:00Z");

  private static final LawOptions OPTIONS =
      LawOptions.defaults()
          .withBootstrap(300)
          .withReferenceDataset("laion")
          .withConvention("SixND")
          .withSoftware("isoflop 0.1.0");

  private static final double IRREDUCIBLE = 0.57;

  private final Random random = new Random(7);
  private final ScalingSweepSpec spec = spec("laion", "coco-2014");
  private final MetricSeries lossSeries = ReportInput.lossSeries(spec);

  private SyntheticSweep() {}

  public static ReportInput input() {
    return new SyntheticSweep().make();
  }

  /** The same sweep, fitted without its largest budget. */
  public static ReportInput holdingOutLargest() {
    ReportInput all = input();
    return new ReportInput(
        all.name(),
        all.spec(),
        all.status(),
        Optional.of(new LawFitter(1).fit(points(all), OPTIONS.withHoldOutLargest(1))),
        all.lossSeries(),
        all.confidence(),
        all.predict(),
        all.trials(),
        all.curves(),
        all.generated(),
        all.software(),
        all.command());
  }

  /** The sweep while it runs: so many budgets are complete, two trials of the next have ended. */
  public static ReportInput running(int complete) {
    ReportInput all = input();
    List<ReportTrial> trials = new ArrayList<>();
    List<LossCurve> curves = new ArrayList<>();
    int early = 0;
    for (ReportTrial trial : all.trials()) {
      int budget = BUDGETS.indexOf(trial.budget());
      boolean ended = budget < complete || (budget == complete && early++ < 2);
      trials.add(ended ? trial : waiting(trial));
      if (ended) {
        all.curves().stream().filter(it -> it.trial().equals(trial.name())).forEach(curves::add);
      }
    }
    List<TrainedPoint> points =
        points(all).stream().filter(point -> BUDGETS.indexOf(point.budget()) < complete).toList();
    return new ReportInput(
        all.name(),
        all.spec(),
        all.status(),
        points.isEmpty() ? Optional.empty() : Optional.of(new LawFitter(1).fit(points, OPTIONS)),
        all.lossSeries(),
        all.confidence(),
        all.predict(),
        trials,
        curves,
        all.generated(),
        all.software(),
        all.command());
  }

  private static ReportTrial waiting(ReportTrial trial) {
    return new ReportTrial(
        trial.name(),
        trial.budget(),
        trial.size(),
        Optional.empty(),
        OptionalDouble.empty(),
        new TreeMap<>(),
        TrialHistory.UNKNOWN,
        Optional.empty(),
        "");
  }

  private static List<TrainedPoint> points(ReportInput input) {
    return input.laws().orElseThrow().curves().stream()
        .flatMap(curve -> curve.points().stream())
        .toList();
  }

  public static ScalingSweepSpec spec(String domain, String other) {
    String yaml =
        """
        budgets: [1e17, 3e17, 6e17, 1e18, 3e18, 6e18]
        flopConvention: SixND
        data:
          train: {name: %s, uri: "file:///data/laion/{00000..10799}.tar", format: WebDataset}
          evaluation:
            - {name: %s, uri: "file:///data/held-out.tar", format: WebDataset}
            - {name: %s, uri: "file:///data/coco.tar", format: WebDataset}
          channels: 4
        evaluation: {metrics: [ValidationLoss, FID]}
        laws: {bootstrap: 300, predict: [6e19, 1.5e21]}
        """
            .formatted(domain, domain, other);
    try {
      return new YAMLMapper().readValue(yaml, ScalingSweepSpec.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private ReportInput make() {
    List<ReportTrial> trials = new ArrayList<>();
    List<LossCurve> curves = new ArrayList<>();
    for (double budget : BUDGETS) {
      int[] layers = layers(budget);
      for (int i = 0; i < layers.length; i++) {
        trial(budget, layers[i], fate(budget, i), trials, curves);
      }
    }
    Laws laws = fit(trials);
    double spent = trials.stream().mapToDouble(ReportTrial::budget).sum();
    ScalingSweepStatus status =
        new ScalingSweepStatus(
            1L,
            List.of(),
            null,
            new ComputeStatus(FlopConvention.SixND, spent, 0.96 * spent, 412.6, null),
            List.of(),
            null,
            List.of(),
            null,
            null);
    return new ReportInput(
        "dit-in-context",
        Optional.of(spec),
        Optional.of(status),
        Optional.of(laws),
        lossSeries,
        0.95,
        spec.laws().predict(),
        trials,
        curves,
        GENERATED,
        "isoflop 0.1.0",
        "./isoflop run sweep.yaml");
  }

  private enum Fate {
    WELL,
    DISRUPTED,
    DIVERGED,
    DRIFTED,
    TOO_LARGE
  }

  private static Fate fate(double budget, int index) {
    if (budget == 1e17 && index == 1) {
      return Fate.DRIFTED;
    } else if (budget == 6e17 && index == 6) {
      return Fate.DIVERGED;
    } else if (budget == 6e18 && index == 6) {
      return Fate.TOO_LARGE;
    }
    return budget == 3e18 && index == 2 ? Fate.DISRUPTED : Fate.WELL;
  }

  /** Seven depths about the optimum, from a sixth of its size to six times. */
  private static int[] layers(double budget) {
    double optimum = 8.92e-4 * StrictMath.pow(budget, 0.568);
    int[] layers = new int[7];
    for (int i = 0; i < 7; i++) {
      double size = optimum * StrictMath.pow(7, (i - 3) / 3.0);
      layers[i] = (int) Math.max(2, Math.round(StrictMath.cbrt(size / 49152)));
      if (i > 0 && layers[i] <= layers[i - 1]) {
        layers[i] = layers[i - 1] + 1;
      }
    }
    return layers;
  }

  private void trial(
      double budget, int layers, Fate fate, List<ReportTrial> trials, List<LossCurve> curves) {
    TransformerShape shape =
        new TransformerShape(Architecture.InContext, layers, 64 * layers, 64, 2, 32, 4, 32, 64);
    double perStep = 1024 * shape.trainingFlops(FlopConvention.SixND);
    long steps = Math.max(1, Math.round(budget / perStep));
    TrialExperiment experiment =
        new TrialExperiment(
            budget,
            FlopConvention.SixND,
            shape,
            steps,
            0,
            spec.data(),
            spec.training(),
            spec.evaluation());
    String name = "dit-in-context-%.0e-l%d".formatted(budget, layers).replace("+", "");
    double loss =
        surface((double) shape.parameters(), experiment.tokens()) + 0.0009 * random.nextGaussian();
    TrialStatus status = status(name, experiment, loss, fate);
    trials.add(ReportTrial.of(name, experiment, Optional.of(status), lossSeries));
    if (fate != Fate.TOO_LARGE) {
      curves.add(new LossCurve(name, curve(experiment, loss, fate == Fate.DIVERGED)));
    }
  }

  public static double surface(double parameters, double tokens) {
    return IRREDUCIBLE
        + 13.7 / StrictMath.pow(parameters, 0.30)
        + 672 / StrictMath.pow(tokens, 0.395);
  }

  private TrialStatus status(String name, TrialExperiment experiment, double loss, Fate fate) {
    TrialOutcome outcome =
        switch (fate) {
          case WELL, DISRUPTED -> TrialOutcome.succeeded();
          case DIVERGED ->
              TrialOutcome.excluded(
                  OutcomeReason.Diverged, "step 5210: loss NaN; lower training.optimizer");
          case DRIFTED ->
              TrialOutcome.excluded(
                  OutcomeReason.DeadlineExceeded, "stopped at its deadline, at 61 % of its budget");
          case TOO_LARGE ->
              TrialOutcome.failed(
                  OutcomeReason.OutOfMemory, "the model and a batch of 1024 need 93 GiB");
        };
    TrialResult result =
        new TrialResult(
            name,
            "0123456789abcdef",
            outcome,
            experiment.shape().parameters(),
            experiment.shape().totalParameters(),
            experiment.steps(),
            experiment.samples(),
            experiment.tokens(),
            experiment.flops(),
            fate == Fate.DIVERGED ? (Double) Double.NaN : (Double) (loss + 0.002),
            metrics(fate == Fate.DRIFTED ? loss + 0.012 : loss, fate == Fate.DIVERGED),
            experiment.flops() / 2.2e14,
            312,
            0.45,
            "isoflop-worker 0.1.0, cuda, BF16");
    return TrialStatusBuilder.builder()
        .observedGeneration(1L)
        .attempt(fate == Fate.DISRUPTED ? 3 : 1)
        .failures(fate == Fate.TOO_LARGE ? 1 : 0)
        .disruptions(fate == Fate.DISRUPTED ? 2 : 0)
        .outcome(outcome)
        .result(fate == Fate.TOO_LARGE ? null : result)
        .build();
  }

  private List<MetricValue> metrics(double loss, boolean diverged) {
    if (diverged) {
      return List.of(
          new MetricValue(
              Metric.ValidationLoss, lossSeries.dataset(), Double.NaN, null, 10_000, null));
    }
    double excess = loss - IRREDUCIBLE;
    return List.of(
        value(Metric.ValidationLoss, "laion", loss, 0.0009),
        value(Metric.ValidationLoss, "coco-2014", loss + 0.021, 0.0011),
        value(Metric.FID, "laion", 14 + 820 * StrictMath.pow(excess, 1.6), 0.4),
        value(Metric.FID, "coco-2014", 19 + 1010 * StrictMath.pow(excess, 1.55), 0.6));
  }

  private MetricValue value(Metric metric, String dataset, double value, double error) {
    double noisy = metric == Metric.FID ? value + error * random.nextGaussian() : value;
    return new MetricValue(metric, dataset, noisy, error, 10_000, null);
  }

  private List<LossCurve.Point> curve(TrialExperiment experiment, double end, boolean diverges) {
    List<LossCurve.Point> points = new ArrayList<>();
    long stride = Math.max(1, experiment.steps() / 800);
    double smoothed = Double.NaN;
    for (long step = 1; step <= experiment.steps(); step += stride) {
      double progress = (double) step / experiment.steps();
      double tokens = progress * experiment.tokens();
      double loss =
          end
              + surface((double) experiment.shape().parameters(), tokens + 3e7)
              - surface((double) experiment.shape().parameters(), experiment.tokens())
              + 0.012 * random.nextGaussian();
      if (diverges && progress > 0.4) {
        loss = progress > 0.43 ? Double.NaN : loss + 30 * (progress - 0.4);
      }
      smoothed = Double.isNaN(smoothed) && step == 1 ? loss : 0.9 * smoothed + 0.1 * loss;
      points.add(new LossCurve.Point(step, tokens, progress * experiment.flops(), loss, smoothed));
    }
    return points;
  }

  private Laws fit(List<ReportTrial> trials) {
    List<TrainedPoint> points = new ArrayList<>();
    for (ReportTrial trial : trials) {
      if (trial.succeeded()) {
        Map<MetricSeries, Measurement> metrics = new TreeMap<>();
        trial
            .metrics()
            .forEach(
                (series, reading) -> {
                  if (!series.equals(lossSeries)) {
                    metrics.put(series, new Measurement(reading.value(), reading.standardError()));
                  }
                });
        MeasuredValue loss = trial.loss().orElseThrow();
        points.add(
            new TrainedPoint(
                trial.name(),
                trial.budget(),
                trial.size().parameters().orElseThrow(),
                trial.size().tokens().orElseThrow(),
                trial.size().samples(),
                new Measurement(loss.value(), loss.standardError()),
                new TreeMap<>(metrics)));
      }
    }
    return new LawFitter(1).fit(points, OPTIONS);
  }

  /** As few facts as a report can have. */
  public static ReportInput bare(List<ReportTrial> trials, @Nullable Laws laws) {
    return new ReportInput(
        "points.csv",
        Optional.empty(),
        Optional.empty(),
        Optional.ofNullable(laws),
        new MetricSeries("loss", ""),
        0.95,
        List.of(),
        trials,
        List.of(),
        GENERATED,
        "isoflop 0.1.0",
        "");
  }

  /** A trial that ended as given, with or without a loss. */
  public static ReportTrial trial(
      String name, double budget, double parameters, OptionalDouble loss, TrialOutcome outcome) {
    return new ReportTrial(
        name,
        budget,
        TrialSize.of(parameters, budget / (6 * parameters), OptionalDouble.empty()),
        loss.isPresent() ? Optional.of(MeasuredValue.of(loss.getAsDouble())) : Optional.empty(),
        OptionalDouble.empty(),
        new TreeMap<>(),
        TrialHistory.UNKNOWN,
        Optional.of(outcome),
        "");
  }
}
