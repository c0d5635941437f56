package dev.isoflop.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.status.LawsStatus;
import dev.isoflop.operator.sweep.state.ConditionType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Where a sweep must have come to, whatever happened on its way. */
public final class Ends {
  private Ends() {}

  /** Every trial trained once, by its first attempt, within the limit, to these laws. */
  public static void check(
      RunningCluster cluster, String sweep, Optional<ScalingSweepStatus> undisturbed) {
    ScalingSweepStatus status = status(cluster, sweep);
    assertThat(ConditionType.Finished.isTrue(status.conditions())).isTrue();
    List<Trial> trials =
        cluster.store.trials().stream()
            .filter(trial -> trial.getSpec().sweep().equals(sweep))
            .toList();
    assertThat(trials)
        .isNotEmpty()
        .allSatisfy(
            trial -> {
              assertThat(Objects.requireNonNull(trial.getStatus()).result()).isNotNull();
              assertThat(trial.getStatus().failures()).isZero();
              assertThat(trial.getStatus().attempt()).isEqualTo(1);
              assertThat(cluster.kubelet.completions)
                  .as("trained to the end")
                  .containsEntry(trial.getMetadata().getName(), 1);
            });
    assertThat(cluster.kubelet.mostAtOnce)
        .isLessThanOrEqualTo(cluster.sweep(sweep).getSpec().scheduling().maxParallel());
    undisturbed.ifPresent(
        expected -> {
          assertThat(status.trials()).isEqualTo(expected.trials());
          assertThat(status.budgets()).isEqualTo(expected.budgets());
          LawsStatus laws = status.laws();
          LawsStatus expectedLaws = expected.laws();
          assertThat(laws == null ? null : laws.parameters())
              .isEqualTo(expectedLaws == null ? null : expectedLaws.parameters());
        });
  }

  public static ScalingSweepStatus status(RunningCluster cluster, String sweep) {
    return Objects.requireNonNull(cluster.sweep(sweep).getStatus());
  }
}
