package dev.isoflop.operator.meters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.Trial;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SweepMetersTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final SweepMeters meters = new SweepMeters(registry);

  /** All gauges of sweep small, a line each, without the labels that they share. */
  private String shown() {
    return registry.getMeters().stream()
        .filter(Gauge.class::isInstance)
        .map(Gauge.class::cast)
        .map(gauge -> text(gauge.getId()) + " " + gauge.value())
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  private static String text(Meter.Id id) {
    assertThat(id.getTag("namespace")).isEqualTo("research");
    assertThat(id.getTag("sweep")).isEqualTo("small");
    return id.getName()
        + id.getTags().stream()
            .filter(tag -> !List.of("namespace", "sweep").contains(tag.getKey()))
            .map(tag -> tag.getKey() + "=" + tag.getValue())
            .collect(Collectors.joining(",", "{", "}"));
  }

  @Test
  void showsCountsCostConditionsOptimaAndLaws() throws Exception {
    ScalingSweep sweep =
        MeteredSweep.sweep(
            "small",
            """
            conditions:
            - {type: Degraded, status: "False"}
            - {type: Accepted, status: "True"}
            - {type: LawsFitted, status: Unknown}
            trials: {planned: 9, queued: 1, running: 2, succeeded: 3, excluded: 2, failed: 1}
            compute: {plannedFlops: 9e17, spentFlops: 4e17, acceleratorHours: 2.5}
            budgets:
            - {flops: 1e17, optimum: {parameters: 4e6, tokens: 4e9, samples: 2e7, loss: 0.8}}
            - {flops: 3e17}
            laws:
              parameters:
                {coefficient: 0.001, exponent: 0.5, rSquared: 0.99,
                 interval: {exponent: {lower: 0.4, upper: 0.6}}}
              samples: {coefficient: 2, exponent: 0.5}
            """);

    meters.show(sweep, List.of());

    assertThat(shown())
        .isEqualTo(
            """
            isoflop_sweep_accelerator_seconds{} 9000.0
            isoflop_sweep_condition{type=Accepted} 1.0
            isoflop_sweep_condition{type=Degraded} 0.0
            isoflop_sweep_flops_planned{} 9.0E17
            isoflop_sweep_flops_spent{} 4.0E17
            isoflop_sweep_law_coefficient{quantity=parameters} 0.001
            isoflop_sweep_law_coefficient{quantity=samples} 2.0
            isoflop_sweep_law_exponent_bound{bound=lower,quantity=parameters} 0.4
            isoflop_sweep_law_exponent_bound{bound=upper,quantity=parameters} 0.6
            isoflop_sweep_law_exponent{quantity=parameters} 0.5
            isoflop_sweep_law_exponent{quantity=samples} 0.5
            isoflop_sweep_law_r_squared{quantity=parameters} 0.99
            isoflop_sweep_law_value{budget=1.0E17,quantity=parameters} 316227.76601683797
            isoflop_sweep_law_value{budget=1.0E17,quantity=samples} 6.324555320336759E8
            isoflop_sweep_law_value{budget=3.0E17,quantity=parameters} 547722.5575051662
            isoflop_sweep_law_value{budget=3.0E17,quantity=samples} 1.0954451150103323E9
            isoflop_sweep_optimum_loss{budget=1.0E17} 0.8
            isoflop_sweep_optimum_parameters{budget=1.0E17} 4000000.0
            isoflop_sweep_optimum_samples{budget=1.0E17} 2.0E7
            isoflop_sweep_optimum_tokens{budget=1.0E17} 4.0E9
            isoflop_sweep_trials_planned{} 9.0
            isoflop_sweep_trials{state=excluded} 2.0
            isoflop_sweep_trials{state=failed} 1.0
            isoflop_sweep_trials{state=queued} 1.0
            isoflop_sweep_trials{state=running} 2.0
            isoflop_sweep_trials{state=succeeded} 3.0\
            """);
  }

  @Test
  void showsTheTrialsThatEnterTheFitByTheLossThatIsFitted() throws Exception {
    List<Trial> trials =
        List.of(
            MeteredSweep.trial("a", "Succeeded", "2026-01-01T00:00:00Z", 100, 0.7),
            MeteredSweep.trial("b", "Excluded", "2026-01-01T00:00:00Z", 200, 0.6));

    meters.show(MeteredSweep.sweep("small", "{}"), trials);

    assertThat(shown())
        .isEqualTo(
            """
            isoflop_trial_loss{budget=1.0E17,parameters=100,trial=a} 0.7
            isoflop_trial_parameters{budget=1.0E17,trial=a} 100.0
            isoflop_trial_result{budget=1.0E17,dataset=coco,metric=ValidationLoss,trial=a} 9.0
            isoflop_trial_result{budget=1.0E17,dataset=laion,metric=ValidationLoss,trial=a} 0.7\
            """);
  }

  @Test
  void showsWhatTrialsLeftOutOfBrokenData() throws Exception {
    Trial trial =
        MeteredSweep.trial(
            "a",
            "Succeeded",
            "2026-01-01T00:00:00Z",
            100,
            0.7,
            "leftOut: [{field: data.train, dataset: laion, samples: 3}]");

    meters.show(MeteredSweep.sweep("small", "{}"), List.of(trial));

    assertThat(shown())
        .contains(
            "isoflop_trial_broken_samples{budget=1.0E17,dataset=laion,field=data.train,trial=a}"
                + " 3.0");
  }

  /** Points on a parabola in log N give that parabola back, between the sizes that were trained. */
  @Test
  void showsTheCurveThroughThePointsOfABudget() throws Exception {
    List<Trial> trials = new ArrayList<>();
    for (long parameters : new long[] {1000, 2000, 8000}) {
      double u = Math.log(parameters / 2000.0);
      trials.add(
          MeteredSweep.trial(
              "t" + parameters,
              "Succeeded",
              "2026-01-01T00:00:00Z",
              parameters,
              0.5 + 0.1 * u * u));
    }

    meters.show(
        MeteredSweep.sweep(
            "small",
            "budgets: [{flops: 1e17, optimum: {parameters: 2000, tokens: 1, loss: 0.5}},"
                + " {flops: 3e17, optimum: {parameters: 2000, tokens: 1, loss: 0.4}}]"),
        trials);

    assertThat(registry.find("isoflop_sweep_curve_loss").gauges())
        .hasSize(CurveReadings.POINTS)
        .allSatisfy(
            gauge -> {
              double parameters = Double.parseDouble(gauge.getId().getTag("parameters"));
              double u = Math.log(parameters / 2000);
              assertThat(parameters).isBetween(1000.0, 8000.0);
              assertThat(gauge.value()).isCloseTo(0.5 + 0.1 * u * u, within(1e-4));
            });
    assertThat(registry.get("isoflop_sweep_curve_minimum").gauges())
        .singleElement()
        .satisfies(
            gauge -> {
              assertThat(gauge.getId().getTag("parameters")).isEqualTo("2000");
              assertThat(gauge.value()).isEqualTo(0.5);
            });
  }

  @Test
  void showsTheNewestOfVeryManyTrials() throws Exception {
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < PointReadings.MOST + 5; i++) {
      trials.add(
          MeteredSweep.trial(
              "t" + i, "Succeeded", "2026-01-01T00:%02d:%02dZ".formatted(i / 60, i % 60), 1, 0.5));
    }

    meters.show(MeteredSweep.sweep("small", "{}"), trials);

    List<String> names =
        registry.find("isoflop_trial_loss").gauges().stream()
            .map(gauge -> String.valueOf(gauge.getId().getTag("trial")))
            .toList();
    assertThat(names).hasSize(PointReadings.MOST).doesNotContain("t0", "t4").contains("t5");
  }

  @Test
  void aLaterShowReplacesTheEarlierOne() throws Exception {
    meters.show(MeteredSweep.sweep("small", "trials: {planned: 9, queued: 9}"), List.of());
    meters.show(MeteredSweep.sweep("other", "compute: {plannedFlops: 1}"), List.of());
    meters.show(
        MeteredSweep.sweep("small", "compute: {plannedFlops: 5, spentFlops: 2}"), List.of());

    assertThat(registry.find("isoflop_sweep_trials").gauges()).isEmpty();
    assertThat(registry.get("isoflop_sweep_flops_spent").tag("sweep", "small").gauge().value())
        .isEqualTo(2);
    assertThat(registry.find("isoflop_sweep_flops_planned").gauges()).hasSize(2);
  }

  @Test
  void aSweepThatIsGoneIsShownNoLonger() throws Exception {
    ScalingSweep one = MeteredSweep.sweep("one", "trials: {planned: 9}");
    ScalingSweep two = MeteredSweep.sweep("two", "trials: {planned: 9}");
    meters.show(one, List.of());
    meters.show(two, List.of());

    meters.retain(List.of(two));
    assertThat(registry.get("isoflop_sweep_trials_planned").gauges())
        .extracting(gauge -> gauge.getId().getTag("sweep"))
        .containsExactly("two");
    meters.retain(List.of());
    assertThat(registry.getMeters()).isEmpty();
  }
}
