package dev.isoflop.operator.sweep.state;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.api.v1alpha1.sweep.FailureSpec;
import dev.isoflop.api.v1alpha1.sweep.OnFailuresExceeded;
import dev.isoflop.operator.sweep.FakeTrial;
import dev.isoflop.operator.sweep.FakeWorld;
import dev.isoflop.operator.sweep.LossSurface;
import dev.isoflop.operator.sweep.decide.SweepAction;
import dev.isoflop.operator.sweep.observe.AttemptEnd;
import dev.isoflop.operator.sweep.observe.AttemptObservation;
import dev.isoflop.operator.sweep.observe.LaunchWindowState;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.OutcomeType;
import dev.isoflop.trial.TrialOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What has ended runs again where someone asks for it, or mends what ended it. */
class RetriesTest {
  private static FakeWorld bearingNothing() {
    FakeWorld world = FakeWorld.small();
    world.specs.failures = new FailureSpec(0, 0, OnFailuresExceeded.Drain);
    return world;
  }

  private static FakeTrial failed(FakeWorld world) {
    world.turn();
    FakeTrial trial = world.trial(0);
    trial.save();
    trial.end(world.now, new AttemptEnd.Exited(1));
    world.turn();
    assertThat(outcome(trial).type()).isEqualTo(OutcomeType.Failed);
    return trial;
  }

  private static TrialStatus status(FakeTrial trial) {
    return trial.status.orElseThrow();
  }

  private static TrialOutcome outcome(FakeTrial trial) {
    return requireNonNull(status(trial).outcome());
  }

  private static void checkAllSucceed(FakeWorld world) {
    world.runToSettled();
    assertThat(world.ended(OutcomeType.Succeeded)).isEqualTo(world.trials.size());
    assertThat(world.isTrue(ConditionType.Succeeded)).isTrue();
  }

  @Nested
  class OnRequest {
    @Test
    void aFailedTrialRunsAgainOnceForEachRequest() {
      FakeWorld world = bearingNothing();
      FakeTrial trial = failed(world);
      String key = trial.planned.key();
      trial.retry = Optional.of("a");

      world.turn();
      assertThat(status(trial).outcome()).isNull();
      assertThat(status(trial).failures()).isZero();
      assertThat(status(trial).attempt()).isEqualTo(2);
      assertThat(requireNonNull(status(trial).retry()).trial()).isEqualTo("a");
      assertThat(trial.planned.key()).isEqualTo(key);

      trial.end(world.now, new AttemptEnd.Exited(1));
      world.turn();
      assertThat(outcome(trial).type()).as("asked for once").isEqualTo(OutcomeType.Failed);
      assertThat(world.turn().actions()).isEmpty();
      trial.retry = Optional.of("b");
      checkAllSucceed(world);
      assertThat(world.reopened).isEqualTo(2);
    }

    @Test
    void aSweepAsksForAllThatFailedAndNoLaterOne() {
      FakeWorld world = bearingNothing();
      FakeTrial first = failed(world);
      world.retry = Optional.of("now");
      world.turn();
      assertThat(status(first).outcome()).isNull();
      assertThat(requireNonNull(world.status.orElseThrow().retry())).isEqualTo("now");

      FakeTrial later = world.trial(1);
      later.end(world.now, new AttemptEnd.Exited(1));
      world.turn();
      assertThat(outcome(later).type()).isEqualTo(OutcomeType.Failed);
      world.turn();
      assertThat(outcome(later).type())
          .as("failed after the request")
          .isEqualTo(OutcomeType.Failed);
      assertThat(world.reopened).isEqualTo(1);
    }

    @Test
    void requestsForASweepAndATrialDoNotWakeEachOther() {
      FakeWorld world = bearingNothing();
      FakeTrial trial = failed(world);
      trial.retry = Optional.of("mine");
      world.turn();
      trial.end(world.now, new AttemptEnd.Exited(1));
      world.turn();
      world.retry = Optional.of("all");
      world.turn();
      trial.end(world.now, new AttemptEnd.Exited(1));
      world.turn();
      world.turn();

      assertThat(outcome(trial).type()).isEqualTo(OutcomeType.Failed);
      assertThat(world.reopened).isEqualTo(2);
    }

    @Test
    void aTrialThatDivergedRunsAgainOnlyIfItIsNamed() {
      FakeWorld world = bearingNothing();
      world.turn();
      FakeTrial trial = world.trial(0);
      trial.result =
          Optional.of(
              LossSurface.result(
                  trial.planned, TrialOutcome.excluded(OutcomeReason.Diverged, "no number")));
      trial.end(world.now, new AttemptEnd.Exited(42));
      world.turn();
      trial.result = Optional.empty();
      world.retry = Optional.of("all");
      world.turn();
      assertThat(outcome(trial).reason()).isEqualTo(OutcomeReason.Diverged);

      trial.retry = Optional.of("this");
      checkAllSucceed(world);
    }

