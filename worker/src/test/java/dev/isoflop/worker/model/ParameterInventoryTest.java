package dev.isoflop.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.model.Architecture;
import dev.isoflop.model.TransformerShape;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ParameterInventoryTest {
  @Property(tries = 200)
  void holdsAsManyParametersAsTheShapeCounts(
      @ForAll Architecture architecture,
      @ForAll @IntRange(min = 1, max = 20) int layers,
      @ForAll @IntRange(min = 1, max = 64) int quarterWidth,
      @ForAll @IntRange(min = 1, max = 4) int patch,
      @ForAll @IntRange(min = 1, max = 4) int channels,
      @ForAll @IntRange(min = 1, max = 40) int textTokens,
      @ForAll @IntRange(min = 1, max = 400) int textWidth) {
    TransformerShape shape =
        new TransformerShape(
            architecture,
            layers,
            4 * quarterWidth,
            4 * quarterWidth,
            patch,
            4 * patch,
            channels,
            textTokens,
            textWidth);
    assertSameCount(shape);
  }

  /**
   * The sizes of the paper's grid and beyond, on 32 x 32 latents of 4 channels with 256 tokens of
   * 768 text features; counted by hand from the tables of {@link TransformerShape}.
   */
  @ParameterizedTest
  @CsvSource({
    "InContext, 2, 96, 223872",
    "InContext, 8, 256, 6318592",
    "InContext, 15, 960, 166077120",
    "InContext, 24, 1856, 992666752",
    "CrossAttention, 2, 96, 298752",
    "CrossAttention, 12, 512, 50449408",
    "CrossAttention, 20, 1792, 1028289024",
    "AdaLNZero, 2, 96, 353280",
    "AdaLNZero, 12, 768, 128721408",
    "AdaLNZero, 28, 1408, 1003720960"
  })
  void holdsTheModelsOfPublishedSizes(
      Architecture architecture, int layers, int width, long parameters) {
    TransformerShape shape =
        new TransformerShape(architecture, layers, width, width / 4, 2, 32, 4, 256, 768);

    assertThat(shape.parameters()).isEqualTo(parameters);
    assertSameCount(shape);
  }

  private static void assertSameCount(TransformerShape shape) {
    ParameterInventory inventory = ParameterInventory.of(shape);
    assertThat(inventory.size()).isEqualTo(shape.totalParameters());
    assertThat(
            inventory.all().stream()
                .filter(p -> p.name().startsWith("blocks.") || p.name().startsWith("norm."))
                .mapToLong(Parameter::size)
                .sum())
        .isEqualTo(shape.parameters());
  }

  @ParameterizedTest
  @EnumSource
  void decaysMatricesAndNothingElse(Architecture architecture) {
    ParameterInventory inventory = ParameterInventory.of(TinyModel.shape(architecture));

    assertThat(inventory.weights()).allMatch(p -> p.shape().size() == 2);
    assertThat(inventory.vectors()).allMatch(p -> p.shape().size() == 1);
    assertThat(inventory.decayed())
        .isEqualTo(inventory.weights().stream().mapToLong(Parameter::size).sum());
  }

  @ParameterizedTest
  @EnumSource
  void namesEveryParameterOnce(Architecture architecture) {
    assertThat(ParameterInventory.of(TinyModel.shape(architecture)).all())
        .extracting(Parameter::name)
        .doesNotHaveDuplicates();
  }
}
