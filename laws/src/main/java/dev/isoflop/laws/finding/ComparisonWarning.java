package dev.isoflop.laws.finding;

import static dev.isoflop.laws.text.NumberFormat.flops;

import dev.isoflop.laws.data.BudgetRange;
import dev.isoflop.laws.text.NumberFormat;
import java.util.List;

/** A finding about two sweeps that are compared: what weakens the comparison. */
public sealed interface ComparisonWarning extends Finding {

  /** Two sweeps that are compared counted their FLOPs differently. */
  record ConventionsDiffer(
      String first, String firstConvention, String second, String secondConvention)
      implements ComparisonWarning {
    @Override
    public String message() {
      return ("%s counts FLOPs as %s, %s as %s; equal budgets are not equal compute, and exponents"
              + " differ by the convention alone: fit both under one")
          .formatted(first, firstConvention, second, secondConvention);
    }
  }

  /** Two sweeps that are compared cover different budgets, of which some are common. */
  record CommonBudgetsOnly(
      String first,
      List<Double> firstBudgets,
      String second,
      List<Double> secondBudgets,
      BudgetRange common)
      implements ComparisonWarning {
    public CommonBudgetsOnly {
      firstBudgets = List.copyOf(firstBudgets);
      secondBudgets = List.copyOf(secondBudgets);
    }

    @Override
    public String message() {
      return ("%s covers budgets %s, %s covers %s; what is compared are laws fitted to the budgets"
              + " from %s to %s alone")
          .formatted(
              first,
              NumberFormat.range(firstBudgets),
              second,
              NumberFormat.range(secondBudgets),
              flops(common.smallest()),
              flops(common.largest()));
    }
  }

  /** A finding about some laws of a comparison and not about the others. */
  record OfLaws(List<String> laws, Finding finding) implements ComparisonWarning {
    public OfLaws {
      laws = List.copyOf(laws);
    }

    @Override
    public String reason() {
      return finding.reason();
    }

    @Override
    public String message() {
      return String.join(", ", laws) + ": " + finding.message();
    }
  }

  /** Two sweeps that are compared have the very same optima. */
  record SamePoints(String first, String second) implements ComparisonWarning {
    @Override
    public String message() {
      return ("%s and %s have the same optima to the last digit, so they are one sweep and not two;"
              + " check the sources")
          .formatted(first, second);
    }
  }

  /** Laws that are compared have different forms in the two sweeps. */
  record FormsDiffer(List<String> laws) implements ComparisonWarning {
    public FormsDiffer {
      laws = List.copyOf(laws);
    }

    @Override
    public String message() {
      return ("%s: one sweep's law levels off and the other's does not, so their exponents mean"
              + " different things; compare values at equal compute, or fit both without offsets")
          .formatted(String.join(", ", laws));
    }
  }
}
