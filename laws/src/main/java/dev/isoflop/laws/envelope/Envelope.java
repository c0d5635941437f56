package dev.isoflop.laws.envelope;

import dev.isoflop.laws.compare.ComparedLaw;
import dev.isoflop.laws.compare.ExponentDifference;
import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.data.TrainingCurve;
import dev.isoflop.laws.finding.Finding;
import dev.isoflop.laws.finding.Fit;
import dev.isoflop.laws.finding.FitError;
import dev.isoflop.laws.finding.FitWarning;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.powerlaw.LawPoint;
import dev.isoflop.laws.powerlaw.PowerLaw;
import dev.isoflop.laws.powerlaw.PowerLawFitter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Approach 1: at every compute the model whose curve is lowest then (Hoffmann et al. 2022, section
 * 3.1).
 *
 * <p>The envelope of a few sizes is a staircase: one size is the lowest over a range of compute,
 * then the next. Hoffmann et al. fit a line to 1,500 points of the stairs, which are many points
 * but no more information than there are steps, and their treads hold whatever lies beyond the
 * smallest and the largest size. Here each step gives one point: where two sizes have equal loss,
 * the optimum lies between them, at their geometric mean if the loss is symmetric in log N there.
 * So the number of points is that of the steps, and Student's intervals follow from it. A step
 * counts only where both curves show it: where the smaller size's run just ends, or the larger's
 * only begins, the change of the lowest size says nothing of the optimum.
 *
 * <p>Assumptions: a constant learning rate after the warm-up (else {@link
 * FitError.ScheduleDecays}); losses smoothed alike; sizes so dense that each step's two sizes lie
 * on the parabolic part of the isoFLOP curve. Smoothing delays the loss, which shifts all curves to
 * the right and cancels in the exponent as long as the delay is a constant share of training.
 */
public final class Envelope {

  private static final int GRID = 1500;

  private Envelope() {}

  /** Fits the laws, or says why the curves have none. */
  public static Fit<EnvelopeLaws> fit(List<TrainingCurve> curves, LawOptions options) {
    for (TrainingCurve curve : curves) {
      if (!curve.constantRate()) {
        return Fit.refused(new FitError.ScheduleDecays(curve.trial()));
      }
    }
    List<SizeCurve> sizes = SizeCurve.bySize(curves);
    List<Step> steps = steps(sizes);
    List<EnvelopePoint> points = new ArrayList<>();
    for (int i = 0; i + 1 < steps.size(); i++) {
      crossing(steps.get(i).size(), steps.get(i + 1).size()).ifPresent(points::add);
    }
    if (points.size() < FitError.TooFewBudgets.NEEDED) {
      return Fit.refused(
          new FitError.TooFewCrossings(
              points.stream().map(EnvelopePoint::flops).toList(), FitError.TooFewBudgets.NEEDED));
    }
    Map<LawQuantity, Fit<PowerLaw>> laws = new EnumMap<>(LawQuantity.class);
    for (LawQuantity quantity : LawQuantity.values()) {
      if (points.stream().allMatch(point -> point.value(quantity).isPresent())) {
        laws.put(quantity, law(quantity, points, options));
      }
    }
    return Fit.of(new EnvelopeLaws(points, laws));
  }

  /**
   * Whether the envelope's exponent of N* contradicts the parabolas', beyond what both intervals
   * allow. They are taken for independent: the ends of runs make one, what lies before the other.
   */
  public static Optional<Finding> disagreement(EnvelopeLaws envelope, Laws laws) {
    Optional<PowerLaw> found = envelope.law(LawQuantity.PARAMETERS).value();
    if (found.isEmpty() || laws.parameters().value().isEmpty()) {
      return Optional.empty();
    }
    PowerLaw ours = found.get();
    PowerLaw theirs = laws.parameters().value().get();
    ExponentDifference difference =
        ExponentDifference.of(
            LawQuantity.PARAMETERS,
            new ComparedLaw.Fitted(theirs),
            new ComparedLaw.Fitted(ours),
            Optional.empty(),
            theirs.confidence(),
            theirs.confidence());
    return difference.interval().filter(interval -> !interval.contains(0)).isPresent()
        ? Optional.of(
            new FitWarning.EnvelopeDisagrees(
                theirs.exponent(),
                theirs.interval().exponent(),
                ours.exponent(),
                ours.interval().exponent()))
        : Optional.empty();
  }

