package dev.isoflop.operator.sweep;

import dev.isoflop.operator.sweep.observe.AttemptEnd;
import dev.isoflop.operator.sweep.observe.AttemptObservation;
import dev.isoflop.operator.sweep.observe.LaunchWindowState;
import dev.isoflop.trial.OutcomeReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Makes things go wrong in a {@link FakeWorld}, the same way for the same seed. */
public final class Chaos {
  private final Random random;
  private final FakeWorld world;
  private final boolean ownFaults;

  /**
   * @param ownFaults whether workers also fail by their own fault, which trials bear only so often
   */
  public Chaos(long seed, FakeWorld world, boolean ownFaults) {
    this.random = new Random(seed);
    this.world = world;
    this.ownFaults = ownFaults;
  }

  /** One step: something may happen, then the runner decides, and may be killed at it. */
  public void step() {
    if (random.nextInt(4) == 0) {
      calm();
    }
    if (random.nextInt(2) == 0) {
      mishap();
    }
    if (random.nextInt(4) == 0) {
      world.brokenTurn(random.nextInt(6));
    } else {
      world.turn();
    }
    world.pass(Duration.ofMillis(200 + random.nextInt(30_000)));
  }

  /** The end of all mishaps. */
  public void calm() {
    world.specs.suspend = false;
    world.stopRequested = false;
    world.slots = 3;
    world.window = LaunchWindowState.always();
    world.trials.values().forEach(FakeTrial::begin);
  }

  private void mishap() {
    List<FakeTrial> live =
        world.trials.values().stream().filter(trial -> trial.live().isPresent()).toList();
    if (live.isEmpty()) {
      surroundings();
      return;
    }
    FakeTrial trial = live.get(random.nextInt(live.size()));
    if (random.nextBoolean()) {
      trial.save();
    }
    switch (random.nextInt(ownFaults ? 10 : 7)) {
      case 0 -> trial.end(world.now, new AttemptEnd.Exited(137));
      case 1 -> trial.end(world.now, new AttemptEnd.Disrupted("evicted"));
      case 2 -> trial.attempt = AttemptObservation.absent();
      case 3, 4 -> surroundings();
      case 5 -> trial.end(world.now, new AttemptEnd.Blocked(OutcomeReason.DiskFull, "no room"));
      case 6 -> trial.waitFor(OutcomeReason.ImageNotPulled, "no image", world.now);
      case 7 -> trial.end(world.now, new AttemptEnd.Exited(1));
      case 8 -> trial.end(world.now, new AttemptEnd.Exited(75));
      default -> trial.end(world.now, new AttemptEnd.Exited(1 + random.nextInt(41)));
    }
  }

  private void surroundings() {
    switch (random.nextInt(6)) {
      case 0 -> world.specs.suspend = !world.specs.suspend;
      case 1 -> world.stopRequested = !world.stopRequested;
      case 2 -> world.slots = (int) Math.max(world.live(), random.nextInt(5));
      case 3 -> {
        Instant next = world.now.plusSeconds(random.nextInt(1000));
        world.window = new LaunchWindowState(random.nextBoolean(), Optional.of(next));
      }
      case 4 -> outdateAnAttempt();
      default -> forgetAnEndedAttempt();
    }
  }

  /** As when the worker's image is mended for a pod that could not pull it. */
  private void outdateAnAttempt() {
    world.trials.values().stream()
        .filter(trial -> trial.live().filter(attempt -> !attempt.stopping()).isPresent())
        .findFirst()
        .ifPresent(FakeTrial::outdate);
  }

  /** As when Jobs that ended are cleaned up. */
  private void forgetAnEndedAttempt() {
    world.trials.values().stream()
        .filter(trial -> trial.attempt instanceof AttemptObservation.Ended)
        .findFirst()
        .ifPresent(trial -> trial.attempt = AttemptObservation.absent());
  }
}
