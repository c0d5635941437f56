package dev.isoflop.operator.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.operator.cli.text.Ink;
import dev.isoflop.operator.local.run.SweepEvent;
import dev.isoflop.trial.TrialOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveProgressTest {
  private final FakeTerminal terminal = new FakeTerminal();
  private ScreenSize size = new ScreenSize(100, 24);
  private final LiveProgress progress =
      new LiveProgress(terminal.stream, Ink.COLOUR, () -> size, Snapshots.PLAN, Snapshots.START);

  @Test
  void theTableShowsRunningTrialsAndHowTheSweepStands() {
    progress.progress(Snapshots.at(20, 0, 2, 0.5));

    List<String> lines = terminal.lines();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).matches("BUDGET +MODEL +PROGRESS +LOSS +STEPS/S +LEFT");
    assertThat(lines.get(1))
        .contains("[############............]  50 %", "0.9877", "12.3", "1m 15s");
    assertThat(lines.get(3))
        .isEqualTo(
            "0/12 ended, 2 running, 10 queued; 1.5e11 of 6e11 FLOPs; 20s so far, about 2m 10s"
                + " left");
  }

  @Test
  void itIsDrawnOverAgainAndLeavesNothingBehind() {
    progress.progress(Snapshots.at(20, 0, 4, 0.5));
    progress.progress(Snapshots.at(21, 2, 2, 0.6));
    progress.progress(Snapshots.at(22, 2, 1, 1.0));

    assertThat(terminal.lines())
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).contains("] measuring"))
        .noneSatisfy(line -> assertThat(line).contains("50 %"));

    progress.end();

    assertThat(terminal.lines()).isEmpty();
  }

  @Test
  void whatHappensScrollsAwayAboveTheTable() {
    String trial = Snapshots.PLAN.trials().get(0).name();
    progress.progress(Snapshots.at(20, 0, 2, 0.5));
    progress.event(new SweepEvent.AttemptStarted(Snapshots.START, trial, 1));
    progress.event(new SweepEvent.AttemptEnded(Snapshots.START, trial, 1, "exit 137: killed"));
    progress.event(new SweepEvent.TrialEnded(Snapshots.START, trial, TrialOutcome.succeeded()));
    progress.progress(Snapshots.at(21, 1, 2, 0.6));

    List<String> lines = terminal.lines();
    assertThat(lines.get(0)).startsWith("interrupted  1e").endsWith(": exit 137: killed");
    assertThat(lines.get(1)).startsWith("done         ");
    assertThat(lines.get(2)).startsWith("BUDGET");
    assertThat(lines).filteredOn(line -> line.startsWith("BUDGET")).hasSize(1);

    progress.end();

    assertThat(terminal.lines()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 60, 80, 100, 200})
  void noLineIsAsWideAsTheTerminal(int columns) {
    size = new ScreenSize(columns, 24);
    progress.progress(Snapshots.at(20, 3, 4, 0.5));

    assertThat(terminal.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(columns));
  }

  @Test
  void onANarrowTerminalTheBarsGiveWayToTheNumbers() {
    size = new ScreenSize(80, 24);
    progress.progress(Snapshots.at(20, 3, 4, 0.5));

    assertThat(terminal.lines())
        .filteredOn(line -> line.contains("#"))
        .hasSize(4)
        .allSatisfy(line -> assertThat(line).contains("50 %", "0.9877", "12.3").endsWith("1m 15s"));
  }

  @Test
  void atSixtyColumnsSpeedAndLossAreLeftOutAndNothingIsCut() {
    size = new ScreenSize(60, 24);
    progress.progress(Snapshots.at(20, 3, 4, 0.5));

    assertThat(terminal.lines().get(1)).matches("BUDGET +MODEL +PROGRESS +LEFT");
    assertThat(terminal.lines())
        .filteredOn(line -> line.contains("#"))
        .hasSize(4)
        .allSatisfy(line -> assertThat(line).contains("50 %").endsWith("1m 15s"));
  }

  @Test
  void onALowTerminalTheTrialsLeftOutAreCounted() {
    size = new ScreenSize(100, 6);
    progress.progress(Snapshots.at(20, 0, 8, 0.5));

    List<String> lines = terminal.lines();
    assertThat(lines).hasSizeLessThan(6);
    assertThat(lines).anySatisfy(line -> assertThat(line).isEqualTo("and 6 more running"));
  }
}
