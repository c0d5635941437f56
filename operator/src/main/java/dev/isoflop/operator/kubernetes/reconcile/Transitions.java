package dev.isoflop.operator.kubernetes.reconcile;

import static java.util.Objects.requireNonNull;

import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.api.v1alpha1.status.InterruptionStatus;
import dev.isoflop.api.v1alpha1.status.IntervalStatus;
import dev.isoflop.api.v1alpha1.status.PredictionStatus;
import dev.isoflop.laws.stats.Interval;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.sweep.state.Announcement;
import dev.isoflop.operator.sweep.state.ConditionType;
import dev.isoflop.operator.sweep.state.Interruptions;
import dev.isoflop.operator.sweep.status.SweepReason;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Notices of a change of status: one for each transition and each end of a worker. */
final class Transitions {

  /**
   * Something that happened.
   *
   * @param warning whether someone should look
   * @param reason one CamelCase word
   * @param at when, as the status says; with the rest it identifies the notice
   * @param attempt that it is about; 0 where it is about none
   */
  record Notice(boolean warning, String reason, String message, String at, int attempt) {
    /** A notice about no attempt. */
    Notice(boolean warning, String reason, String message, String at) {
      this(warning, reason, message, at, 0);
    }
  }

  /** Reasons of a trial's condition Running that someone should look at. */
  private static final Set<String> BAD =
      Set.of("Failed", "Excluded", "BackOff", "Blocked", "Disrupted", "Waiting", "NodeLost");

  /** Reasons of conditions that only follow from the spec not being accepted, which is told. */
  private static final Set<String> OF_A_REFUSAL =
      Set.of(SweepReason.Refused.name(), SweepReason.Unreadable.name());

  private Transitions() {}

  /** Notices of a sweep's new status. */
  static List<Notice> of(@Nullable ScalingSweepStatus before, ScalingSweepStatus after) {
    List<Condition> known = before == null ? List.of() : before.conditions();
    List<Notice> notices = new ArrayList<>();
    boolean refused =
        ConditionType.Accepted.in(after.conditions())
            .filter(accepted -> "False".equals(accepted.getStatus()))
            .isPresent();
    for (Condition condition : after.conditions()) {
      ConditionType type = ConditionType.valueOf(condition.getType());
      boolean follows =
          refused && type != ConditionType.Accepted && OF_A_REFUSAL.contains(condition.getReason());
      if (!follows && tells(type, condition) && changed(type, known, condition)) {
        notices.add(notice(condition, isBad(type, condition)));
      }
    }
    after.predictions().stream()
        .filter(prediction -> prediction.measured() != null)
        .filter(prediction -> before == null || !measured(before, prediction.flops()))
        .map(Transitions::measured)
        .forEach(notices::add);
    return notices;
  }

  private static boolean measured(ScalingSweepStatus status, double flops) {
    return status.predictions().stream()
        .anyMatch(prediction -> prediction.flops() == flops && prediction.measured() != null);
  }

  private static Notice measured(PredictionStatus prediction) {
    Double loss = prediction.loss();
    IntervalStatus interval = prediction.interval();
    String predicted = loss == null ? "" : ", predicted " + NumberFormat.number(loss);
    String within =
        interval == null
            ? ""
            : " " + NumberFormat.interval(new Interval(interval.lower(), interval.upper()));
    return new Notice(
        false,
        "PredictionMeasured",
        "%s FLOPs: loss %s%s%s"
            .formatted(
                NumberFormat.flops(prediction.flops()),
                NumberFormat.number(requireNonNull(prediction.measured())),
                predicted,
                within),
        "");
  }

  /** The notice of an announcement, which is told once, whoever tells it. */
  static Notice notice(Announcement announcement) {
    return new Notice(false, announcement.reason(), announcement.message(), "");
  }

  /**
   * Notices of a trial's new status: each attempt's end and beginning, also where both fall into
   * one status, workers lost while their attempt goes on, and the outcome.
   */
  static List<Notice> of(@Nullable TrialStatus before, TrialStatus after) {
    List<Condition> known = before == null ? List.of() : before.conditions();
    boolean begun =
        ConditionType.Running.isTrue(after.conditions())
            && after.attempt() > (before == null ? 0 : before.attempt());
    Optional<InterruptionStatus> interruption =
        Interruptions.news(Optional.ofNullable(before), after);
    List<Notice> notices = new ArrayList<>();
    interruption.map(news -> notice(news, after)).ifPresent(notices::add);
    ConditionType.Running.in(after.conditions())
        .filter(condition -> begun || changed(ConditionType.Running, known, condition))
        .filter(
            condition ->
                interruption.filter(news -> news.reason().equals(condition.getReason())).isEmpty())
        .map(
            condition ->
                new Notice(
                    BAD.contains(condition.getReason()),
                    condition.getReason(),
                    condition.getMessage(),
                    String.valueOf(condition.getLastTransitionTime()),
                    after.attempt()))
        .ifPresent(notices::add);
    return notices;
  }

  private static Notice notice(InterruptionStatus news, TrialStatus status) {
    return new Notice(
        BAD.contains(news.reason()),
        news.reason(),
        "attempt %d: %s".formatted(news.attempt(), Interruptions.sentence(news, status)),
        news.time(),
        news.attempt());
  }

  /** Conditions that only wait for others have nothing to tell. */
  private static boolean tells(ConditionType type, Condition condition) {
    return switch (type) {
      case Accepted, Progressing, Degraded -> true;
      case MetricsAvailable -> "False".equals(condition.getStatus());
      case LawsFitted -> !"Waiting".equals(condition.getReason());
      case Finished -> "True".equals(condition.getStatus());
      case Succeeded -> !"Unknown".equals(condition.getStatus());
      case Running -> false;
    };
  }

  private static boolean isBad(ConditionType type, Condition condition) {
    boolean isTrue = "True".equals(condition.getStatus());
    return switch (type) {
      case Accepted, MetricsAvailable, LawsFitted, Succeeded -> !isTrue;
      case Degraded -> isTrue;
      case Progressing, Finished, Running -> false;
    };
  }

  private static boolean changed(ConditionType type, List<Condition> known, Condition condition) {
    Optional<Condition> before = type.in(known);
    boolean first = before.isEmpty();
    boolean quiet =
        first && type == ConditionType.Degraded && "False".equals(condition.getStatus());
    return !quiet
        && (first
            || !Objects.equals(before.get().getStatus(), condition.getStatus())
            || !Objects.equals(before.get().getReason(), condition.getReason()));
  }

  private static Notice notice(Condition condition, boolean warning) {
    return new Notice(
        warning,
        condition.getReason(),
        condition.getMessage(),
        String.valueOf(condition.getLastTransitionTime()));
  }
}
