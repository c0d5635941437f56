package dev.isoflop.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrialNamesTest {

  @Test
  void readsAsSweepBudgetShapeAndKey() {
    SweepPlan plan = Specs.paper().plan("dit");

    assertThat(plan.trials())
        .anySatisfy(
            trial ->
                assertThat(trial.name())
                    .isEqualTo("dit-1e17-l4w256-" + trial.key().substring(0, 6)));
  }

  @Test
  void writesBudgetsWithoutDotsAndRepeatsAfterTheFirst() {
    Specs specs = Specs.small().withBudgets(3.2e10);
    specs.repeats = 2;

    assertThat(specs.plan("dit").trials())
        .extracting(PlannedTrial::name)
        .anySatisfy(name -> assertThat(name).matches("dit-3-2e10-l3w48-[0-9a-f]{6}"))
        .anySatisfy(name -> assertThat(name).matches("dit-3-2e10-l3w48-r1-[0-9a-f]{6}"));
  }

  @Test
  void tellsBudgetsApartThatDifferInTheirLastDigit() {
    double next = Math.nextUp(1e11);

    assertThat(Specs.small().withBudgets(1e11, next).plan("dit").trials())
        .extracting(PlannedTrial::name)
        .doesNotHaveDuplicates()
        .allSatisfy(name -> assertThat(name.length()).isLessThanOrEqualTo(57));
  }

  @Test
  void shortensLongSweepNamesButKeepsThemApart() {
    String common = "an-extraordinarily-long-name-of-a-sweep-that-nobody-should-choose";
    List<String> first = names(common + "-1");
    List<String> second = names(common + "-2");

    assertThat(first).allSatisfy(name -> assertThat(name).hasSizeLessThanOrEqualTo(57));
    assertThat(first).allSatisfy(name -> assertThat(name).startsWith("an-extraordinarily-long"));
    assertThat(first).doesNotContainAnyElementsOf(second);
  }

  @Test
  void makesLabelsOfNamesThatAreNone() {
    assertThat(names("My.Sweep_2"))
        .allSatisfy(name -> assertThat(name).matches("my-sweep-2-[0-9a-f]{6}-.*"));
    assertThat(names("my.sweep")).doesNotContainAnyElementsOf(names("my-sweep"));
    assertThat(names("___")).allSatisfy(name -> assertThat(name).matches("[0-9a-f]{6}-.*"));
  }

  private static List<String> names(String sweep) {
    return Specs.small().plan(sweep).trials().stream().map(PlannedTrial::name).toList();
  }
}
