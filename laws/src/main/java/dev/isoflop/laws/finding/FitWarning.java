package dev.isoflop.laws.finding;

import static dev.isoflop.laws.text.NumberFormat.count;
import static dev.isoflop.laws.text.NumberFormat.flops;
import static dev.isoflop.laws.text.NumberFormat.number;

import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.stats.Interval;
import dev.isoflop.laws.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A finding about a fit that stands: what weakens it, and what would mend that. */
public sealed interface FitWarning extends Finding {

  /** Three coefficients through few sizes leave little to check them with. */
  record FewSizes(double budget, int sizes) implements FitWarning {
    /** Sizes from which on a curve's minimum is trustworthy. */
    public static final int COMFORTABLE = 6;

    @Override
    public String message() {
      return "budget %s: %d sizes; %d or more make the minimum trustworthy"
          .formatted(flops(budget), sizes, COMFORTABLE);
    }
  }

  /** The curvature cannot be told from zero, so the optimum has no bounded interval. */
  record CurvatureUncertain(double budget) implements FitWarning {
    @Override
    public String message() {
      return ("budget %s: the curve is too flat for its noise to bound the optimum;"
              + " add sizes further from the minimum, or repeat trials")
          .formatted(flops(budget));
    }
  }

  /**
   * Sizes that were trained more than once at one budget; all their trials enter the fit.
   *
   * @param parameters N of each such size
   */
  record RepeatedSizes(double budget, List<Double> parameters, int trials) implements FitWarning {
    public RepeatedSizes {
      parameters = List.copyOf(parameters);
    }

    @Override
    public String message() {
      String sizes = parameters.stream().map(NumberFormat::count).collect(Collectors.joining(", "));
      return "budget %s: %d trials of the %s %s; each trial counts as a point of its own"
          .formatted(flops(budget), trials, parameters.size() == 1 ? "size" : "sizes", sizes);
    }
  }

  /** Resamples that had no minimum to offer; many of them mean that the interval is optimistic. */
  record UnstableResamples(double budget, int rejected, int drawn) implements FitWarning {
    @Override
    public String message() {
      return ("budget %s: %d of %d resamples had no minimum and were drawn again;"
              + " the bootstrap interval understates the uncertainty here")
          .formatted(flops(budget), rejected, drawn);
    }
  }

  /** A row of the input that repeats another in every number; it was left out. */
  record CopiedTrial(String trial, String original, double budget, double parameters)
      implements FitWarning {
    @Override
    public String message() {
      return ("budget %s: trial '%s' (size %s) equals trial '%s' in every number and was left out;"
              + " remove the copy, or give the repeat its own loss")
          .formatted(flops(budget), trial, count(parameters), original);
    }
  }

  /** A trial too far from its curve to be noise. */
  record Outlier(
      String trial,
      double budget,
      double parameters,
      double loss,
      double expected,
      double deviations,
      boolean downweighted)
      implements FitWarning {
    @Override
    public String message() {
      return "budget %s: trial '%s' (size %s) has loss %s where the curve of the others has %s, %s"
              .formatted(
                  flops(budget),
                  trial,
                  count(parameters),
                  number(loss),
                  number(expected),
                  deviations > 1000
                      ? "far beyond their noise;"
                      : number(deviations) + " standard deviations off;")
          + (downweighted
              ? " it was weighted down"
              : " it counts in full: look at its training, or fit robustly");
    }
  }

  /** A metric that some budgets cannot contribute. */
  record MetricMissing(MetricSeries series, List<Double> budgets) implements FitWarning {
    public MetricMissing {
      budgets = List.copyOf(budgets);
    }

    @Override
    public String message() {
      return "%s: fewer than 3 sizes have it at budget %s, which its law therefore leaves out"
          .formatted(
              series, budgets.stream().map(NumberFormat::flops).collect(Collectors.joining(", ")));
    }
  }

  /** D* found by a parabola of its own does not follow from N*. */
  record TokensDisagree(double exponent, Interval interval, double alone) implements FitWarning {
    @Override
    public String message() {
      return ("D*(C): exponent %s %s as N* leaves it, but %s by a parabola in log D;"
              + " check that budget, parameters and tokens of the points belong together")
          .formatted(number(exponent), NumberFormat.interval(interval), number(alone));
    }
  }

