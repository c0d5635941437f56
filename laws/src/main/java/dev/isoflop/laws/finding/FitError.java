package dev.isoflop.laws.finding;

import static dev.isoflop.laws.text.NumberFormat.count;
import static dev.isoflop.laws.text.NumberFormat.flops;
import static dev.isoflop.laws.text.NumberFormat.number;

import dev.isoflop.laws.data.BudgetRange;
import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.text.NumberFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Why a fit was not made. Each message names the place and what would make the fit possible. */
public sealed interface FitError extends Finding {

  /** A parabola needs three different sizes. */
  record TooFewSizes(double budget, List<Double> sizes) implements FitError {
    public static final int NEEDED = 3;

    public TooFewSizes {
      sizes = List.copyOf(sizes);
    }

    @Override
    public String message() {
      int missing = NEEDED - sizes.size();
      return "budget %s: %s (%s), a parabola needs %d; add %s at %s"
          .formatted(
              flops(budget),
              sizes.size() == 1 ? "1 size" : sizes.size() + " different sizes",
              sizes.stream().map(NumberFormat::count).collect(Collectors.joining(", ")),
              NEEDED,
              missing == 1 ? "at least 1 more size" : "at least " + missing + " more sizes",
              flops(budget));
    }
  }

  /** Loss against log N bends downwards or not at all, so it has no minimum. */
  record NotConvex(double budget, double smallest, double largest, double curvature)
      implements FitError {
    @Override
    public String message() {
      return ("budget %s: loss against log N has no minimum (curvature %s over sizes %s to %s);"
              + " add sizes below %s and above %s at %s, or repeat its trials if they are noisy")
          .formatted(
              flops(budget),
              number(curvature),
              count(smallest),
              count(largest),
              count(smallest),
              count(largest),
              flops(budget));
    }
  }

  /**
   * The parabola's minimum lies outside the sizes that were trained, where nothing supports it.
   *
   * @param edge the trained size nearest to the minimum
   * @param vertex where the parabola has its minimum; an extrapolation
   */
  record OptimumOutsideRange(double budget, Side side, double edge, double vertex)
      implements FitError {
    @Override
    public String message() {
      String direction = side == Side.BELOW ? "below" : "above";
      return "budget %s: the loss still falls at the %s size, %s (the parabola's minimum is near %s);"
              .formatted(
                  flops(budget),
                  side == Side.BELOW ? "smallest" : "largest",
                  count(edge),
                  count(vertex))
          + " add sizes %s %s at %s".formatted(direction, count(edge), flops(budget));
    }
  }

  /** A law through two budgets would pass through any two points and have no error. */
  record TooFewBudgets(String quantity, List<Double> budgets) implements FitError {
    public static final int NEEDED = 3;

    public TooFewBudgets {
      budgets = List.copyOf(budgets);
    }

    @Override
    public String message() {
      return "%s: %s with a usable value%s, a law needs %d; add budgets, or fix the refused ones"
          .formatted(
              quantity,
              budgets.size() == 1 ? "1 budget" : budgets.size() + " budgets",
              budgets.isEmpty()
                  ? ""
                  : budgets.stream()
                      .map(NumberFormat::flops)
                      .collect(Collectors.joining(", ", " (", ")")),
              NEEDED);
    }
  }

  /** A law needs its quantity at every optimum, and a curve tells it only if all its points do. */
  record QuantityUnknown(String quantity, List<Double> budgets) implements FitError {
    public QuantityUnknown {
      budgets = List.copyOf(budgets);
    }

    @Override
    public String message() {
      return "%s: some points at %s do not say theirs; give it for every point"
          .formatted(
              quantity,
              budgets.stream().map(NumberFormat::flops).collect(Collectors.joining(", ")));
    }
  }

  /** A power law is a line through logarithms, and the quantity has none. */
  record NotPositive(String quantity, double budget, double value) implements FitError {
    @Override
    public String message() {
      return ("%s: its value at budget %s is %s, and a power law needs positive values;"
              + " report the quantity in a unit that is positive (bits of pixels are; a density of"
              + " latents need not be)")
          .formatted(quantity, flops(budget), number(value));
    }
  }

  /** A law so steep that its coefficient, its value at one FLOP, overflows. */
  record TooSteep(String quantity, double exponent) implements FitError {
    @Override
    public String message() {
      return ("%s: goes as C^%s, so steeply that its coefficient is beyond what a number holds;"
              + " check the unit of the values, or whether they follow a power law at all")
          .formatted(quantity, number(exponent));
    }
  }

  /** Five coefficients need more points than there are. */
  record TooFewPoints(int points, int needed) implements FitError {
    @Override
    public String message() {
      return "surface: %s, its five coefficients need at least %d; train %d more"
          .formatted(points == 1 ? "1 point" : points + " points", needed, needed - points);
    }
  }

