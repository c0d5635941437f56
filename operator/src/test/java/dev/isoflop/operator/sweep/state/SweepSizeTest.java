package dev.isoflop.operator.sweep.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.api.v1alpha1.sweep.LawsSpec;
import dev.isoflop.api.v1alpha1.sweep.PowerLawPrior;
import dev.isoflop.api.v1alpha1.training.LayerRange;
import dev.isoflop.operator.plan.Specs;
import dev.isoflop.operator.sweep.FakeWorld;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An API server takes no resource of more than a megabyte or so; a status stays far from that. */
class SweepSizeTest {
  private static final int MOST_BYTES = 64 << 10;

  /** As many trials as a sweep may have, at as many budgets; with and without optima. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 30})
  void theStatusOfTheMostTrialsIsSmall(double offCentre) {
    Specs specs = Specs.small();
    specs.budgets =
        IntStream.range(0, Bounds.BUDGETS)
            .mapToObj(i -> 1e12 * StrictMath.pow(10, i / 21.0))
            .toList();
    specs.trialsPerBudget = 4;
    specs.repeats = Bounds.REPEATS;
    specs.extraSizes = 0;
    specs.layers = new LayerRange(1, 60);
    specs.centre = new PowerLawPrior(0.316 * offCentre, 0.5);
    specs.maxParallel = 10_000;
    specs.trialDeadline = "P9999D";
    specs.laws =
        new LawsSpec(
            0.95,
            5,
            false,
            IntStream.range(0, Bounds.PREDICTIONS)
                .mapToObj(i -> 1e16 * StrictMath.pow(2, i))
                .toList(),
            null);
    FakeWorld world = new FakeWorld(specs);
    world.slots = 20_000;
    world.turn();
    assertThat(world.trials).hasSize(Bounds.TRIALS);
    assertThat(bytes(world)).as("all running").isLessThan(MOST_BYTES);
    world.pass(Duration.ofDays(900));
    world.turn();

    assertThat(world.isTrue(ConditionType.Finished)).isTrue();
    assertThat(world.isTrue(ConditionType.LawsFitted)).isEqualTo(offCentre == 1);
    System.out.printf(
        "%d trials at %d budgets: status of %d bytes%n",
        world.trials.size(), specs.budgets.size(), bytes(world));
    assertThat(bytes(world)).as("all ended").isLessThan(MOST_BYTES);
  }

  private static int bytes(FakeWorld world) {
    return Serialization.asJson(world.status.orElseThrow()).getBytes(StandardCharsets.UTF_8).length;
  }
}