  /** A size and the log compute from which to which it is the lowest. */
  private record Step(SizeCurve size, double from, double to) {
    double middle() {
      return (from + to) / 2;
    }
  }

  /** The treads of the staircase; noise makes neighbours alternate about a crossing. */
  private static List<Step> steps(List<SizeCurve> sizes) {
    double from = sizes.stream().mapToDouble(SizeCurve::first).min().orElse(0);
    double to = sizes.stream().mapToDouble(SizeCurve::last).max().orElse(0);
    SortedMap<Double, Step> lowest = new TreeMap<>();
    for (int i = 0; i < GRID; i++) {
      double x = from + (to - from) * i / (GRID - 1);
      lowest(sizes, x)
          .ifPresent(
              size ->
                  lowest.merge(
                      size.parameters(),
                      new Step(size, x, x),
                      (known, more) -> new Step(size, known.from(), more.to())));
    }
    List<Step> steps = new ArrayList<>();
    for (Step step : lowest.values()) {
      if (steps.isEmpty() || step.middle() > steps.get(steps.size() - 1).middle()) {
        steps.add(step);
      }
    }
    return steps;
  }

  private static Optional<SizeCurve> lowest(List<SizeCurve> sizes, double x) {
    SizeCurve best = null;
    for (SizeCurve size : sizes) {
      if (size.covers(x) && (best == null || size.lossAt(x) < best.lossAt(x))) {
        best = size;
      }
    }
    return Optional.ofNullable(best);
  }

  /**
   * Halfway between where the larger is lower for the first time and where the smaller is for the
   * last; empty when the curves do not cross while both train.
   */
  private static Optional<EnvelopePoint> crossing(SizeCurve smaller, SizeCurve larger) {
    double from = Math.max(smaller.first(), larger.first());
    double to = Math.min(smaller.last(), larger.last());
    boolean crosses =
        from < to
            && smaller.lossAt(from) < larger.lossAt(from)
            && smaller.lossAt(to) > larger.lossAt(to);
    if (!crosses) {
      return Optional.empty();
    }
    double begins = to;
    double ceases = from;
    for (int i = 0; i < GRID; i++) {
      double x = from + (to - from) * i / (GRID - 1);
      if (larger.lossAt(x) < smaller.lossAt(x)) {
        begins = Math.min(begins, x);
      } else {
        ceases = x;
      }
    }
    double x = (begins + ceases) / 2;
    return Optional.of(
        new EnvelopePoint(
            StrictMath.exp(x),
            StrictMath.sqrt(smaller.parameters() * larger.parameters()),
            StrictMath.exp((smaller.logTokensAt(x) + larger.logTokensAt(x)) / 2),
            (smaller.lossAt(x) + larger.lossAt(x)) / 2));
  }

  private static Fit<PowerLaw> law(
      LawQuantity quantity, List<EnvelopePoint> envelope, LawOptions options) {
    List<LawPoint> points =
        envelope.stream()
            .map(point -> new LawPoint(point.flops(), point.value(quantity).orElseThrow()))
            .toList();
    double[] equal = new double[points.size()];
    Arrays.fill(equal, 1);
    String name = quantity.law() + " by the envelope";
    return new PowerLawFitter(options, "lower envelope of training curves")
        .fit(new PowerLawFitter.Task(name, points, equal, quantity.mayLevelOff()), List.of());
  }
}