  /** The surface's exponent lies outside the parabolas' interval. */
  record MethodsDisagree(
      double exponent, Interval interval, double surface, Optional<Interval> surfaceInterval)
      implements FitWarning {
    @Override
    public String message() {
      return ("N*(C): exponent %s %s by parabolas, but %s%s by the surface L(N, D);"
              + " trust neither beyond the trained budgets before it is known why")
          .formatted(
              number(exponent),
              NumberFormat.interval(interval),
              number(surface),
              surfaceInterval.map(found -> " " + NumberFormat.interval(found)).orElse(""));
    }
  }

  /** The parabolas' own bias is not small against their interval. */
  record ParabolaBiased(
      double exponentBias, double halfWidth, double budget, double parametersRatio)
      implements FitWarning {
    /** An exponent's bias below this is the arithmetic's. */
    public static final double NEGLIGIBLE = 1e-6;

    /**
     * Share of half the interval's width; a smaller bias does not change what the interval covers.
     */
    private static final double NEGLIGIBLE_SHARE = .1;

    @Override
    public String message() {
      return ("N*(C): if the fitted surface is the truth, parabolas on these grids miss %sN* at %s"
              + " by %s %%, so that the interval covers less than it says; narrower grids centred"
              + " on the optimum lessen this")
          .formatted(
              Math.abs(exponentBias) < Math.max(NEGLIGIBLE, NEGLIGIBLE_SHARE * halfWidth)
                  ? "not the exponent, but "
                  : "the exponent by %s (half their interval is %s) and "
                      .formatted(signed(exponentBias), NumberFormat.significant(halfWidth, 2)),
              flops(budget),
              signed(100 * (parametersRatio - 1)));
    }

    private static String signed(double value) {
      return (value < 0 ? "" : "+") + NumberFormat.significant(value, 2);
    }
  }

  /** The envelope of the training curves contradicts the parabolas. */
  record EnvelopeDisagrees(
      double exponent, Interval interval, double envelope, Interval envelopeInterval)
      implements FitWarning {
    @Override
    public String message() {
      return ("N*(C): exponent %s %s by parabolas, but %s %s by the envelope of the training"
              + " curves; look at the schedule, the warm-up and the smoothing of the losses")
          .formatted(
              number(exponent),
              NumberFormat.interval(interval),
              number(envelope),
              NumberFormat.interval(envelopeInterval));
    }
  }

  /** Optima lie further from their law than their trials' noise explains. */
  record OptimaScatter(String quantity, double seen, double explained) implements FitWarning {
    @Override
    public String message() {
      return ("%s: the optima scatter about the law by %s %%, of which their trials' noise explains"
              + " %s %%; the law may be bent over this range, the sizes placed unevenly about their"
              + " optima, or the budgets trained differently, and trials repeated within a budget"
              + " do not show that")
          .formatted(quantity, number(100 * seen), number(100 * explained));
    }
  }

  /** Curves whose rows do not all have the same budget. */
  record BudgetsMerged(List<Curve> curves) implements FitWarning {
    public BudgetsMerged {
      curves = List.copyOf(curves);
    }

    /** Budgets that became one curve, by the smallest and the largest of them. */
    public record Curve(int budgets, double smallest, double largest) {
      private String words() {
        double middle = StrictMath.sqrt(smallest * largest);
        return String.format(
            Locale.ROOT,
            "%d at %s, %.2g %% apart",
            budgets,
            flops(middle),
            100 * (largest / smallest - 1));
      }
    }

    @Override
    public String message() {
      return "unequal budgets form one curve: %s; a smaller budget tolerance keeps them apart"
          .formatted(curves.stream().map(Curve::words).collect(Collectors.joining("; ")));
    }
  }

  /** The points of a budget did not all cost the same, which their losses were corrected for. */
  record BudgetsAligned(int points, double largest) implements FitWarning {
    @Override
    public String message() {
      return ("%s more or less than the budget of their curve, by %s %% at most;"
              + " size, tokens and loss were moved to the budget along the fitted laws")
          .formatted(
              points == 1 ? "1 point costs" : points + " points cost", number(100 * largest));
    }
  }
}
