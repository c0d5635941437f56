package dev.isoflop.operator.report.input;

import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.isoflop.IsoFlopCurve;
import dev.isoflop.metric.Metric;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that a report shows.
 *
 * @param name of the sweep, or of the file that the points came from
 * @param spec empty for points that came from a file
 * @param status as last written; its conditions and costs are shown, the numbers come from the laws
 * @param laws empty if fitting was not possible at all
 * @param lossSeries the measurement that the laws are fitted to
 * @param confidence of the laws' intervals, such as 0.95
 * @param predict budgets beyond the grid that the laws are asked about
 * @param trials in the order in which they are listed
 * @param curves training curves of some or all trials
 * @param pictures of the best trial of each budget, by ascending budget, where there are any
 * @param generated when the report was made
 * @param software what made it, such as {@code isoflop 0.1.0}
 * @param command what a reader runs to get it again, a command a line
 */
@RecordBuilder
public record ReportInput(
    String name,
    Optional<ScalingSweepSpec> spec,
    Optional<ScalingSweepStatus> status,
    Optional<Laws> laws,
    MetricSeries lossSeries,
    double confidence,
    List<Double> predict,
    List<ReportTrial> trials,
    List<LossCurve> curves,
    List<TrialPictures> pictures,
    Instant generated,
    String software,
    String command)
    implements PageInput, ReportInputBuilder.With {

  public ReportInput {
    predict = List.copyOf(predict);
    trials = List.copyOf(trials);
    curves = List.copyOf(curves);
    pictures = List.copyOf(pictures);
  }

  /** An input without pictures. */
  public ReportInput(
      String name,
      Optional<ScalingSweepSpec> spec,
      Optional<ScalingSweepStatus> status,
      Optional<Laws> laws,
      MetricSeries lossSeries,
      double confidence,
      List<Double> predict,
      List<ReportTrial> trials,
      List<LossCurve> curves,
      Instant generated,
      String software,
      String command) {
    this(
        name,
        spec,
        status,
        laws,
        lossSeries,
        confidence,
        predict,
        trials,
        curves,
        List.of(),
        generated,
        software,
        command);
  }

  /** Curves that the laws were kept from, to test what they predict. */
  public List<IsoFlopCurve> heldOut() {
    return laws.map(Laws::heldOutCurves).orElse(List.of());
  }

  /** All curves, those held out among them, by ascending budget. */
  public List<IsoFlopCurve> allCurves() {
    return laws.map(Laws::allCurves).orElse(List.of());
  }

  /** The points that the laws are of, those held out among them. */
  public List<TrainedPoint> fitted() {
    return allCurves().stream().flatMap(curve -> curve.points().stream()).toList();
  }

  /** Budgets at which the laws are read: those held out, then those asked for. */
  public List<Double> asked() {
    return Stream.concat(heldOut().stream().map(IsoFlopCurve::budget), predict.stream())
        .distinct()
        .toList();
  }

  /** Trials that have not ended, of a sweep that goes on. */
  public OpenTrials open() {
    return OpenTrials.of(this);
  }

  /** Whether trials of the sweep may still end, and change its laws. */
  public boolean unfinished() {
    return open().any();
  }

  /** Text in place of laws if there are none at all; the page's top says why. */
  public String noLaws() {
    return open().any() ? "No law yet." : "No law was fitted.";
  }

  /** Whether a curve was kept from the laws. */
  public boolean isHeldOut(IsoFlopCurve curve) {
    return heldOut().contains(curve);
  }

  /**
   * The series that the laws of a sweep are fitted to: the validation loss on its first evaluation
   * set.
   */
  public static MetricSeries lossSeries(ScalingSweepSpec spec) {
    return new MetricSeries(Metric.ValidationLoss.name(), spec.data().evaluation().get(0).name());
  }
}
