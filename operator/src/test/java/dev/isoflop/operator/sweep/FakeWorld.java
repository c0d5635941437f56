package dev.isoflop.operator.sweep;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.api.v1alpha1.status.TrialCounts;
import dev.isoflop.laws.fit.LawFitter;
import dev.isoflop.operator.plan.PlanResult;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.plan.Specs;
import dev.isoflop.operator.plan.SweepPlan;
import dev.isoflop.operator.plan.SweepPlanner;
import dev.isoflop.operator.sweep.decide.SweepAction;
import dev.isoflop.operator.sweep.decide.SweepDecider;
import dev.isoflop.operator.sweep.decide.SweepDecision;
import dev.isoflop.operator.sweep.decide.TrialActions;
import dev.isoflop.operator.sweep.observe.AttemptObservation;
import dev.isoflop.operator.sweep.observe.LaunchWindowState;
import dev.isoflop.operator.sweep.observe.MetricsHealth;
import dev.isoflop.operator.sweep.observe.SweepObservation;
import dev.isoflop.operator.sweep.state.Announcement;
import dev.isoflop.operator.sweep.state.ConditionType;
import dev.isoflop.operator.sweep.state.StopReason;
import dev.isoflop.trial.OutcomeType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A place where sweeps run, in memory: it stores statuses, runs workers on a fake clock, and fails
 * the test when an action breaks a promise.
 */
public final class FakeWorld implements TrialActions<RuntimeException> {
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  public static final String SWEEP = "sweep";

  public final List<Announcement> announcements = new ArrayList<>();
  public final Map<String, FakeTrial> trials = new LinkedHashMap<>();
  public final Specs specs;
  public SweepDecider decider = new SweepDecider(new LawFitter(1)::fit, "isoflop test");
  public Optional<ScalingSweepStatus> status = Optional.empty();
  public Instant now = START;
  public int slots = 3;
  public long generation = 1;
  public boolean stopRequested = false;
  public Optional<String> retry = Optional.empty();

  /** How often a trial that had ended may run again. */
  public int reopened = 0;

  public LaunchWindowState window = LaunchWindowState.always();
  public MetricsHealth metrics = new MetricsHealth.Unknown();

  private Optional<ScalingSweepSpec> plannedSpec = Optional.empty();
  private Optional<PlanResult> planned = Optional.empty();

  public FakeWorld(Specs specs) {
    this.specs = specs;
  }

  public static FakeWorld small() {
    return new FakeWorld(Specs.small());
  }

  public SweepPlan plan() {
    return ((PlanResult.Planned) planOf(specs.build())).plan();
  }

  private PlanResult planOf(ScalingSweepSpec spec) {
    if (plannedSpec.filter(spec::equals).isEmpty()) {
      plannedSpec = Optional.of(spec);
      planned = Optional.of(new SweepPlanner().plan(SWEEP, spec));
    }
    return planned.orElseThrow();
  }

  public FakeTrial trial(int index) {
    return trial(plan().trials().get(index).name());
  }

  public FakeTrial trial(String name) {
    return Optional.ofNullable(trials.get(name))
        .orElseThrow(() -> new AssertionError(name + " was never created"));
  }

  public SweepObservation observe() {
    ScalingSweepSpec spec = specs.build();
    return new SweepObservation(
        SWEEP,
        generation,
        spec,
        planOf(spec),
        status,
        trials.values().stream().map(FakeTrial::observe).toList(),
        Set.of(),
        slots,
        window,
        metrics,
        stopRequested,
        retry,
        now);
  }

  public SweepDecision decide() {
    return decider.decide(observe());
  }

  /** Decides and carries everything out. */
  public SweepDecision turn() {
    SweepDecision decision = decide();
    announcements.addAll(decision.announcements());
    decision.actions().forEach(this::carryOut);
    status = Optional.of(decision.status());
    return decision;
  }

  /** Decides, carries out a part, and is killed. */
  public void brokenTurn(int actions) {
    decide().actions().stream().limit(actions).forEach(this::carryOut);
  }

  public void pass(Duration time) {
    now = now.plus(time);
    trials.values().forEach(trial -> trial.work(time, now));
  }