    @Test
    void whatSucceededStaysAsItIs() {
      FakeWorld world = FakeWorld.small();
      world.runToSettled();
      FakeTrial trial = world.trial(0);
      TrialStatus before = status(trial);
      trial.retry = Optional.of("a");
      world.retry = Optional.of("b");

      world.runToSettled();

      assertThat(status(trial).result()).isEqualTo(before.result());
      assertThat(trial.starts).isEqualTo(1);
      assertThat(world.turn().actions()).isEmpty();
    }

    @Test
    void aTrialThatWaitsAfterAFailureStartsAtOnce() {
      FakeWorld world = FakeWorld.small();
      world.turn();
      FakeTrial trial = world.trial(0);
      trial.end(world.now, new AttemptEnd.Exited(1));
      world.slots = 20;
      world.specs.maxParallel = 20;
      world.turn();
      assertThat(status(trial).nextRetryTime()).isNotNull();
      trial.retry = Optional.of("now");
      world.turn();

      assertThat(status(trial).attempt()).isEqualTo(2);
      assertThat(status(trial).failures()).isZero();
    }

    @Test
    void theDeadlineCountsFromTheRequest() {
      FakeWorld world = bearingNothing();
      world.specs.trialDeadline = "PT1M";
      world.turn();
      FakeTrial trial = world.trial(0);
      trial.attempt =
          new AttemptObservation.Running(
              1, world.now.minus(Duration.ofMinutes(2)), false, Optional.empty());
      world.turn();
      trial.end(world.now, new AttemptEnd.Exited(143));
      world.turn();
      assertThat(outcome(trial).reason()).isEqualTo(OutcomeReason.DeadlineExceeded);
      trial.retry = Optional.of("a");
      world.turn();
      assertThat(world.turn().actions()).as("not stopped at once").isEmpty();
      assertThat(status(trial).outcome()).isNull();
      assertThat(status(trial).runningSeconds()).isGreaterThan(100);
    }

    @Property(tries = 20)
    void whereverTheRunnerIsKilledEachRequestIsMetOnce(
        @ForAll @IntRange(min = 0, max = 12) int carriedOut) {
      FakeWorld world = bearingNothing();
      world.slots = 20;
      world.specs.maxParallel = 20;
      world.specs.failures = new FailureSpec(0, 50, OnFailuresExceeded.Drain);
      world.turn();
      for (int i = 0; i < 5; i++) {
        world.trial(i).end(world.now, new AttemptEnd.Exited(1));
      }
      world.turn();
      assertThat(world.ended(OutcomeType.Failed)).isEqualTo(5);
      world.retry = Optional.of("once");

      world.brokenTurn(carriedOut);
      world.turn();

      assertThat(world.reopened).isEqualTo(5);
      assertThat(world.turn().actions()).isEmpty();
      for (int i = 0; i < 5; i++) {
        world.trial(i).end(world.now, new AttemptEnd.Exited(1));
      }
      world.turn();
      world.turn();
      assertThat(world.ended(OutcomeType.Failed)).isEqualTo(5);
      assertThat(world.reopened).isEqualTo(5);
    }
  }

  @Nested
  class WhatWaits {
    @Test
    void isMadeAnewAtOnceAndNothingIsCharged() {
      FakeWorld world = FakeWorld.small();
      world.turn();
      FakeTrial trial = world.trial(0);
      trial.outdate();

      assertThat(world.turn().actions())
          .contains(new SweepAction.StopAttempt(trial.planned.name(), 1, StopReason.Outdated))
          .doesNotHaveAnyElementsOfTypes(SweepAction.StartAttempt.class);
      trial.end(world.now, new AttemptEnd.Disrupted("its Job was deleted to stop it"));
      world.turn();

      assertThat(status(trial).attempt()).isEqualTo(2);
      assertThat(status(trial).failures()).isZero();
      assertThat(status(trial).disruptions()).isZero();
      assertThat(requireNonNull(status(trial).interruption()).reason()).isEqualTo("Replaced");
    }

    @Test
    void isLeftAloneWhereNothingMayStart() {
      FakeWorld world = FakeWorld.small();
      world.turn();
      world.trial(0).outdate();
      world.window = new LaunchWindowState(false, Optional.empty());

      assertThat(FakeWorld.of(world.turn(), SweepAction.StopAttempt.class)).isEmpty();
    }
  }

  @Nested
  class WhenMended {
    private FakeTrial outOfMemory(FakeWorld world) {
      world.specs.resources = Map.of("memory", "8Gi");
      world.turn();
      FakeTrial trial = world.trial(0);
      trial.end(world.now, new AttemptEnd.OutOfMemory("killed", "8Gi"));
      world.turn();
      assertThat(outcome(trial).reason()).isEqualTo(OutcomeReason.OutOfMemory);
      assertThat(status(trial).limit()).isEqualTo("8Gi");
      return trial;
    }

