package dev.isoflop.operator.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.trial.LeftOut;
import dev.isoflop.trial.TrialOutcome;
import dev.isoflop.trial.TrialResult;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeftOutSamplesTest {
  private static TrialResult result(@Nullable Long broken, LeftOut... sets) {
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
        broken,
        sets.length == 0 ? null : List.of(sets));
  }

  @Test
  void wholeDataIsNotSpokenOf() {
    assertThat(LeftOutSamples.ofResults(List.of(result(null), result(null)))).isEmpty();
  }

  @Test
  void trialsAndTheMostOfOneAreCounted() {
    assertThat(
            LeftOutSamples.ofResults(List.of(result(1L), result(null), result(3L)))
                .map(LeftOutSamples::sentence))
        .contains(
            "2 trials left out broken samples, at most 3 each; broken-samples.tsv in a trial's"
                + " folder lists them");
  }

  /** The set that is trained on and one that is measured on often have the same name. */
  @Test
  void setsAreNamedWithTheirPlaces() {
    assertThat(
            LeftOutSamples.ofResults(
                    List.of(
                        result(
                            3L,
                            new LeftOut("data.train", "google", 1),
                            new LeftOut("data.evaluation[0]", "google", 2)),
                        result(1200L, new LeftOut("data.train", "google", 1200))))
                .map(LeftOutSamples::sentence))
        .contains(
            "2 trials left out broken samples, at most 1,200 of google (data.train) and 2 of google"
                + " (data.evaluation[0]) each; broken-samples.tsv in a trial's folder lists them");
  }

  /** Results of former releases count all sets together. */
  @Test
  void aTrialThatDoesNotTellItsSetsIsNotTakenForOneThatLeftOutLess() {
    assertThat(
            LeftOutSamples.ofResults(
                    List.of(result(1200L), result(3L, new LeftOut("data.train", "google", 3))))
                .map(LeftOutSamples::sentence))
        .hasValueSatisfying(sentence -> assertThat(sentence).contains("1,200"));
  }
}
