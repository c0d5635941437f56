package dev.isoflop.operator.sweep.decide;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.api.v1alpha1.status.TrialProgress;
import dev.isoflop.api.v1alpha1.sweep.FailureSpec;
import dev.isoflop.api.v1alpha1.sweep.OnFailuresExceeded;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.plan.Specs;
import dev.isoflop.operator.sweep.FakeTrial;
import dev.isoflop.operator.sweep.FakeWorld;
import dev.isoflop.operator.sweep.LossSurface;
import dev.isoflop.operator.sweep.observe.AttemptEnd;
import dev.isoflop.operator.sweep.observe.AttemptObservation;
import dev.isoflop.operator.sweep.observe.LaunchWindowState;
import dev.isoflop.operator.sweep.state.ConditionType;
import dev.isoflop.operator.sweep.state.StopReason;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.OutcomeType;
import dev.isoflop.trial.TrialOutcome;
import dev.isoflop.trial.TrialResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SweepDeciderTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Nested
  class Starting {

    @Test
    void createsAllTrialsAndStartsTheFirstThatFit() {
      FakeWorld world = FakeWorld.small();

      SweepDecision decision = world.decide();

      List<String> planned = world.plan().trials().stream().map(PlannedTrial::name).toList();
      assertThat(FakeWorld.of(decision, SweepAction.CreateTrial.class))
          .extracting(SweepAction::trial)
          .containsExactlyElementsOf(planned);
      assertThat(FakeWorld.of(decision, SweepAction.StartAttempt.class))
          .containsExactly(
              new SweepAction.StartAttempt(planned.get(0), 1),
              new SweepAction.StartAttempt(planned.get(1), 1),
              new SweepAction.StartAttempt(planned.get(2), 1));
      assertThat(decision.settled()).isFalse();
    }

    @Test
    void recordsEachAttemptBeforeItStarts() {
      List<SweepAction> actions = FakeWorld.small().decide().actions();

      assertThat(actions).hasAtLeastOneElementOfType(SweepAction.StartAttempt.class);
      for (int i = 0; i < actions.size(); i++) {
        if (actions.get(i) instanceof SweepAction.StartAttempt start) {
          assertThat(actions.get(i - 1))
              .isInstanceOfSatisfying(
                  SweepAction.RecordTrial.class,
                  record -> {
                    assertThat(record.trial()).isEqualTo(start.trial());
                    assertThat(record.status().attempt()).isEqualTo(start.number());
                    assertThat(record.status().startTime()).isEqualTo("2026-01-01T00:00:00Z");
                  });
        }
      }
    }

    @Test
    void keepsToTheLowerOfSlotsAndMaxParallel() {
      FakeWorld world = FakeWorld.small();
      world.specs.maxParallel = 2;
      assertThat(starts(world.decide())).hasSize(2);
      world.slots = 1;
      assertThat(starts(world.decide())).hasSize(1);
      world.slots = 0;
      assertThat(starts(world.decide())).isEmpty();
    }

    @Test
    void stopsNothingWhenMaxParallelIsLowered() {
      FakeWorld world = FakeWorld.small();
      world.turn();
      world.specs.maxParallel = 1;

      assertThat(world.decide().actions()).isEmpty();
      world.trial(0).end(world.now, new AttemptEnd.Exited(1));
      assertThat(starts(world.turn())).isEmpty();
    }

    @Test
    void theProgressOfATrialThatEndedIsItsLast() {
      FakeWorld world = FakeWorld.small();
      world.turn();
      FakeTrial trial = world.trial(0);
      world.pass(SECOND);
      world.turn();
      assertThat(requireNonNull(trial.status.orElseThrow().progress()).ratio()).isLessThan(1);
      trial.end(world.now, new AttemptEnd.Disrupted("evicted"));
      world.turn();
      assertThat(requireNonNull(trial.status.orElseThrow().progress()).checkpointAgeSeconds())
          .isNull();

      world.runToSettled();

      assertThat(trial.status.orElseThrow().progress())
          .isEqualTo(
              new TrialProgress(
                  trial.planned.experiment().steps(),
                  1,
                  requireNonNull(trial.status.orElseThrow().result()).trainLoss(),
                  null));
    }

    @Test
    void startsTheSameAttemptAgainWhenItWasRecordedButNeverStarted() {
      FakeWorld world = FakeWorld.small();
      int untilFirstStart = world.plan().trials().size() + 1;
      world.brokenTurn(untilFirstStart);
      assertThat(world.trial(0).starts).isZero();
      assertThat(world.trial(0).status.orElseThrow().attempt()).isEqualTo(1);

      SweepDecision decision = world.turn();

      assertThat(starts(decision))
          .contains(new SweepAction.StartAttempt(world.trial(0).planned.name(), 1));
      assertThat(world.live()).isEqualTo(3);
    }

    @Test
    void takesBackARecordedAttemptThatMayNoLongerStart() {
      FakeWorld world = FakeWorld.small();
      world.brokenTurn(world.plan().trials().size() + 1);
      world.specs.suspend = true;

      SweepDecision decision = world.turn();

      assertThat(starts(decision)).isEmpty();
      assertThat(world.trial(0).status.orElseThrow().attempt()).isZero();
      assertThat(decision.settled()).isTrue();
      world.specs.suspend = false;
      world.turn();
      assertThat(world.trial(0).status.orElseThrow().attempt()).isEqualTo(1);
    }

    @Test
    void adoptsAnAttemptThatNoStatusKnows() {
      FakeWorld world = FakeWorld.small();
      world.slots = 0;
      world.turn();
      world.trial(0).start(4, world.now);

      world.turn();

      assertThat(world.trial(0).status.orElseThrow().attempt()).isEqualTo(4);
      assertThat(world.counts().running()).isEqualTo(1);
    }

    @Test
    void leavesAloneAnAttemptOlderThanTheStatus() {
      FakeWorld world = FakeWorld.small();
      world.slots = 20;
      world.specs.maxParallel = 20;
      world.turn();
      FakeTrial trial = world.trial(0);
      TrialStatus newer = trial.status.orElseThrow();
      trial.end(world.now, new AttemptEnd.Disrupted("node lost"));
      world.turn();
      world.pass(SECOND);
      world.turn();
      trial.attempt = new AttemptObservation.Running(1, world.now, false, Optional.empty());

      SweepDecision decision = world.decide();

      assertThat(newer.attempt()).isEqualTo(1);
      assertThat(trial.status.orElseThrow().attempt()).isEqualTo(2);
      assertThat(decision.actions()).isEmpty();
      assertThat(decision.lookAgain()).hasValue(world.now.plusSeconds(5));
    }
  }

  @Nested
  class Ending {

    @Test
    void takesTheResultOfAFinishedWorkerAndGivesItsSlotAway() {
      FakeWorld world = FakeWorld.small();
      world.turn();
      FakeTrial trial = world.trial(0);
      world.now = world.now.plusSeconds(90);
      trial.result = Optional.of(LossSurface.result(trial.planned));
      trial.end(world.now, new AttemptEnd.Exited(0));

      SweepDecision decision = world.turn();

      TrialStatus status = trial.status.orElseThrow();
      assertThat(status.outcome()).isEqualTo(TrialOutcome.succeeded());
      assertThat(status.result()).isEqualTo(trial.result.get());
      assertThat(status.completionTime()).isEqualTo("2026-01-01T00:01:30Z");
      assertThat(status.runningSeconds()).isEqualTo(90);
      assertThat(ConditionType.Finished.isTrue(status.conditions())).isTrue();
      assertThat(ConditionType.Succeeded.isTrue(status.conditions())).isTrue();
      assertThat(starts(decision)).hasSize(1);
    }

    @Test
    void countsACrashAndTriesAgainAfterAWait() {
      FakeWorld world = FakeWorld.small();
      world.turn();
      FakeTrial trial = world.trial(0);
      world.now = world.now.plusSeconds(7);
      trial.end(world.now, new AttemptEnd.Exited(1));

      SweepDecision decision = world.turn();

      TrialStatus status = trial.status.orElseThrow();
      assertThat(status.failures()).isEqualTo(1);
      assertThat(status.disruptions()).isZero();
      assertThat(status.outcome()).isNull();
      assertThat(status.message()).isEqualTo("exit 1: no result; see the worker's log");
      assertThat(status.nextRetryTime()).isEqualTo("2026-01-01T00:00:17Z");
      assertThat(decision.lookAgain()).hasValue(Instant.parse("2026-01-01T00:00:17Z"));
      freeASlot(world);
      world.now = Instant.parse("2026-01-01T00:00:16Z");
      assertThat(starts(world.decide())).doesNotContain(start(trial, 2));
      world.now = Instant.parse("2026-01-01T00:00:17Z");
      assertThat(starts(world.turn())).contains(start(trial, 2));
    }

    @Test
    void entersAnEndOnlyOnceHoweverOftenItIsSeen() {
      FakeWorld world = FakeWorld.small();
      world.turn();
      world.trial(0).end(world.now.plusSeconds(3), new AttemptEnd.Exited(1));
      world.turn();
      TrialStatus entered = world.trial(0).status.orElseThrow();

      world.turn();
      world.turn();

      assertThat(world.trial(0).status.orElseThrow()).isEqualTo(entered);
    }

    @Test
    void entersAnEndAgainWhenItsRecordWasLost() {
      FakeWorld world = FakeWorld.small();
      world.turn();
      world.trial(0).end(world.now.plusSeconds(3), new AttemptEnd.Exited(1));
      world.brokenTurn(0);

      world.turn();

      assertThat(world.trial(0).status.orElseThrow().failures()).isEqualTo(1);
    }

    @Test
    void failsATrialWhoseAttemptsAreSpent() {
      FakeWorld world = FakeWorld.small();
      FakeTrial trial = failRepeatedly(world, 3);

      TrialStatus status = trial.status.orElseThrow();
      assertThat(status.failures()).isEqualTo(3);
      assertThat(status.outcome())
          .isEqualTo(
              TrialOutcome.failed(
                  OutcomeReason.Crashed,
                  "3 failed attempts, the last: exit 134: no result; see the worker's log"));
      assertThat(world.reason(ConditionType.Degraded)).isEqualTo("TrialsFailed");
      assertThat(world.message(ConditionType.Degraded))
          .isEqualTo(trial.planned.name() + " (Crashed) failed");
    }

    @Test
    void neverCountsDisruptions() {
      FakeWorld world = FakeWorld.small();
      world.slots = 1;
      world.turn();
      FakeTrial trial = world.trial(0);
      for (int i = 0; i < 40; i++) {
        world.now = world.now.plusSeconds(1);
        trial.end(
            world.now,
            i % 2 == 0 ? new AttemptEnd.Exited(137) : new AttemptEnd.Disrupted("evicted"));
        world.turn();
        world.now = world.now.plusSeconds(300);
        world.trials.values().stream()
            .filter(other -> other != trial && other.live().isPresent())
            .forEach(other -> other.end(world.now, new AttemptEnd.Disrupted("evicted")));
        world.turn();
      }

      TrialStatus status = trial.status.orElseThrow();
      assertThat(status.disruptions()).isGreaterThanOrEqualTo(20);
      assertThat(status.failures()).isZero();
      assertThat(status.outcome()).isNull();
    }

    @Test
    void waitsLongerAfterEachDisruptionButNotAfterARunOfSomeLength() {
      FakeWorld world = FakeWorld.small();
      world.turn();
      FakeTrial trial = world.trial(0);
      trial.status = Optional.of(withDisruptions(trial.status.orElseThrow(), 5));
      trial.end(world.now.plusSeconds(2), new AttemptEnd.Disrupted("preempted"));
      TrialStatus quick =
          world.decide().actions().stream()
              .filter(SweepAction.RecordTrial.class::isInstance)
              .map(action -> ((SweepAction.RecordTrial) action).status())
              .findFirst()
              .orElseThrow();
      assertThat(quick.disruptions()).isEqualTo(6);
      assertThat(quick.nextRetryTime()).isEqualTo("2026-01-01T00:00:34Z");

      trial.attempt =
          new AttemptObservation.Ended(
              1,
              FakeWorld.START,
              world.now.plusSeconds(600),
              new AttemptEnd.Disrupted("preempted"));
      world.turn();
      assertThat(trial.status.orElseThrow().nextRetryTime()).isEqualTo("2026-01-01T00:10:01Z");
    }

    @Test
    void endsATrialAtOnceWithTheOutcomeOfAWorkerThatGaveUp() {
      FakeWorld world = FakeWorld.small();
      world.turn();
      FakeTrial trial = world.trial(0);
      TrialOutcome outcome = TrialOutcome.excluded(OutcomeReason.Diverged, "loss is NaN at step 9");
      trial.result = Optional.of(LossSurface.result(trial.planned, outcome));
      trial.end(world.now, new AttemptEnd.Exited(42));

      world.turn();

      assertThat(trial.status.orElseThrow().outcome()).isEqualTo(outcome);
      assertThat(trial.status.orElseThrow().failures()).isZero();
      assertThat(world.reason(ConditionType.Degraded)).isEqualTo("TrialsExcluded");
    }

    @Test
    void failsATrialWhoseWorkerGaveUpWithoutAWord() {
      FakeWorld world = FakeWorld.small();
      world.turn();
      world.trial(0).end(world.now, new AttemptEnd.Exited(42));

      world.turn();

      assertThat(world.trial(0).status.orElseThrow().outcome())
          .extracting(TrialOutcome::type, TrialOutcome::reason)
          .containsExactly(OutcomeType.Failed, OutcomeReason.Crashed);
    }

    @Test
    void excludesATrialThatItsMemoryLimitEnded() {
      FakeWorld world = FakeWorld.small();
      world.turn();
      world.trial(0).end(world.now, new AttemptEnd.OutOfMemory("OOMKilled at 32Gi"));

      world.turn();

      assertThat(world.trial(0).status.orElseThrow().outcome())
          .isEqualTo(TrialOutcome.excluded(OutcomeReason.OutOfMemory, "OOMKilled at 32Gi"));
    }

    @Test
    void takesAResultWhoseWorkerWasKilledAfterwards() {
      FakeWorld world = FakeWorld.small();
      world.turn();
      FakeTrial trial = world.trial(0);
      trial.result = Optional.of(LossSurface.result(trial.planned));
      trial.end(world.now, new AttemptEnd.Exited(137));

      world.turn();

      assertThat(trial.status.orElseThrow().outcome()).isEqualTo(TrialOutcome.succeeded());
      assertThat(trial.status.orElseThrow().disruptions()).isZero();
    }

    @Test
    void findsTheResultOfATrialThatWasDeletedByHand() {
      FakeWorld world = FakeWorld.small();
      world.slots = 0;
      world.turn();
      FakeTrial trial = world.trial(0);
      trial.result = Optional.of(LossSurface.result(trial.planned));

      world.turn();

      assertThat(trial.starts).isZero();
      assertThat(trial.status.orElseThrow().outcome()).isEqualTo(TrialOutcome.succeeded());
    }

    @Test
    void createsATrialAgainThatWasDeletedByHand() {
      FakeWorld world = FakeWorld.small();
      world.turn();
      String name = world.trial(3).planned.name();
      world.trials.remove(name);

      assertThat(world.turn().actions()).extracting(SweepAction::trial).containsExactly(name);
    }

    @Test
    void refusesAResultThatIsNotTheTrials() {
      FakeWorld world = FakeWorld.small();
      world.turn();
      FakeTrial trial = world.trial(0);
      trial.result = Optional.of(LossSurface.result(world.trial(1).planned));
      trial.end(world.now, new AttemptEnd.Exited(0));

      world.turn();

      assertThat(trial.status.orElseThrow().outcome()).isNull();
      assertThat(trial.status.orElseThrow().failures()).isEqualTo(1);
      assertThat(trial.status.orElseThrow().message())
          .startsWith("exit 0: its result is that of another experiment (key ");
    }

    @Test
    void refusesAResultOfFewerSteps() {
      FakeWorld world = FakeWorld.small();
      world.turn();
      FakeTrial trial = world.trial(0);
      TrialResult sound = LossSurface.result(trial.planned);
      trial.result =
          Optional.of(
              new TrialResult(
                  sound.trial(),
                  sound.key(),
                  sound.outcome(),
                  sound.parameters(),
                  sound.totalParameters(),
                  sound.steps() - 1,
                  sound.samples(),
                  sound.tokens(),
                  sound.flops(),
                  sound.trainLoss(),
                  sound.metrics(),
                  1,
                  1,
                  sound.modelFlopsUtilization(),
                  sound.software()));
      trial.end(world.now, new AttemptEnd.Exited(0));

      world.turn();

      assertThat(trial.status.orElseThrow().outcome()).isNull();
      assertThat(trial.status.orElseThrow().message()).contains("steps");
    }

    @Test
    void stopsAnAttemptOfATrialThatHasEnded() {
      FakeWorld world = FakeWorld.small();
      FakeTrial trial = failRepeatedly(world, 3);
      trial.attempt = new AttemptObservation.Running(9, world.now, false, Optional.empty());

      SweepDecision decision = world.turn();

      assertThat(decision.actions())
          .contains(
              new SweepAction.StopAttempt(trial.planned.name(), 9, StopReason.AlreadyFinished));
      assertThat(world.turn().actions()).isEmpty();
    }
  }

  @Nested
  class Limits {

    @Test
    void stopsATrialAtItsDeadlineAndFailsItOnceItHasEnded() {
      FakeWorld world = FakeWorld.small();
      world.specs.trialDeadline = "PT10M";
      SweepDecision first = world.turn();
      assertThat(first.actions()).isNotEmpty();
      assertThat(world.decide().lookAgain()).hasValue(FakeWorld.START.plusSeconds(600));
      FakeTrial trial = world.trial(0);
      world.now = FakeWorld.START.plusSeconds(600);

      assertThat(world.turn().actions())
          .contains(
              new SweepAction.StopAttempt(trial.planned.name(), 1, StopReason.DeadlineExceeded));
      assertThat(world.turn().actions()).isEmpty();
      // The node's clock is a little behind; the trial was stopped for its deadline all the same.
      trial.end(FakeWorld.START.plusSeconds(599), new AttemptEnd.Exited(143));
      world.turn();

      assertThat(trial.status.orElseThrow().outcome())
          .extracting(TrialOutcome::type, TrialOutcome::reason)
          .containsExactly(OutcomeType.Failed, OutcomeReason.DeadlineExceeded);
      assertThat(trial.status.orElseThrow().failures()).isZero();
    }

    @Test
    void countsAllAttemptsTowardsTheDeadline() {
      FakeWorld world = FakeWorld.small();
      world.specs.trialDeadline = "PT10M";
      world.turn();
      FakeTrial trial = world.trial(0);
      world.now = world.now.plusSeconds(400);
      trial.end(world.now, new AttemptEnd.Disrupted("evicted"));
      world.turn();
      world.now = world.now.plusSeconds(1);
      world.trial(1).end(world.now, new AttemptEnd.Disrupted("evicted"));
      world.turn();

      Instant since = trial.live().orElseThrow().since();
      world.now = since.plusSeconds(199);
      assertThat(stops(world.decide())).doesNotContain(trial.planned.name());
      world.now = since.plusSeconds(200);
      assertThat(stops(world.decide())).contains(trial.planned.name());
    }

    @Test
    void drainsWhenTheFailureBudgetIsSpent() {
      FakeWorld world = failingWorld(OnFailuresExceeded.Drain);
      failEach(world, 2);

      SweepDecision decision = world.turn();

      assertThat(starts(decision)).isEmpty();
      assertThat(stops(decision)).isEmpty();
      assertThat(world.reason(ConditionType.Progressing)).isEqualTo("Draining");
      assertThat(world.isTrue(ConditionType.Finished)).isFalse();
      assertThat(decision.settled()).isFalse();

      SweepDecision last = world.runToSettled();
      assertThat(last.settled()).isTrue();
      assertThat(world.isTrue(ConditionType.Finished)).isTrue();
      assertThat(world.isTrue(ConditionType.Succeeded)).isFalse();
      assertThat(world.reason(ConditionType.Succeeded)).isEqualTo("FailuresExceeded");
      assertThat(world.ended(OutcomeType.Succeeded)).isEqualTo(1);
      assertThat(world.message(ConditionType.Degraded))
          .startsWith("2 failed trials, and spec.scheduling.failures.perSweep allows 1");
    }

    @Test
    void stopsWhatRunsWhenTheFailureBudgetIsSpentAndSaysCancel() {
      FakeWorld world = failingWorld(OnFailuresExceeded.Cancel);
      failEach(world, 2);

      SweepDecision decision = world.turn();

      assertThat(stops(decision)).hasSize(1);
      assertThat(world.reason(ConditionType.Progressing)).isEqualTo("Cancelling");
      world.runToSettled();
      assertThat(world.isTrue(ConditionType.Finished)).isTrue();
      assertThat(world.ended(OutcomeType.Succeeded)).isZero();
    }

    @Test
    void goesOnWhenTheFailureBudgetIsRaised() {
      FakeWorld world = failingWorld(OnFailuresExceeded.Cancel);
      failEach(world, 2);
      world.runToSettled();

      world.specs.failures = new FailureSpec(0, 2, OnFailuresExceeded.Cancel);
      world.runToSettled();

      assertThat(world.isTrue(ConditionType.Succeeded)).isTrue();
      assertThat(world.ended(OutcomeType.Failed)).isEqualTo(2);
    }

    @Test
    void bearsExcludedTrialsWithoutLimit() {
      FakeWorld world = failingWorld(OnFailuresExceeded.Cancel);
      world.turn();
      for (int i = 0; i < 3; i++) {
        FakeTrial trial = world.trial(i);
        trial.end(world.now, new AttemptEnd.OutOfMemory("OOMKilled"));
      }

      world.runToSettled();

      assertThat(world.ended(OutcomeType.Excluded)).isEqualTo(3);
      assertThat(world.isTrue(ConditionType.Succeeded)).isTrue();
    }
  }

  @Nested
  class Pausing {

    @Test
    void suspendsByStoppingWhatRunsAndResumesWithoutCountingOrWaiting() {
      FakeWorld world = FakeWorld.small();
      world.turn();
      world.pass(Duration.ofSeconds(5));
      world.specs.suspend = true;

      assertThat(stops(world.turn())).hasSize(3);
      assertThat(world.reason(ConditionType.Progressing)).isEqualTo("Suspending");
      world.pass(SECOND);
      SweepDecision suspended = world.turn();
      assertThat(suspended.settled()).isTrue();
      assertThat(world.reason(ConditionType.Progressing)).isEqualTo("Suspended");
      assertThat(world.isTrue(ConditionType.Finished)).isFalse();
      TrialStatus status = world.trial(0).status.orElseThrow();
      assertThat(status.failures() + status.disruptions()).isZero();
      assertThat(status.nextRetryTime()).isNull();

      world.specs.suspend = false;
      assertThat(starts(world.turn())).contains(start(world.trial(0), 2)).hasSize(3);
    }

    @Test
    void tellsAWorkerToStopAgainWhenTheFirstTimeWasLost() {
      FakeWorld world = FakeWorld.small();
      world.turn();
      world.specs.suspend = true;
      world.brokenTurn(1);
      assertThat(world.trial(0).live().orElseThrow().stopping()).isFalse();

      assertThat(stops(world.turn())).hasSize(3);
      assertThat(world.turn().actions()).isEmpty();
    }

    @Test
    void endsARunOnRequestAndContinuesItInTheNext() {
      FakeWorld world = FakeWorld.small();
      world.turn();
      world.pass(Duration.ofSeconds(5));
      world.stopRequested = true;

      SweepDecision decision = world.turn();
      assertThat(stops(decision)).hasSize(3);
      assertThat(decision.settled()).isFalse();
      world.pass(SECOND);
      assertThat(world.turn().settled()).isTrue();
      assertThat(world.reason(ConditionType.Progressing)).isEqualTo("Stopped");

      world.stopRequested = false;
      world.runToSettled();
      assertThat(world.isTrue(ConditionType.Succeeded)).isTrue();
    }

    @Test
    void startsNothingOutsideTheLaunchWindowButLetsRunningTrialsGoOn() {
      FakeWorld world = FakeWorld.small();
      world.slots = 1;
      world.turn();
      Instant opening = world.now.plusSeconds(3600);
      world.window = new LaunchWindowState(false, Optional.of(opening));
      world.slots = 3;

      SweepDecision decision = world.turn();

      assertThat(decision.actions()).isEmpty();
      assertThat(decision.lookAgain()).hasValue(opening);
      assertThat(decision.settled()).isFalse();
      assertThat(world.message(ConditionType.Progressing))
          .endsWith("the launch window opens at 2026-01-01T01:00:00Z");
      world.trial(0).end(world.now, new AttemptEnd.Disrupted("evicted"));
      world.turn();
      assertThat(world.reason(ConditionType.Progressing)).isEqualTo("WaitingForWindow");
    }
  }

  @Nested
  class Oddities {

    @Test
    void stopsAttemptsOfTrialsThatThePlanDoesNotHold() {
      FakeWorld world = FakeWorld.small();
      world.turn();
      PlannedTrial stranger = Specs.paper().plan("other").trials().get(0);
      FakeTrial unplanned = new FakeTrial(stranger);
      unplanned.start(1, world.now);
      world.trials.put(stranger.name(), unplanned);

      SweepDecision decision = world.turn();

      assertThat(decision.actions())
          .containsExactly(new SweepAction.StopAttempt(stranger.name(), 1, StopReason.NotPlanned));
      assertThat(world.reason(ConditionType.Degraded)).isEqualTo("UnplannedTrials");
      assertThat(world.turn().actions()).isEmpty();
      assertThat(world.counts().planned()).isEqualTo(17);
    }

    @Test
    void countsUnplannedAttemptsAgainstTheSlots() {
      FakeWorld world = FakeWorld.small();
      PlannedTrial stranger = Specs.paper().plan("other").trials().get(0);
      FakeTrial unplanned = new FakeTrial(stranger);
      unplanned.start(1, world.now);
      world.trials.put(stranger.name(), unplanned);

      assertThat(starts(world.decide())).hasSize(2);
    }

    @Test
    void survivesClocksThatGoBack() {
      FakeWorld world = FakeWorld.small();
      world.turn();
      world.trial(0).end(world.now.minusSeconds(100), new AttemptEnd.Exited(1));
      world.now = world.now.minusSeconds(50);

      world.turn();

      assertThat(world.trial(0).status.orElseThrow().runningSeconds()).isZero();
      assertThat(world.trial(0).status.orElseThrow().failures()).isEqualTo(1);
    }

    @Test
    void doesNothingForASweepThatIsRefused() {
      FakeWorld world = FakeWorld.small();
      world.specs.budgets = List.of(1e10, 1e10);

      SweepDecision decision = world.turn();

      assertThat(decision.actions()).isEmpty();
      assertThat(decision.settled()).isTrue();
      assertThat(world.isTrue(ConditionType.Accepted)).isFalse();
      assertThat(world.reason(ConditionType.Accepted)).isEqualTo("DuplicateBudget");
      assertThat(world.message(ConditionType.Accepted)).contains("grid.repeats");
      assertThat(world.isTrue(ConditionType.Finished)).isTrue();
      assertThat(world.isTrue(ConditionType.Succeeded)).isFalse();
    }

    @Test
    void stopsWhatRunsOfARefusedSweepThatIsSuspended() {
      FakeWorld world = FakeWorld.small();
      world.turn();
      world.specs.budgets = List.of(1e10, 1e10);
      assertThat(world.turn().actions()).isEmpty();

      world.specs.suspend = true;

      assertThat(FakeWorld.of(world.turn(), SweepAction.StopAttempt.class)).hasSize(3);
    }

    @Test
    void keepsWhatItKnewOfASweepThatIsRefusedAfterwards() {
      FakeWorld world = FakeWorld.small();
      world.runToSettled();
      var laws = world.status.orElseThrow().laws();
      world.specs.budgets = List.of(1e10, 1e10);
      world.generation = 2;

      world.turn();

      assertThat(world.status.orElseThrow().laws()).isEqualTo(laws);
      assertThat(world.isTrue(ConditionType.LawsFitted)).isTrue();
      assertThat(world.isTrue(ConditionType.Accepted)).isFalse();
      assertThat(world.status.orElseThrow().observedGeneration()).isEqualTo(2);
    }

    @Test
    void trainsOnlyTheNewTrialsOfASweepThatGrew() {
      FakeWorld world = FakeWorld.small();
      world.runToSettled();
      int before = world.trials.size();
      world.specs.withBudgets(1e10, 3e10, 1e11, 3e11, 6e11);

      SweepDecision decision = world.turn();

      assertThat(FakeWorld.of(decision, SweepAction.CreateTrial.class)).hasSize(5);
      assertThat(world.isTrue(ConditionType.Finished)).isFalse();
      world.runToSettled();
      assertThat(world.trials).hasSize(before + 5);
      assertThat(world.trials.values()).allSatisfy(trial -> assertThat(trial.starts).isEqualTo(1));
    }
  }

  private static List<SweepAction> starts(SweepDecision decision) {
    return FakeWorld.of(decision, SweepAction.StartAttempt.class);
  }

  private static List<String> stops(SweepDecision decision) {
    return FakeWorld.of(decision, SweepAction.StopAttempt.class).stream()
        .map(SweepAction::trial)
        .toList();
  }

  private static SweepAction start(FakeTrial trial, int number) {
    return new SweepAction.StartAttempt(trial.planned.name(), number);
  }

  private static void freeASlot(FakeWorld world) {
    FakeTrial other =
        world.trials.values().stream()
            .filter(trial -> trial.live().isPresent())
            .findFirst()
            .orElseThrow();
    other.result = Optional.of(LossSurface.result(other.planned));
    other.end(world.now, new AttemptEnd.Exited(0));
  }

  /** Crashes the first trial again and again, the others left idle. */
  private static FakeTrial failRepeatedly(FakeWorld world, int times) {
    world.slots = 1;
    world.turn();
    FakeTrial trial = world.trial(0);
    for (int i = 0; i < times; i++) {
      world.now = world.now.plusSeconds(1);
      trial.end(world.now, new AttemptEnd.Exited(134));
      world.slots = 0;
      world.turn();
      world.now = world.now.plusSeconds(600);
      world.slots = 1;
      world.turn();
    }
    return trial;
  }

  private static FakeWorld failingWorld(OnFailuresExceeded onExceeded) {
    FakeWorld world = FakeWorld.small();
    world.specs.failures = new FailureSpec(0, 1, onExceeded);
    return world;
  }

  private static void failEach(FakeWorld world, int count) {
    world.turn();
    for (int i = 0; i < count; i++) {
      world.trial(i).end(world.now, new AttemptEnd.Exited(1));
    }
  }

  private static TrialStatus withDisruptions(TrialStatus status, int disruptions) {
    return status.withDisruptions(disruptions);
  }
}
