package dev.isoflop.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.trial.TrialOutcome;
import dev.isoflop.trial.TrialResult;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeftOutSamplesTest {
  private static TrialResult result(@Nullable Long broken) {
    return new TrialResult(
        "t",
        "0123456789abcdef",
        TrialOutcome.succeeded(),
        1,
        1,
        1,
        1,
        1,
        1,
        0.5,
        List.of(),
        1,
        1,
        null,
        "isoflop test",
        broken);
  }

  @Test
  void wholeDataIsNotSpokenOf() {
    assertThat(LeftOutSamples.told(List.of(result(null), result(null)))).isEmpty();
  }

  @Test
  void trialsAndTheMostOfOneAreCounted() {
    assertThat(LeftOutSamples.told(List.of(result(1L), result(null), result(3L))))
        .contains(
            "2 trials left out broken samples, at most 3 each; broken-samples.tsv in a trial's"
                + " folder lists them");
  }
}
