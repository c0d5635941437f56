package dev.isoflop.laws.isoflop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.finding.Finding;
import dev.isoflop.laws.finding.FitWarning;
import dev.isoflop.laws.fit.LawFitter;
import dev.isoflop.laws.options.LawOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class BudgetGroupsTest {

  private static final double TOLERANCE = .1;

  @Test
  void plannedBudgetsStayApartHoweverCloseTheyAre() {
    List<TrainedPoint> points = new ArrayList<>();
    for (double budget : new double[] {1e17, 1.05e17, 1.18e17}) {
      points.addAll(budget(budget, 1e6, 2e6, 4e6));
    }

    assertThat(BudgetGroups.of(points, TOLERANCE))
        .extracting(group -> group.get(0).budget())
        .containsExactly(1e17, 1.05e17, 1.18e17);
  }

  @Test
  void strayRowsJoinThePlannedBudgetNearby() {
    List<TrainedPoint> points = new ArrayList<>();
    points.addAll(budget(1e17, 1e6, 2e6, 4e6));
    points.addAll(budget(1.04e17, 8e6));
    points.addAll(budget(1.1e17, 1e6, 2e6, 4e6));

    assertThat(BudgetGroups.of(points, TOLERANCE)).extracting(List::size).containsExactly(4, 3);
  }

  @Test
  void budgetsOfFewSizesGatherWithinTheToleranceOfACentre() {
    // 1.1 / 0.9 is 1.222
    assertThat(grouped(1e17, 1.22e17)).hasSize(1);
    assertThat(grouped(1e17, 1.23e17)).hasSize(2);
    assertThat(grouped(1e17, 1.1e17, 1.21e17, 1.33e17)).hasSize(2);
  }

  @Test
  void budgetsThatDifferByRoundingAreOneEvenWithoutTolerance() {
    List<TrainedPoint> points = new ArrayList<>();
    points.addAll(budget(1e17, 1e6, 2e6, 4e6));
    points.addAll(budget(1e17 * (1 + 1e-12), 3e6, 5e6, 6e6));

    assertThat(BudgetGroups.of(points, 0)).hasSize(1);
    List<Finding> findings = new ArrayList<>();
    BudgetGroups.noteMerged(BudgetGroups.of(points, 0), findings);
    assertThat(findings).isEmpty();
  }

  @Test
  void everyMergeOfUnequalBudgetsIsAFindingAlsoWhereNoLawComesOfIt() {
    List<TrainedPoint> points = new ArrayList<>();
    points.addAll(budget(1e17, 1e6, 2e6));
    points.addAll(budget(1.13e17, 4e6));
    points.addAll(budget(3e17, 1e6));
    points.addAll(budget(3.0003e17, 2e6));

    assertThat(new LawFitter(1).fit(points, LawOptions.defaults().withBootstrap(0)).findings())
        .filteredOn(FitWarning.BudgetsMerged.class::isInstance)
        .singleElement()
        .extracting(Finding::message)
        .isEqualTo(
            "unequal budgets form one curve: 2 at 1.06e17, 13 % apart; 2 at 3e17, 0.010 % apart; a"
                + " smaller budget tolerance keeps them apart");
  }

  private static List<List<TrainedPoint>> grouped(double... budgets) {
    return BudgetGroups.of(
        DoubleStream.of(budgets).boxed().flatMap(it -> budget(it, 1e6).stream()).toList(),
        TOLERANCE);
  }

  private static List<TrainedPoint> budget(double budget, double... sizes) {
    return DoubleStream.of(sizes)
        .mapToObj(size -> TrainedPoint.of("t", budget, size, budget / (6 * size), 3 + size / 1e7))
        .toList();
  }
}
