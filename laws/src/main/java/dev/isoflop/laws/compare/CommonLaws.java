package dev.isoflop.laws.compare;

import dev.isoflop.laws.data.BudgetRange;
import dev.isoflop.laws.data.LawSubject;
import dev.isoflop.laws.finding.Fit;
import dev.isoflop.laws.finding.FitError;
import dev.isoflop.laws.powerlaw.PowerLaw;
import java.util.List;
import java.util.Optional;

/** Brings the laws of two sweeps to the budgets that both cover, or says why that cannot be. */
final class CommonLaws {

  /** Budgets closer than this factor are one, as budgets that trainings met may scatter so far. */
  private static final double SAME_BUDGET = 1.1;

  private final ComparedSweep first;
  private final ComparedSweep second;

  CommonLaws(ComparedSweep first, ComparedSweep second) {
    this.first = first;
    this.second = second;
  }

  /** One law of both on their common budgets. */
  Fit<CommonLaw> of(LawSubject subject) {
    Optional<ComparedLaw> ours = first.law(subject);
    Optional<ComparedLaw> theirs = second.law(subject);
    if (ours.isEmpty() || theirs.isEmpty()) {
      return Fit.refused(
          new FitError.NoLaw(ours.isEmpty() ? first.name() : second.name(), subject.title()));
    }
    List<Double> near = ours.get().budgets();
    List<Double> far = theirs.get().budgets();
    if (near.isEmpty() || far.isEmpty()) {
      return Fit.refused(
          new FitError.BudgetsUnknown(near.isEmpty() ? first.name() : second.name()));
    }
    Optional<BudgetRange> range = range(near, far);
    if (range.isEmpty()) {
      return Fit.refused(new FitError.NoCommonBudgets(first.name(), near, second.name(), far));
    }
    BudgetRange common = range.get();
    if (inside(common, near).size() == near.size() && inside(common, far).size() == far.size()) {
      return Fit.of(new CommonLaw(ours.get(), theirs.get(), common, true));
    }
    Fit<ComparedLaw> cut = within(common, first.name(), ours.get());
    Fit<ComparedLaw> otherCut = within(common, second.name(), theirs.get());
    if (cut.value().isEmpty() || otherCut.value().isEmpty()) {
      return Fit.refused(cut.refusal().or(otherCut::refusal).orElseThrow());
    }
    return Fit.of(new CommonLaw(cut.value().get(), otherCut.value().get(), common, false));
  }

  /** The budgets that two ascending lists both span; empty when they do not meet. */
  static Optional<BudgetRange> range(List<Double> ours, List<Double> theirs) {
    double low = Math.max(ours.get(0), theirs.get(0));
    double high = Math.min(ours.get(ours.size() - 1), theirs.get(theirs.size() - 1));
    return low > high * SAME_BUDGET
        ? Optional.empty()
        : Optional.of(new BudgetRange(Math.min(low, high), Math.max(low, high)));
  }

  private static List<Double> inside(BudgetRange common, List<Double> budgets) {
    BudgetRange wide =
        new BudgetRange(common.smallest() / SAME_BUDGET, common.largest() * SAME_BUDGET);
    return budgets.stream().filter(wide::contains).toList();
  }

  /** A law through the optima of the common budgets alone. */
  private static Fit<ComparedLaw> within(BudgetRange common, String name, ComparedLaw law) {
    List<Double> kept = inside(common, law.budgets());
    if (kept.size() == law.budgets().size()) {
      return Fit.of(law);
    }
    if (kept.size() < FitError.TooFewBudgets.NEEDED) {
      return Fit.refused(new FitError.TooFewCommonBudgets(name, common, kept));
    }
    if (law instanceof ComparedLaw.Fitted fitted) {
      Fit<PowerLaw> cut =
          fitted.law().within(new BudgetRange(kept.get(0), kept.get(kept.size() - 1)));
      return cut.value().isPresent()
          ? Fit.of(new ComparedLaw.Fitted(cut.value().get()))
          : Fit.refused(cut.refusal().orElseThrow());
    }
    return Fit.refused(new FitError.OptimaUnknown(name, common));
  }
}
