package dev.isoflop.operator.laws;

import static dev.isoflop.operator.laws.Notation.count;
import static dev.isoflop.operator.laws.Notation.flops;

/** A finding about a fit that stands: what weakens it, and what would mend that. */
public sealed interface Reservation extends Finding {

  /** Three coefficients through few sizes leave little to check them with. */
  record FewSizes(double budget, int sizes) implements Reservation {
    static final int COMFORTABLE = 6;

    @Override
    public String message() {
      return "budget %s: %d sizes; %d or more make the minimum trustworthy"
          .formatted(flops(budget), sizes, COMFORTABLE);
    }
  }

  /** The curvature cannot be told from zero, so the optimum has no bounded interval. */
  record CurvatureUncertain(double budget) implements Reservation {
    @Override
    public String message() {
      return ("budget %s: the curve is too flat for its noise to bound the optimum;"
              + " add sizes further from the minimum, or repeat trials")
          .formatted(flops(budget));
    }
  }

  /** The same size was trained more than once at one budget; all its trials enter the fit. */
  record RepeatedSize(double budget, double parameters, int trials) implements Reservation {
    @Override
    public String message() {
      return "budget %s: size %s was trained %d times; each trial counts as a point of its own"
          .formatted(flops(budget), count(parameters), trials);
    }
  }

  /** Resamples that had no minimum to offer; many of them mean that the interval is optimistic. */
  record UnstableResamples(double budget, int rejected, int drawn) implements Reservation {
    @Override
    public String message() {
      return ("budget %s: %d of %d resamples had no minimum and were drawn again;"
              + " the bootstrap interval understates the uncertainty here")
          .formatted(flops(budget), rejected, drawn);
    }
  }
}