    @Test
    void moreMemoryLetsATrialRunAgainThatHadTooLittle() {
      FakeWorld world = bearingNothing();
      FakeTrial trial = outOfMemory(world);
      world.runToSettled();
      assertThat(outcome(trial).reason()).isEqualTo(OutcomeReason.OutOfMemory);
      assertThat(world.isTrue(ConditionType.Finished)).isTrue();

      world.specs.resources = Map.of("memory", "16Gi");
      world.turn();
      assertThat(world.isTrue(ConditionType.Finished)).isFalse();
      checkAllSucceed(world);
    }

    @Test
    void aLimitThatWasRaisedJustBeforeItEndedTheLastTrialFinishesNoSweep() {
      FakeWorld world = bearingNothing();
      world.specs.resources = Map.of("memory", "8Gi");
      world.turn();
      FakeTrial last = world.trial(0);
      for (int i = 0;
          i < 2000 && world.ended(OutcomeType.Succeeded) < world.trials.size() - 1;
          i++) {
        world.turn();
        world.now = world.now.plusSeconds(5);
        world.trials.values().stream()
            .filter(trial -> trial != last)
            .forEach(trial -> trial.work(Duration.ofSeconds(5), world.now));
      }
      assertThat(world.ended(OutcomeType.Succeeded)).isEqualTo(world.trials.size() - 1);
      world.specs.resources = Map.of("memory", "16Gi");
      last.end(world.now, new AttemptEnd.OutOfMemory("killed", "8Gi"));

      world.turn();

      assertThat(world.isTrue(ConditionType.Finished)).isFalse();
      assertThat(status(last).outcome()).isNull();
      assertThat(world.reopened).as("it never ended").isZero();
      checkAllSucceed(world);
    }

    @Test
    void lessMemoryOrTheSameDoesNot() {
      FakeWorld world = bearingNothing();
      FakeTrial trial = outOfMemory(world);
      for (String memory : new String[] {"8192Mi", "4Gi"}) {
        world.specs.resources = Map.of("memory", memory, "cpu", "2");
        world.turn();
        assertThat(outcome(trial).reason()).isEqualTo(OutcomeReason.OutOfMemory);
      }
      assertThat(world.reopened).isZero();
    }

    @Test
    void aLimitThatNoSpecRaisesEndsATrialOnceMoreAndNotForEver() {
      FakeWorld world = bearingNothing();
      world.specs.resources = null;
      world.turn();
      FakeTrial trial = world.trial(0);
      int ends = 0;
      for (int turn = 0; turn < 1000 && !world.turn().settled(); turn++) {
        if (trial.live().isPresent()) {
          trial.end(world.now, new AttemptEnd.OutOfMemory("killed", "512Mi"));
          ends++;
        }
        world.pass(Duration.ofSeconds(5));
      }

      assertThat(outcome(trial).reason()).isEqualTo(OutcomeReason.OutOfMemory);
      assertThat(ends).as("a LimitRange of the namespace says so").isEqualTo(2);
      assertThat(world.isTrue(ConditionType.Finished)).isTrue();
      trial.retry = Optional.of("the LimitRange is gone");
      checkAllSucceed(world);
    }

    @Test
    void theLimitMayStandInThePodTemplate() {
      FakeWorld world = bearingNothing();
      FakeTrial trial = outOfMemory(world);
      world.specs.resources = null;
      world.specs.podTemplate = template("8Gi");
      world.turn();
      assertThat(outcome(trial).reason()).isEqualTo(OutcomeReason.OutOfMemory);
      world.specs.podTemplate = template("12Gi");
      world.turn();
      assertThat(status(trial).outcome()).isNull();
    }

    private static Map<String, Object> template(String memory) {
      return Map.of(
          "spec",
          Map.of(
              "containers",
              List.of(
                  Map.of(
                      "name", "worker", "resources", Map.of("limits", Map.of("memory", memory))))));
    }

    @Test
    void aLongerDeadlineLetsATrialGoOnThatExceededIt() {
      FakeWorld world = bearingNothing();
      world.specs.trialDeadline = "PT1M";
      world.turn();
      FakeTrial trial = world.trial(0);
      trial.attempt =
          new AttemptObservation.Running(
              1, world.now.minus(Duration.ofMinutes(2)), false, Optional.empty());
      world.turn();
      trial.end(world.now, new AttemptEnd.Exited(143));
      world.turn();
      assertThat(outcome(trial).reason()).isEqualTo(OutcomeReason.DeadlineExceeded);
      assertThat(status(trial).limit()).isEqualTo("PT1M");

      world.specs.trialDeadline = "PT10H";
      checkAllSucceed(world);
    }
  }
}