  /** Turn after turn, until nothing moves by itself. */
  public SweepDecision runToSettled() {
    for (int i = 0; i < 10_000; i++) {
      SweepDecision decision = turn();
      if (decision.settled()) {
        return decision;
      }
      pass(Duration.ofSeconds(5));
    }
    throw new AssertionError("not settled by " + now + ": " + status);
  }

  public long live() {
    return trials.values().stream().filter(trial -> trial.live().isPresent()).count();
  }

  void carryOut(SweepAction action) {
    action.applyTo(this);
  }

  @Override
  public void create(PlannedTrial planned) {
    assertThat(trials).as("created once").doesNotContainKey(planned.name());
    trials.put(planned.name(), new FakeTrial(planned));
  }

  @Override
  public void record(String name, TrialStatus status) {
    FakeTrial trial = trial(name);
    trial.status.ifPresent(before -> checkSuccession(before, status));
    trial.status = Optional.of(status);
  }

  @Override
  public void stop(String name, int number, StopReason reason) {
    FakeTrial trial = trial(name);
    assertThat(trial.live().orElseThrow().number()).isEqualTo(number);
    trial.tellToStop();
  }

  @Override
  public void start(String name, int number) {
    FakeTrial trial = trial(name);
    TrialStatus recorded = trial.status.orElseThrow();
    assertThat(recorded.attempt()).as("recorded before it starts").isEqualTo(number);
    assertThat(ConditionType.Running.isTrue(recorded.conditions())).isTrue();
    assertThat(recorded.outcome()).as("never started again").isNull();
    assertThat(trial.live()).as("one worker at a time").isEmpty();
    if (trial.attempt instanceof AttemptObservation.Ended ended) {
      assertThat(number).as("a new number").isGreaterThan(ended.number());
    }
    trial.start(number, now);
    assertThat(live()).as("limits").isLessThanOrEqualTo(Math.min(slots, specs.maxParallel));
  }

  private void checkSuccession(TrialStatus before, TrialStatus after) {
    boolean excused = after.block() != null && before.block() == null && after.failures() == 0;
    if (before.outcome() != null && after.outcome() == null) {
      reopened++;
      assertThat(before.outcome().type()).isNotEqualTo(OutcomeType.Succeeded);
      assertThat(after.conditions()).hasSize(1);
    } else if (before.outcome() != null) {
      assertThat(after.outcome()).as("finished for good").isEqualTo(before.outcome());
      assertThat(after.result()).isEqualTo(before.result());
    }
    boolean forgiven = after.retry() != null && !after.retry().equals(before.retry());
    int least =
        forgiven || excused || (after.outcome() == null && before.outcome() != null)
            ? 0
            : before.failures();
    assertThat(after.failures()).isBetween(least, before.failures() + 1);
    assertThat(after.blocked()).isBetween(before.blocked(), before.blocked() + 1);
    assertThat(after.disruptions()).isBetween(before.disruptions(), before.disruptions() + 1);
    assertThat(after.runningSeconds()).isGreaterThanOrEqualTo(before.runningSeconds());
    assertThat(after.attempt()).isBetween(before.attempt() - 1, before.attempt() + 1);
  }

  public TrialCounts counts() {
    return requireNonNull(status.orElseThrow().trials());
  }

  public int ended(OutcomeType type) {
    return (int)
        trials.values().stream()
            .flatMap(trial -> trial.status.stream())
            .filter(trial -> trial.outcome() != null && trial.outcome().type() == type)
            .count();
  }

  public String reason(ConditionType type) {
    return type.in(status.orElseThrow().conditions()).orElseThrow().getReason();
  }

  public String message(ConditionType type) {
    return type.in(status.orElseThrow().conditions()).orElseThrow().getMessage();
  }

  public boolean isTrue(ConditionType type) {
    return type.isTrue(status.orElseThrow().conditions());
  }

  public boolean isTrueYet(ConditionType type) {
    return status.isPresent() && isTrue(type);
  }

  public static List<SweepAction> of(SweepDecision decision, Class<? extends SweepAction> kind) {
    return new ArrayList<>(decision.actions().stream().filter(kind::isInstance).toList());
  }
}
