package dev.isoflop.operator.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.local.run.SweepEvent;
import dev.isoflop.operator.local.run.SweepSnapshot;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.TrialOutcome;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlainProgressTest {
  private final FakeTerminal terminal = new FakeTerminal();
  private final PlainProgress progress =
      new PlainProgress(terminal.stream, Snapshots.PLAN, Snapshots.START);
  private final String trial = Snapshots.PLAN.trials().get(0).name();

  @Test
  void howAllStandsIsToldOnlyNowAndThenAndInTheEnd() {
    for (int second = 0; second <= 32; second++) {
      progress.progress(Snapshots.at(second, 1, 2, 0.5));
    }
    progress.progress(Snapshots.at(33, 12, 0, 1));
    progress.end();
    progress.end();

    assertThat(terminal.lines())
        .filteredOn(line -> line.contains("/12 ended,"))
        .extracting(line -> line.substring(0, 28))
        .containsExactly(
            "2026-01-02T03:04:20Z  1/12 e",
            "2026-01-02T03:04:35Z  1/12 e",
            "2026-01-02T03:04:38Z  12/12 ");
  }

  @Test
  void whatAnEarlierRunLeftIsToldFirst() {
    progress.progress(Snapshots.at(0, 3, 2, 0.5));

    assertThat(terminal.lines())
        .containsExactly("2026-01-02T03:04:05Z  goes on      3 of 12 trials had ended before");
  }

  @Test
  void everyEventIsOneLineWithTimeAndMark() {
    progress.event(new SweepEvent.AttemptStarted(Snapshots.START, trial, 1));
    progress.event(new SweepEvent.AttemptStarted(Snapshots.START, trial, 2));
    progress.event(new SweepEvent.WorkerAdopted(Snapshots.START, trial, 2, 77));
    progress.event(new SweepEvent.Notice(Snapshots.START, "a file was put aside"));
    progress.event(
        new SweepEvent.TrialEnded(
            Snapshots.START, trial, TrialOutcome.failed(OutcomeReason.BadData, "no shards")));
    progress.progress(Snapshots.at(0, 0, 0, 0));

    assertThat(terminal.lines())
        .hasSize(5)
        .allSatisfy(line -> assertThat(line).startsWith("2026-01-02T03:04:05Z  "));
    assertThat(terminal.lines().get(0)).contains("started      1e").doesNotContain("attempt");
    assertThat(terminal.lines().get(1)).contains("started ").endsWith(", attempt 2");
    assertThat(terminal.lines().get(2)).endsWith(", in process 77 of an earlier run");
    assertThat(terminal.lines().get(3)).endsWith("note         a file was put aside");
    assertThat(terminal.lines().get(4)).contains("failed ").endsWith(": BadData, no shards");
  }

  @Test
  void theEndThatFreesASlotIsToldBeforeTheStartThatTakesIt() {
    String next = Snapshots.PLAN.trials().get(1).name();
    progress.event(new SweepEvent.TrialEnded(Snapshots.START, trial, TrialOutcome.succeeded()));
    progress.event(new SweepEvent.AttemptStarted(Snapshots.START, next, 1));
    progress.progress(Snapshots.at(0, 1, 1, 0.5));

    assertThat(terminal.lines())
        .extracting(line -> line.replaceFirst("\\S+ +(\\S+) .*", "$1"))
        .containsExactly("done", "started");
  }

  @Test
  void aClosedWindowSaysWhenItOpens() {
    SweepSnapshot open = Snapshots.at(20, 0, 0, 0);
    progress.progress(
        Snapshots.closed(open, Optional.of(Snapshots.START.plusSeconds(20 + 3 * 3600 + 720))));
    progress.end();
    progress.progress(Snapshots.closed(open, Optional.empty()));
    progress.end();

    assertThat(terminal.lines().get(0))
        .contains("0 running, 12 queued")
        .endsWith("; the launch window opens at 2026-01-02 06:16 Z, in 3h 12m");
    assertThat(terminal.lines().get(1)).contains("the launch window does not open again");
  }

  @Test
  void whatIsLeftIsNoLessThanWhatATrialSaysOfItself() {
    SweepSnapshot snapshot = Snapshots.at(20, 0, 2, 0.5);
    Duration longest =
        snapshot.trials().stream()
            .flatMap(trial -> trial.left().stream())
            .max(Duration::compareTo)
            .orElseThrow();
    progress.progress(Snapshots.ending(snapshot, Duration.ofSeconds(5)));
    progress.end();

    assertThat(longest).isGreaterThan(Duration.ofSeconds(60));
    assertThat(terminal.lines().get(0))
        .endsWith("about " + NumberFormat.duration(longest) + " left");
  }
}