  /** The points do not tell the surface's coefficients apart. */
  record SurfaceUndetermined(String why) implements FitError {
    @Override
    public String message() {
      return "surface: " + why;
    }
  }

  /** A sweep without a law has none to compare. */
  record NoLaw(String sweep, String law) implements FitError {
    @Override
    public String message() {
      return "%s has no law of %s to compare; fit it alone to see why".formatted(sweep, law);
    }
  }

  /** A law whose budgets are not known has no range in common with another. */
  record BudgetsUnknown(String sweep) implements FitError {
    @Override
    public String message() {
      return ("%s: the budgets of its laws are not known, so laws and losses are not compared;"
              + " give the file with its optima, or its points")
          .formatted(sweep);
    }
  }

  /**
   * Trials of one sweep whose numbers do not mean the same: other data, extractor or settings.
   *
   * @param trials those left out
   * @param alike how many others were measured alike
   */
  record MeasuredOtherwise(MetricSeries series, List<String> trials, int alike)
      implements FitError {
    private static final int SHOWN = 5;

    public MeasuredOtherwise {
      trials = List.copyOf(trials);
    }

    @Override
    public String message() {
      return ("%s: %s measured otherwise than the other %d, on other data or with other settings,"
              + " and left out; train %s again, or all of them in a sweep of another name")
          .formatted(
              series,
              (trials.size() == 1 ? "trial " : "trials ")
                  + String.join(", ", trials.subList(0, Math.min(SHOWN, trials.size())))
                  + (trials.size() > SHOWN
                      ? " and %d more were".formatted(trials.size() - SHOWN)
                      : trials.size() == 1 ? " was" : " were"),
              alike,
              trials.size() == 1 ? "it" : "them");
    }
  }

  /** Two sweeps' values of a metric do not mean the same. */
  record RecordsDiffer(MetricSeries series, String first, String second) implements FitError {
    @Override
    public String message() {
      return ("%s: %s and %s measured it on different data or with different settings, such as"
              + " extractor or samples, so it is not compared; measure both alike")
          .formatted(series, first, second);
    }
  }

  /** Two sweeps cover different budgets, and whatever compares them would extrapolate. */
  record NoCommonBudgets(
      String first, List<Double> firstBudgets, String second, List<Double> secondBudgets)
      implements FitError {
    public NoCommonBudgets {
      firstBudgets = List.copyOf(firstBudgets);
      secondBudgets = List.copyOf(secondBudgets);
    }

    @Override
    public String message() {
      return ("%s covers budgets %s, %s covers %s: none are common, and both exponents and losses"
              + " depend on the budgets; train one of them at budgets of the other")
          .formatted(
              first, NumberFormat.range(firstBudgets), second, NumberFormat.range(secondBudgets));
    }
  }

  /** Two sweeps share budgets, but too few for a law of these alone. */
  record TooFewCommonBudgets(String sweep, BudgetRange common, List<Double> budgets)
      implements FitError {
    public TooFewCommonBudgets {
      budgets = List.copyOf(budgets);
    }

    @Override
    public String message() {
      return ("%s has %s between %s and %s, where both sweeps have some, and a law of the common"
              + " budgets needs %d; train further budgets there")
          .formatted(
              sweep,
              budgets.size() == 1 ? "1 budget" : budgets.size() + " budgets",
              flops(common.smallest()),
              flops(common.largest()),
              TooFewBudgets.NEEDED);
    }
  }

  /** A law of which only the numbers are known cannot be fitted to some of its budgets. */
  record OptimaUnknown(String sweep, BudgetRange common) implements FitError {
    @Override
    public String message() {
      return ("%s: its law reaches beyond the common budgets, %s to %s, and cannot be fitted to"
              + " these alone, as only its numbers are known; give its points")
          .formatted(sweep, flops(common.smallest()), flops(common.largest()));
    }
  }

  /** Snapshots of a run whose learning rate decays are no ends of shorter runs. */
  record ScheduleDecays(String trial) implements FitError {
    @Override
    public String message() {
      return ("envelope: trial '%s' was trained with a decaying learning rate, so its loss on the"
              + " way is above what a run that ended there would reach; train with a constant rate"
              + " after the warm-up, or use the isoFLOP curves")
          .formatted(trial);
    }
  }

  /** An envelope of few sizes, or of runs that end too early, has few crossings. */
  record TooFewCrossings(List<Double> budgets, int needed) implements FitError {
    public TooFewCrossings {
      budgets = List.copyOf(budgets);
    }

    @Override
    public String message() {
      return ("envelope: training curves of neighbouring sizes %s, and laws need %d crossings;"
              + " train more sizes, and the smaller ones until the next larger has a lower"
              + " loss")
          .formatted(
              budgets.isEmpty()
                  ? "never cross"
                  : "cross only at "
                      + budgets.stream().map(NumberFormat::flops).collect(Collectors.joining(", ")),
              needed);
    }
  }
}
