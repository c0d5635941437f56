package dev.isoflop.operator.sweep.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.api.v1alpha1.status.TrialBlock;
import dev.isoflop.api.v1alpha1.sweep.FailureSpec;
import dev.isoflop.api.v1alpha1.sweep.OnFailuresExceeded;
import dev.isoflop.operator.sweep.FakeTrial;
import dev.isoflop.operator.sweep.FakeWorld;
import dev.isoflop.operator.sweep.LossSurface;
import dev.isoflop.operator.sweep.decide.SweepAction;
import dev.isoflop.operator.sweep.decide.SweepDecision;
import dev.isoflop.operator.sweep.observe.AttemptEnd;
import dev.isoflop.operator.sweep.observe.AttemptObservation;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.OutcomeType;
import dev.isoflop.trial.TrialOutcome;
import dev.isoflop.trial.TrialResult;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults that are no trial's: nothing is charged, launches wait, one attempt at a time probes. */
class HoldTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** A world in which every attempt ends at once for the same fault while {@code broken}. */
  private static final class Faulty {
    final FakeWorld world = FakeWorld.small();
    boolean broken = true;
    AttemptEnd end = new AttemptEnd.Blocked(OutcomeReason.DiskFull, "the claim isoflop is full");
    final List<Instant> starts = new ArrayList<>();

    /** A turn, then a second; what was started in it meets the fault after that second. */
    void turn() {
      SweepDecision decision = world.turn();
      FakeWorld.of(decision, SweepAction.StartAttempt.class)
          .forEach(start -> starts.add(world.now));
      world.now = world.now.plus(SECOND);
      if (broken) {
        world.trials.values().stream()
            .filter(trial -> trial.live().isPresent())
            .forEach(this::fail);
      } else {
        world.trials.values().forEach(trial -> trial.work(SECOND, world.now));
      }
    }

    private void fail(FakeTrial trial) {
      trial.end(world.now, end);
    }

    void pass(Duration time) {
      for (Instant until = world.now.plus(time); world.now.isBefore(until); ) {
        turn();
      }
    }

    Stream<TrialStatus> statuses() {
      return world.trials.values().stream().flatMap(trial -> trial.status.stream());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = OutcomeReason.class,
      names = {
        "DiskFull",
        "FolderNotWritable",
        "StorageUnavailable",
        "DataMissing",
        "DataUnreachable",
        "VolumeNotMounted",
        "ImageNotPulled",
        "ContainerNotCreated",
        "DeviceUnavailable"
      })
  void aFaultThatIsNoTrialsChargesNothingAndGoesOnWhenMended(OutcomeReason reason) {
    Faulty faulty = new Faulty();
    faulty.end = new AttemptEnd.Blocked(reason, "it is broken; mend it");
    faulty.pass(Duration.ofHours(2));
    FakeWorld world = faulty.world;

    assertThat(world.reason(ConditionType.Progressing)).isEqualTo("Held");
    assertThat(world.reason(ConditionType.Degraded)).isEqualTo(reason.name());
    assertThat(world.message(ConditionType.Degraded))
        .startsWith(
            "it is broken; mend it; nothing is charged for it: one trial at a time tries it");
    assertThat(world.isTrue(ConditionType.Degraded)).isTrue();
    assertThat(faulty.statuses().mapToInt(TrialStatus::failures).sum()).isZero();
    assertThat(faulty.statuses().mapToInt(TrialStatus::disruptions).sum()).isZero();
    assertThat(faulty.statuses().mapToInt(TrialStatus::blocked).sum()).isBetween(20, 45);

    faulty.broken = false;
    SweepDecision last = world.runToSettled();

    assertThat(last.hold()).isEmpty();
    assertThat(world.ended(OutcomeType.Succeeded)).isEqualTo(world.trials.size());
    assertThat(world.reason(ConditionType.Degraded)).isEqualTo("AsPlanned");
    assertThat(world.announcements)
        .extracting(Announcement::reason)
        .containsOnlyOnce("LaunchesResumed");
    assertThat(faulty.statuses()).allSatisfy(status -> assertThat(status.block()).isNull());
  }

  @Test
  void probesOneAtATimeAtIntervalsThatDoubleUpToFiveMinutes() {
    Faulty faulty = new Faulty();
    faulty.pass(Duration.ofMinutes(30));

    List<Instant> starts = faulty.starts;
    assertThat(starts.subList(0, 3)).containsOnly(FakeWorld.START);
    List<Long> gaps = new ArrayList<>();
    for (int i = 3; i < starts.size(); i++) {
      gaps.add(Duration.between(starts.get(i - 1), starts.get(i)).toSeconds());
    }
    assertThat(gaps).hasSizeBetween(8, 12);
    assertThat(gaps.get(0)).isBetween(15L, 18L);
    for (int i = 1; i < gaps.size(); i++) {
      assertThat(gaps.get(i)).isBetween(gaps.get(i - 1), 2 * gaps.get(i - 1) + 3);
      assertThat(gaps.get(i)).isLessThanOrEqualTo(302);
    }
    assertThat(gaps.get(gaps.size() - 1)).isGreaterThan(280);
  }

  @Test
  void triesEachTrialInTurnSoThatTheFolderOfOneHoldsNoOther() {
    Faulty faulty = new Faulty();
    faulty.turn();
    FakeWorld world = faulty.world;
    String spoiled = world.trial(0).planned.name();
    for (int i = 0; i < 2000; i++) {
      assertThat(world.turn().settled()).isFalse();
      world.pass(Duration.ofSeconds(5));
      FakeTrial first = world.trial(spoiled);
      if (first.live().isPresent()) {
        first.end(
            world.now, new AttemptEnd.Blocked(OutcomeReason.FolderNotWritable, "owned by root"));
      }
    }

    assertThat(world.ended(OutcomeType.Succeeded)).isEqualTo(world.trials.size() - 1);
    assertThat(world.trial(spoiled).status.orElseThrow().outcome()).isNull();
    world.turn();
    assertThat(world.message(ConditionType.Degraded)).contains("owned by root");
  }

  /** A sweep of which all but one trial have ended, whose folder cannot be written. */
  private static FakeWorld heldByOneTrial(String spoiled) {
    FakeWorld world = FakeWorld.small();
    for (int i = 0; i < 2000; i++) {
      world.turn();
      world.pass(Duration.ofSeconds(5));
      FakeTrial trial = world.trial(spoiled);
      if (trial.live().isPresent()) {
        trial.end(
            world.now, new AttemptEnd.Blocked(OutcomeReason.FolderNotWritable, "owned by root"));
      }
    }
    world.turn();
    return world;
  }

  @Test
  void aTrialThatAloneMeetsItsFaultIsNamedAndCanBeGivenUp() {
    String spoiled = FakeWorld.small().plan().trials().get(0).name();
    FakeWorld world = heldByOneTrial(spoiled);
    world.slots = Integer.MAX_VALUE;
    world.turn();
    assertThat(world.message(ConditionType.Degraded))
        .contains(
            "only %s meets it: its annotation isoflop.dev/give-up=true leaves it out"
                .formatted(spoiled));

    world.trial(spoiled).givenUp = true;
    world.runToSettled();

    TrialOutcome outcome =
        Objects.requireNonNull(world.trial(spoiled).status.orElseThrow().outcome());
    assertThat(outcome.type()).isEqualTo(OutcomeType.Excluded);
    assertThat(outcome.reason()).isEqualTo(OutcomeReason.FolderNotWritable);
    assertThat(outcome.message()).isEqualTo("given up by its annotation; at last: owned by root");
    assertThat(world.isTrue(ConditionType.Finished)).isTrue();
    assertThat(world.isTrue(ConditionType.LawsFitted)).isTrue();
    assertThat(world.turn().announcements())
        .extracting(Announcement::reason)
        .as("nobody got past it")
        .doesNotContain("LaunchesResumed");
    assertThat(world.message(ConditionType.Degraded))
        .contains(spoiled + " (FolderNotWritable) excluded from the fits");
  }

  @Test
  void givingATrialUpTakesNothingFromOneThatTrains() {
    FakeWorld world = FakeWorld.small();
    world.turn();
    world.trials.values().forEach(trial -> trial.givenUp = true);
    world.runToSettled();

    assertThat(world.ended(OutcomeType.Succeeded)).isEqualTo(world.trials.size());
  }

  @Test
  void aTrialThatCannotBeginIsGivenUpAtOnce() {
    FakeWorld world = FakeWorld.small();
    world.turn();
    FakeTrial stuck = world.trial(0);
    stuck.waitFor(OutcomeReason.VolumeNotMounted, "FailedMount", world.now);
    stuck.givenUp = true;

    SweepDecision decision = world.turn();

    assertThat(Objects.requireNonNull(stuck.status.orElseThrow().outcome()).reason())
        .isEqualTo(OutcomeReason.VolumeNotMounted);
    assertThat(FakeWorld.of(decision, SweepAction.StopAttempt.class)).hasSize(1);
    assertThat(decision.hold()).isEmpty();
  }

  /** Lets time pass until an attempt is made. */
  private static FakeTrial nextProbe(FakeWorld world) {
    for (int i = 0; i < 400 && world.live() == 0; i++) {
      world.now = world.now.plus(SECOND);
      world.turn();
    }
    return world.trials.values().stream()
        .filter(trial -> trial.live().isPresent())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aProbeThatDivergesHasShownThatTheFaultIsMended() {
    Faulty faulty = new Faulty();
    faulty.pass(Duration.ofMinutes(10));
    FakeWorld world = faulty.world;
    FakeTrial probe = nextProbe(world);
    world.now = world.now.plus(SECOND);
    probe.result =
        Optional.of(
            LossSurface.result(
                probe.planned, TrialOutcome.excluded(OutcomeReason.Diverged, "no number")));
    probe.end(world.now, new AttemptEnd.Exited(0));

    SweepDecision decision = world.turn();

    assertThat(decision.hold()).isEmpty();
    assertThat(FakeWorld.of(decision, SweepAction.StartAttempt.class)).isNotEmpty();
  }

  @Test
  void aProbeThatFailsHasShownThatPodsBegin() {
    FakeWorld world = FakeWorld.small();
    world.slots = 1;
    world.turn();
    world
        .trial(0)
        .end(world.now, new AttemptEnd.Blocked(OutcomeReason.ImageNotPulled, "not found"));
    world.turn();
    FakeTrial probe = nextProbe(world);
    world.now = world.now.plus(SECOND);
    probe.end(world.now, new AttemptEnd.Exited(1));

    assertThat(world.turn().hold()).isEmpty();
  }

  @Test
  void aProbeThatWaitsForANodeIsSaidToWait() {
    Faulty faulty = new Faulty();
    faulty.pass(Duration.ofMinutes(10));
    FakeWorld world = faulty.world;
    FakeTrial probe = nextProbe(world);
    AttemptObservation.Running running = probe.live().orElseThrow();
    probe.attempt =
        new AttemptObservation.Running(
            running.number(),
            running.since(),
            false,
            Optional.empty(),
            Optional.of("no node: Unschedulable"));
    world.turn();

    assertThat(world.message(ConditionType.Degraded))
        .contains(probe.planned.name() + ", which tries it, waits itself: no node: Unschedulable")
        .doesNotContain("one trial at a time");
    world.specs.suspend = true;
    world.turn();
    assertThat(world.message(ConditionType.Degraded))
        .contains("it is looked at again once trials may start");
  }

  @Test
  void attemptsThatTrainAlreadyGoOnWhileLaunchesAreHeld() {
    FakeWorld world = FakeWorld.small();
    world.turn();
    world.pass(SECOND);
    world
        .trial(0)
        .end(world.now, new AttemptEnd.Blocked(OutcomeReason.DataUnreachable, "no route"));

    SweepDecision decision = world.turn();

    assertThat(FakeWorld.of(decision, SweepAction.StartAttempt.class)).isEmpty();
    assertThat(FakeWorld.of(decision, SweepAction.StopAttempt.class)).isEmpty();
    assertThat(world.live()).isEqualTo(2);
    assertThat(decision.hold().orElseThrow().reason()).isEqualTo(OutcomeReason.DataUnreachable);
    assertThat(decision.lookAgain()).contains(decision.hold().orElseThrow().probeAt());
    assertThat(decision.settled()).isFalse();
  }

  @Test
  void anEditedSpecIsTriedAtOnce() {
    Faulty faulty = new Faulty();
    faulty.pass(Duration.ofMinutes(20));
    FakeWorld world = faulty.world;
    world.turn();
    assertThat(FakeWorld.of(world.decide(), SweepAction.StartAttempt.class)).isEmpty();

    world.generation++;

    assertThat(FakeWorld.of(world.turn(), SweepAction.StartAttempt.class)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void anyPrefixOfTheWritesThatEndAHoldIsSafe(int written) {
    Faulty faulty = new Faulty();
    faulty.pass(Duration.ofMinutes(2));
    faulty.broken = false;
    FakeWorld world = faulty.world;
    while (world.decide().hold().isPresent()) {
      world.turn();
      world.pass(SECOND);
    }

    world.brokenTurn(written);
    world.runToSettled();

    assertThat(world.ended(OutcomeType.Succeeded)).isEqualTo(world.trials.size());
  }

  @Nested
  class AttemptsThatCannotBegin {

    @Test
    void onlyTheFirstKeepsItsSlotAndTheOthersComeBackWhenItBegins() {
      FakeWorld world = FakeWorld.small();
      world.turn();
      world.pass(SECOND);
      for (int i = 0; i < 3; i++) {
        world.trial(i).waitFor(OutcomeReason.ImageNotPulled, "ErrImagePull: not found", world.now);
      }
      world.pass(SECOND);

      SweepDecision decision = world.turn();

      assertThat(FakeWorld.of(decision, SweepAction.StopAttempt.class))
          .extracting(action -> ((SweepAction.StopAttempt) action).reason())
          .containsExactly(StopReason.Held, StopReason.Held);
      assertThat(world.reason(ConditionType.Degraded)).isEqualTo("ImageNotPulled");
      assertThat(world.message(ConditionType.Progressing)).containsOnlyOnce("not found");
      world.pass(SECOND);
      world.turn();
      assertThat(world.live()).isEqualTo(1);
      assertThat(world.trial(0).live()).isPresent();
      world.pass(SECOND);

      world.trial(0).begin();
      world.pass(SECOND);
      world.turn();
      world.pass(Duration.ofSeconds(20));
      world.turn();

      assertThat(world.live()).isEqualTo(3);
      assertThat(world.reason(ConditionType.Degraded)).isEqualTo("AsPlanned");
      assertThat(world.runToSettled().hold()).isEmpty();
      assertThat(world.ended(OutcomeType.Succeeded)).isEqualTo(world.trials.size());
    }

    @Test
    void theOneThatWaitsIsReplacedAfterAWhileSinceItsNodeMayBeAtFault() {
      FakeWorld world = FakeWorld.small();
      world.slots = 1;
      world.turn();
      FakeTrial stuck = world.trial(0);
      stuck.waitFor(OutcomeReason.VolumeNotMounted, "FailedMount", world.now);
      for (int i = 0; i < 700; i++) {
        world.turn();
        world.pass(SECOND);
      }

      assertThat(stuck.live()).isEmpty();
      assertThat(world.trial(1).starts).isPositive();
      assertThat(stuck.status.orElseThrow().failures()).isZero();
      world.runToSettled();
      assertThat(world.ended(OutcomeType.Succeeded)).isEqualTo(world.trials.size());
    }
  }

  @Nested
  class FirstTrialsThatFailAlike {

    @ParameterizedTest
    @ValueSource(ints = {1, 42})
    void holdTheSweepAndAreTriedAgain(int exit) {
      Faulty faulty = new Faulty();
      faulty.world.specs.failures = new FailureSpec(2, 1, OnFailuresExceeded.Cancel);
      faulty.end = new AttemptEnd.Exited(exit);
      faulty.pass(Duration.ofHours(3));
      FakeWorld world = faulty.world;

      assertThat(world.reason(ConditionType.Progressing)).isEqualTo("CommonFault");
      assertThat(world.reason(ConditionType.Degraded)).isEqualTo("CommonFault");
      assertThat(world.message(ConditionType.Degraded))
          .startsWith("the first trials all failed alike: ");
      assertThat(world.isTrue(ConditionType.Finished)).isFalse();
      assertThat(world.ended(OutcomeType.Failed)).isZero();
      assertThat(faulty.statuses().mapToInt(TrialStatus::failures).sum()).isZero();
      assertThat(faulty.starts.size()).isBetween(20, 60);

      faulty.broken = false;
      world.runToSettled();

      assertThat(world.ended(OutcomeType.Succeeded)).isEqualTo(world.trials.size());
    }

    @Test
    void countAsOneAlthoughEachNamesItsOwnFolder() {
      FakeWorld world = FakeWorld.small();
      world.turn();
      for (int i = 0; i < 3; i++) {
        FakeTrial trial = world.trial(i);
        trial.result =
            Optional.of(
                notTrained(
                    trial,
                    TrialOutcome.failed(
                        OutcomeReason.BadData,
                        "shard %d of runs/%s is damaged".formatted(i, trial.planned.name()))));
        trial.end(world.now, new AttemptEnd.Exited(42));
      }

      SweepDecision decision = world.turn();

      assertThat(decision.hold()).isPresent();
      assertThat(decision.hold().orElseThrow().common()).isTrue();
      assertThat(world.message(ConditionType.Degraded)).contains("is damaged");
    }

    @Test
    void canBeGivenUpWithoutAWordThatTheFaultIsPast() {
      FakeWorld world = FakeWorld.small();
      world.turn();
      List<FakeTrial> alike = List.of(world.trial(0), world.trial(1), world.trial(2));
      for (FakeTrial trial : alike) {
        trial.result =
            Optional.of(
                notTrained(trial, TrialOutcome.failed(OutcomeReason.BadData, "no picture in it")));
        trial.end(world.now, new AttemptEnd.Exited(42));
      }
      world.turn();
      alike.forEach(trial -> trial.givenUp = true);

      SweepDecision decision = world.turn();

      assertThat(decision.hold()).isEmpty();
      assertThat(world.ended(OutcomeType.Excluded)).isEqualTo(alike.size());
      assertThat(decision.announcements())
          .extracting(Announcement::reason)
          .doesNotContain("LaunchesResumed");
    }

    @Test
    void takeNoOtherFailureWithThem() {
      Faulty faulty = new Faulty();
      faulty.world.specs.failures = new FailureSpec(0, 9, OnFailuresExceeded.Drain);
      faulty.end = new AttemptEnd.Exited(1);
      faulty.pass(Duration.ofMinutes(10));
      FakeWorld world = faulty.world;
      assertThat(world.reason(ConditionType.Progressing)).isEqualTo("CommonFault");
      FakeTrial probe = nextProbe(world);
      probe.result =
          Optional.of(
              notTrained(probe, TrialOutcome.failed(OutcomeReason.BadCheckpoint, "of another")));
      world.now = world.now.plus(SECOND);
      probe.end(world.now, new AttemptEnd.Exited(42));
      world.turn();

      assertThat(Objects.requireNonNull(probe.status.orElseThrow().outcome()).reason())
          .isEqualTo(OutcomeReason.BadCheckpoint);
      assertThat(world.reason(ConditionType.Progressing)).isEqualTo("CommonFault");
    }

    @Test
    void areNotOneFaultOnceATrialHasTrained() {
      FakeWorld world = FakeWorld.small();
      world.turn();
      world.pass(Duration.ofSeconds(2));
      world.turn();
      for (int i = 0; i < 3; i++) {
        world.trial(i).end(world.now, new AttemptEnd.Exited(42));
      }

      SweepDecision decision = world.turn();

      assertThat(decision.hold()).isEmpty();
      assertThat(world.ended(OutcomeType.Failed)).isEqualTo(3);
    }

    @Test
    void areNotOneFaultWhenTheyFailEachInItsWay() {
      FakeWorld world = FakeWorld.small();
      world.turn();
      List<String> messages = List.of("no such file", "out of cheese", "wrong moon");
      for (int i = 0; i < 3; i++) {
        FakeTrial trial = world.trial(i);
        trial.result =
            Optional.of(
                notTrained(trial, TrialOutcome.failed(OutcomeReason.Crashed, messages.get(i))));
        trial.end(world.now, new AttemptEnd.Exited(42));
      }

      assertThat(world.turn().hold()).isEmpty();
      assertThat(world.ended(OutcomeType.Failed)).isEqualTo(3);
    }

    private TrialResult notTrained(FakeTrial trial, TrialOutcome outcome) {
      TrialResult result = LossSurface.result(trial.planned, outcome);
      return new TrialResult(
          result.trial(),
          result.key(),
          outcome,
          result.parameters(),
          result.totalParameters(),
          0,
          0,
          0,
          0,
          null,
          List.of(),
          0,
          0,
          null,
          result.software());
    }
  }

  @Test
  void conditionsOfABlockedTrialSayWhy() {
    Faulty faulty = new Faulty();
    faulty.turn();
    faulty.world.turn();

    TrialStatus status = faulty.world.trial(0).status.orElseThrow();
    Condition running = ConditionType.Running.in(status.conditions()).orElseThrow();
    assertThat(running.getReason()).isEqualTo("Blocked");
    assertThat(running.getMessage()).isEqualTo("the claim isoflop is full");
    assertThat(status.message()).isEqualTo("the claim isoflop is full");
    TrialBlock block = Objects.requireNonNull(status.block());
    assertThat(block.reason()).isEqualTo(OutcomeReason.DiskFull);
    assertThat(block.since()).isEqualTo("2026-01-01T00:00:01Z");
  }
}
