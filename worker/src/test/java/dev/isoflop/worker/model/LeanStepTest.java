package dev.isoflop.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.model.Architecture;
import dev.isoflop.worker.diffusion.RunSeed;
import dev.isoflop.worker.model.ModelState.Section;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps that save memory take the numbers of those that do not. */
class LeanStepTest {
  private static final ModelPrecision FP32 = new ModelPrecision(false, true);
  private static final int STEPS = 5;

  /** What a few steps from one random state leave. */
  private record Trained(StepResult last, List<Float> parameters, List<Float> firstMoment) {
    static Trained by(TinyModel tiny) {
      try (tiny;
          ModelState state = tiny.randomState(3)) {
        StepResult last = new StepResult(0, 0);
        for (int step = 1; step <= STEPS; step++) {
          StepSettings settings = new StepSettings(step, 1e-3, 0.9);
          last =
              tiny.model.trainStep(state, tiny.pictures, tiny.features, new RunSeed(5), settings);
        }
        return new Trained(
            last,
            list(TinyModel.read(state, Section.PARAMETERS)),
            list(TinyModel.read(state, Section.FIRST_MOMENT)));
      }
    }

    private static List<Float> list(float[] values) {
      List<Float> list = new ArrayList<>(values.length);
      for (float value : values) {
        list.add(value);
      }
      return list;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "InContext, false, true",
    "InContext, false, false",
    "InContext, true, false",
    "CrossAttention, false, true",
    "CrossAttention, false, false",
    "CrossAttention, true, false",
    "AdaLNZero, false, true",
    "AdaLNZero, false, false",
    "AdaLNZero, true, false"
  })
  void computingBlocksAgainGivesTheSameBits(
      Architecture architecture, boolean bfloat16, boolean fused) {
    var shape = TinyModel.shape(architecture);
    ModelPrecision precision = new ModelPrecision(bfloat16, fused);

    Trained plain = Trained.by(TinyModel.lean(shape, precision, null, false));
    Trained again = Trained.by(TinyModel.lean(shape, precision, null, true));

    assertThat(again.last()).isEqualTo(plain.last());
    assertThat(again.firstMoment()).isEqualTo(plain.firstMoment());
    assertThat(again.parameters()).isEqualTo(plain.parameters());
  }

  /**
   * Portions of 1 to 5 of a batch of 6: those that divide it, and those that leave a smaller one.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void portionsOfABatchAddUpToIt(int portion) {
    Trained whole = Trained.by(TinyModel.lean(TinyModel.SHAPE, FP32, null, false));
    assertSame(
        Trained.by(TinyModel.lean(TinyModel.SHAPE, FP32, portion, false)),
        whole,
        ParameterInventory.of(TinyModel.SHAPE));
  }

  @ParameterizedTest
  @EnumSource
  void portionsAddUpInEveryArchitectureAlsoWithBlocksComputedAgain(Architecture architecture) {
    var shape = TinyModel.shape(architecture);
    Trained whole = Trained.by(TinyModel.lean(shape, FP32, null, false));

    assertSame(
        Trained.by(TinyModel.lean(shape, FP32, 4, false)), whole, ParameterInventory.of(shape));
    assertThat(Trained.by(TinyModel.lean(shape, FP32, 4, true)).parameters())
        .isEqualTo(Trained.by(TinyModel.lean(shape, FP32, 4, false)).parameters());
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 7, 1000})
  void aPortionAsLargeAsTheBatchIsTheBatch(int portion) {
    Trained whole = Trained.by(TinyModel.lean(TinyModel.SHAPE, FP32, null, false));

    assertThat(Trained.by(TinyModel.lean(TinyModel.SHAPE, FP32, portion, false)).parameters())
        .isEqualTo(whole.parameters());
  }

  /**
   * Equal up to the order of sums. A key's bias moves all scores of a query alike, which softmax
   * does not see: its gradient is rounding, and AdamW divides it by its own size, so it is left
   * out. How sums are ordered depends on the processor, too. Errors of up to 1.0e-6 were seen; a
   * shorter last portion that is weighed as a full one makes them 1.4e-3 (the median).
   */
  private static void assertSame(Trained portions, Trained whole, ParameterInventory inventory) {
    assertThat(portions.last().loss())
        .isCloseTo(whole.last().loss(), within(1e-6 * whole.last().loss()));
    assertThat(portions.last().gradientNorm())
        .isCloseTo(whole.last().gradientNorm(), within(1e-6 * whole.last().gradientNorm()));
    int offset = 0;
    for (Parameter parameter : inventory.all()) {
      int size = Math.toIntExact(parameter.size());
      boolean ofKeys = parameter.name().matches(".*(qkv|kv)\\.bias");
      double error = 0;
      double squares = 0;
      for (int i = offset; i < offset + size; i++) {
        error += Math.pow((double) portions.parameters().get(i) - whole.parameters().get(i), 2);
        squares += Math.pow(whole.parameters().get(i), 2);
        assertThat(portions.firstMoment().get(i))
            .as(parameter.name())
            .isCloseTo(whole.firstMoment().get(i), within(1e-6f));
      }
      if (!ofKeys) {
        assertThat(Math.sqrt(error / squares)).as(parameter.name()).isLessThan(1e-5);
      }
      offset += size;
    }
  }
}
