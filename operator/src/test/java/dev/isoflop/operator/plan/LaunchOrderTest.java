package dev.isoflop.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

class LaunchOrderTest {

  @Test
  void trainsTheSmallestBudgetFirstAndThenTheMostWork() {
    List<PlannedTrial> trials = Specs.small().plan("dit").trials();

    assertThat(trials.subList(0, 3))
        .allSatisfy(trial -> assertThat(trial.budget()).isEqualTo(1e10));
    assertThat(trials.subList(3, trials.size()))
        .isSortedAccordingTo(Comparator.comparingDouble(PlannedTrial::work).reversed());
    assertThat(trials.get(trials.size() - 1).budget()).isEqualTo(3e10);
  }

  @Test
  void leavesSlotsIdleForLessThanATwentiethAtTheEnd() {
    Specs specs = Specs.small().withBudgets(1e10, 2.5e10, 6.3e10, 1.6e11, 3.2e11);
    for (int slots = 2; slots <= 4; slots++) {
      List<PlannedTrial> trials = specs.plan("dit").trials();

      double total = trials.stream().mapToDouble(PlannedTrial::work).sum();
      assertThat(makespan(trials, slots) * slots).isLessThan(1.05 * total);
    }
  }

  private static double makespan(List<PlannedTrial> trials, int slots) {
    PriorityQueue<Double> free = new PriorityQueue<>();
    for (int i = 0; i < slots; i++) {
      free.add(0.0);
    }
    double last = 0;
    for (PlannedTrial trial : trials) {
      double end = free.remove() + trial.work();
      last = Math.max(last, end);
      free.add(end);
    }
    return last;
  }
}
