package dev.isoflop.operator.sweep.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.api.v1alpha1.sweep.FailureSpec;
import dev.isoflop.api.v1alpha1.sweep.OnFailuresExceeded;
import dev.isoflop.laws.fit.LawFitter;
import dev.isoflop.operator.sweep.Chaos;
import dev.isoflop.operator.sweep.FakeWorld;
import dev.isoflop.operator.sweep.state.ConditionType;
import dev.isoflop.operator.sweep.state.TrialLedger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever happens; {@link FakeWorld} checks each action against what was promised. */
class SweepDeciderPropertiesTest {

  @Property(tries = 30)
  void everySequenceOfEventsEndsInAFinishedSweep(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 80) int steps,
      @ForAll @IntRange(min = 0, max = 3) int perTrial,
      @ForAll @IntRange(min = 0, max = 6) int perSweep,
      @ForAll OnFailuresExceeded onExceeded) {
    FakeWorld world = FakeWorld.small();
    world.specs.failures = new FailureSpec(perTrial, perSweep, onExceeded);
    Chaos chaos = new Chaos(seed, world, true);
    for (int i = 0; i < steps; i++) {
      chaos.step();
      checkTrials(world);
    }
    chaos.calm();

    SweepDecision last = world.runToSettled();

    assertThat(world.isTrue(ConditionType.Finished)).isTrue();
    assertThat(last.lookAgain()).isEmpty();
    assertThat(world.live()).isZero();
    checkTrials(world);
  }

  @Property(tries = 15)
  void decidingAgainAtTheSameTimeAsksForNothing(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int steps) {
    FakeWorld world = FakeWorld.small();
    Chaos chaos = new Chaos(seed, world, true);
    for (int i = 0; i < steps; i++) {
      chaos.step();
    }
    SweepDecision first = world.turn();

    SweepDecision second = world.turn();

    assertThat(second.actions()).isEmpty();
    assertThat(second.status()).isEqualTo(first.status());
    assertThat(second.settled()).isEqualTo(first.settled());
  }

  @Property(tries = 10)
  void aDecisionDependsOnTheObservationAlone(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int steps) {
    FakeWorld world = FakeWorld.small();
    Chaos chaos = new Chaos(seed, world, true);
    for (int i = 0; i < steps; i++) {
      chaos.step();
    }
    SweepDecider newborn = new SweepDecider(new LawFitter(1)::fit, "isoflop test");

    assertThat(newborn.decide(world.observe())).isEqualTo(world.decide());
  }

  private static void checkTrials(FakeWorld world) {
    FailureSpec failures = world.specs.failures;
    assertThat(world.trials.values())
        .allSatisfy(
            trial -> {
              TrialStatus status = trial.status.orElse(TrialLedger.BLANK);
              assertThat(trial.completions).as("trained to the end once").isLessThan(2);
              assertThat(status.failures()).isLessThanOrEqualTo(failures.perTrial() + 1);
              assertThat(status.runningSeconds()).isNotNegative();
            });
  }
}
