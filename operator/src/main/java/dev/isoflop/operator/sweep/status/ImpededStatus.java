package dev.isoflop.operator.sweep.status;

import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.ScalingSweepStatusBuilder;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.sweep.state.ConditionSet;
import dev.isoflop.operator.sweep.state.ConditionSet.Truth;
import dev.isoflop.operator.sweep.state.ConditionType;
import dev.isoflop.operator.sweep.state.Text;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The status of a sweep of which no decision can be told as it is: what stood there stays, and the
 * conditions say what is in the way.
 */
public final class ImpededStatus {
  /** Characters of a message that is sent where a longer one was refused. */
  private static final int BRIEF = 256;

  /** Names in a message, before the rest is only mentioned. */
  private static final int NAMED = 3;

  private ImpededStatus() {}

  /**
   * A status in place of one that the API server refuses, whatever it refuses of it. Conditions
   * that promise what the rest of the status lacks stay as they were.
   *
   * @param refusal the server's reason
   */
  public static ScalingSweepStatus refused(
      @Nullable ScalingSweepStatus before, ScalingSweepStatus wanted, String refusal, Instant now) {
    List<Condition> conditions = new ArrayList<>();
    for (ConditionType type : ConditionType.values()) {
      switch (type) {
        case Accepted, Progressing, MetricsAvailable ->
            type.in(wanted.conditions()).map(ImpededStatus::brief).ifPresent(conditions::add);
        case LawsFitted, Finished, Succeeded, Running ->
            type.in(conditions(before)).ifPresent(conditions::add);
        case Degraded ->
            conditions.add(
                degraded(
                    before,
                    wanted.observedGeneration(),
                    SweepReason.StatusRefused,
                    "the API server refuses the status as it should be: " + refusal,
                    now));
      }
    }
    return with(before, wanted.observedGeneration(), conditions);
  }

  /**
   * The status of a sweep for which a turn broke off.
   *
   * @param reason of the condition Degraded, one CamelCase word
   */
  public static ScalingSweepStatus broken(
      @Nullable ScalingSweepStatus before,
      @Nullable Long generation,
      SweepReason reason,
      String message,
      Instant now) {
    Condition degraded = degraded(before, generation, reason, message, now);
    return with(before, generation, replaced(conditions(before), List.of(degraded)));
  }

  /**
   * A problem that kept a turn from doing all that was decided.
   *
   * @param reason of the condition Degraded, where it says nothing else
   */
  public record Problem(SweepReason reason, String message) {}

  /** The problem of trials that this release cannot read. */
  public static Optional<Problem> unreadable(List<String> trials) {
    return trials.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Problem(
                SweepReason.UnreadableTrials,
                "%s cannot be read by this release, so not run: %s%s; see its events"
                    .formatted(
                        NumberFormat.several(trials.size(), "trial"),
                        String.join(", ", trials.stream().sorted().limit(NAMED).toList()),
                        trials.size() > NAMED ? " and others" : "")));
  }

  /**
   * A status that names what kept a turn from doing all that was decided, beside what else needs a
   * look.
   *
   * @param problems the gravest first
   */
  public static ScalingSweepStatus with(
      @Nullable ScalingSweepStatus before,
      ScalingSweepStatus decided,
      List<Problem> problems,
      Instant now) {
    if (problems.isEmpty()) {
      return decided;
    }
    Optional<Condition> degraded =
        ConditionType.Degraded.in(decided.conditions())
            .filter(condition -> "True".equals(condition.getStatus()));
    List<String> messages = new ArrayList<>();
    degraded.map(Condition::getMessage).ifPresent(messages::add);
    problems.stream().map(Problem::message).forEach(messages::add);
    ConditionSet conditions =
        new ConditionSet(conditions(before), now, decided.observedGeneration())
            .set(
                ConditionType.Degraded,
                Truth.True,
                degraded.map(Condition::getReason).orElse(problems.get(0).reason().name()),
                Text.join(messages, Bounds.MESSAGE));
    return with(
        decided, decided.observedGeneration(), replaced(decided.conditions(), conditions.list()));
  }

  /** The status of a sweep whose spec this release cannot read. */
  public static ScalingSweepStatus unreadable(
      @Nullable ScalingSweepStatus before, @Nullable Long generation, String problem, Instant now) {
    List<Condition> conditions =
        new ConditionSet(conditions(before), now, generation)
            .set(ConditionType.Accepted, Truth.False, SweepReason.Unreadable, problem)
            .set(ConditionType.Progressing, Truth.False, SweepReason.Unreadable, problem)
            .set(
                ConditionType.Degraded,
                Truth.True,
                SweepReason.Unreadable,
                "see the condition Accepted; what runs goes on, and its end is read once the spec"
                    + " can be")
            .list();
    return with(before, generation, replaced(conditions(before), conditions));
  }

  private static List<Condition> conditions(@Nullable ScalingSweepStatus status) {
    return status == null ? List.of() : status.conditions();
  }

  private static Condition degraded(
      @Nullable ScalingSweepStatus before,
      @Nullable Long generation,
      SweepReason reason,
      String message,
      Instant now) {
    return new ConditionSet(conditions(before), now, generation)
        .set(ConditionType.Degraded, Truth.True, reason, Text.clip(message, 2 * BRIEF))
        .list()
        .get(0);
  }

  private static Condition brief(Condition condition) {
    return new ConditionBuilder(condition)
        .withMessage(Text.clip(condition.getMessage(), BRIEF))
        .build();
  }

  /** The conditions with some in place of those of their type, in the order of the types. */
  private static List<Condition> replaced(List<Condition> before, List<Condition> by) {
    List<Condition> replaced = new ArrayList<>();
    for (ConditionType type : ConditionType.values()) {
      type.in(by).or(() -> type.in(before)).ifPresent(replaced::add);
    }
    return replaced;
  }

  private static ScalingSweepStatus with(
      @Nullable ScalingSweepStatus before, @Nullable Long generation, List<Condition> conditions) {
    ScalingSweepStatusBuilder status =
        before == null
            ? ScalingSweepStatusBuilder.builder()
            : ScalingSweepStatusBuilder.builder(before);
    return status.observedGeneration(generation).conditions(conditions).build();
  }
}
