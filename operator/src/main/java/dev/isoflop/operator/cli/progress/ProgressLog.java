package dev.isoflop.operator.cli.progress;

import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.metric.Metric;
import dev.isoflop.metric.MetricValue;
import dev.isoflop.operator.cli.text.Style;
import dev.isoflop.operator.local.run.DisplayState;
import dev.isoflop.operator.local.run.SweepEvent;
import dev.isoflop.operator.local.run.SweepSnapshot;
import dev.isoflop.operator.local.run.TrialSnapshot;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.plan.SweepPlan;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.TrialOutcome;
import dev.isoflop.trial.TrialResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells what happens in a run, once each and in order. A trial's end is told with the next
 * snapshot, which knows its numbers, and so is all that happens after it.
 */
final class ProgressLog {
  private final Map<String, String> titles = new HashMap<>();
  private final List<SweepEvent> untold = new ArrayList<>();
  private boolean begun;

  /**
   * Something to say.
   *
   * @param mark one word for what happened
   */
  record Remark(Instant at, Style style, String mark, String text) {}

  ProgressLog(SweepPlan plan) {
    plan.trials().forEach(this::know);
  }

  private void know(PlannedTrial trial) {
    titles.computeIfAbsent(trial.name(), name -> TrialTitle.of(trial));
  }

  Optional<Remark> event(SweepEvent event) {
    if (!untold.isEmpty() || event instanceof SweepEvent.TrialEnded) {
      untold.add(event);
      return Optional.empty();
    }
    return remark(event);
  }

  private Optional<Remark> remark(SweepEvent event) {
    if (event instanceof SweepEvent.AttemptStarted started) {
      return remark(
          event,
          Style.PLAIN,
          "started",
          title(started.trial()) + (started.number() > 1 ? ", attempt " + started.number() : ""));
    }
    if (event instanceof SweepEvent.WorkerAdopted adopted) {
      return remark(
          event,
          Style.PLAIN,
          "goes on",
          "%s, in process %d of an earlier run".formatted(title(adopted.trial()), adopted.pid()));
    }
    if (event instanceof SweepEvent.AttemptEnded ended) {
      return remark(event, Style.WARNING, "interrupted", title(ended.trial()) + ": " + ended.how());
    }
    if (event instanceof SweepEvent.Notice notice) {
      return remark(event, Style.WARNING, "note", notice.message());
    }
    return Optional.empty();
  }

  /** Remarks on what the new numbers show. */
  List<Remark> progress(SweepSnapshot snapshot) {
    List<Remark> remarks = new ArrayList<>();
    snapshot.trials().forEach(trial -> know(trial.planned()));
    if (!begun) {
      begun = true;
      before(snapshot).ifPresent(remarks::add);
    }
    for (SweepEvent event : untold) {
      if (event instanceof SweepEvent.TrialEnded ended) {
        remarks.add(end(ended, snapshot));
      } else {
        remark(event).ifPresent(remarks::add);
      }
    }
    untold.clear();
    return remarks;
  }

  /** A remark on what an earlier run has left. */
  private Optional<Remark> before(SweepSnapshot snapshot) {
    long ended =
        snapshot.count(DisplayState.Succeeded)
            + snapshot.count(DisplayState.Excluded)
            + snapshot.count(DisplayState.Failed)
            - untold.stream().filter(SweepEvent.TrialEnded.class::isInstance).count();
    return ended <= 0
        ? Optional.empty()
        : Optional.of(
            new Remark(
                snapshot.at(),
                Style.PLAIN,
                "goes on",
                "%d of %s had ended before"
                    .formatted(ended, NumberFormat.several(snapshot.trials().size(), "trial"))));
  }

  private Remark end(SweepEvent.TrialEnded ended, SweepSnapshot snapshot) {
    TrialOutcome outcome = ended.outcome();
    Style style =
        switch (outcome.type()) {
          case Succeeded -> Style.GOOD;
          case Excluded -> Style.WARNING;
          case Failed -> Style.BAD;
        };
    String mark =
        switch (outcome.type()) {
          case Succeeded -> "done";
          case Excluded -> "excluded";
          case Failed -> "failed";
        };
    String details =
        switch (outcome.type()) {
          case Succeeded ->
              snapshot.trials().stream()
                  .filter(trial -> trial.name().equals(ended.trial()))
                  .findFirst()
                  .flatMap(ProgressLog::numbers)
                  .orElse("");
          case Excluded, Failed -> ": " + reason(outcome);
        };
    return new Remark(ended.at(), style, mark, title(ended.trial()) + details);
  }

  private static Optional<String> numbers(TrialSnapshot trial) {
    String dataset = trial.planned().experiment().data().evaluation().get(0).name();
    return trial
        .result()
        .map(
            result ->
                "%s, trained %s"
                    .formatted(
                        loss(result, dataset),
                        NumberFormat.duration(
                            Duration.ofMillis((long) (1000 * result.trainingSeconds())))));
  }

  private static String loss(TrialResult result, String dataset) {
    return result
        .metric(Metric.ValidationLoss, dataset)
        .map(MetricValue::value)
        .map(value -> ", loss " + NumberFormat.significant(value, 4))
        .orElse("");
  }

  private static String reason(TrialOutcome outcome) {
    OutcomeReason reason = outcome.reason();
    String message = outcome.message() == null ? "no reason is known" : outcome.message();
    return reason == null ? message : reason + ", " + message;
  }

  private String title(String trial) {
    return titles.getOrDefault(trial, trial);
  }

  private static Optional<Remark> remark(SweepEvent event, Style style, String mark, String text) {
    return Optional.of(new Remark(event.at(), style, mark, text));
  }
}
