package dev.isoflop.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TransformerShapeTest {

  private static TransformerShape tiny(Architecture architecture) {
    return new TransformerShape(architecture, 2, 8, 4, 2, 4, 3, 5, 6);
  }

  @Test
  void countsTokensOfEachArchitecture() {
    // (4 / 2)^2 = 4 image tokens, 5 text tokens, 1 time token
    assertThat(tiny(Architecture.InContext).sequenceLength()).isEqualTo(10);
    assertThat(tiny(Architecture.InContext).tokensPerSample()).isEqualTo(10);
    assertThat(tiny(Architecture.CrossAttention).sequenceLength()).isEqualTo(5);
    assertThat(tiny(Architecture.CrossAttention).tokensPerSample()).isEqualTo(10);
    assertThat(tiny(Architecture.AdaLNZero).sequenceLength()).isEqualTo(4);
    assertThat(tiny(Architecture.AdaLNZero).tokensPerSample()).isEqualTo(4);
  }

  /**
   * Worked by hand for w = 8: qkv 8*24+24 = 216, projection 8*8+8 = 72, feed-forward 8*32+32 = 288
   * and 32*8+8 = 264, two norms 32: 872 a block; final norm 16.
   */
  @Test
  void countsParametersOfTheInContextModelByHand() {
    TransformerShape shape = tiny(Architecture.InContext);
    assertThat(shape.blockParameters()).isEqualTo(216 + 72 + 288 + 264 + 32);
    assertThat(shape.parameters()).isEqualTo(2 * 872 + 16);
    long patch = 12 * 8 + 8;
    long text = 6 * 8 + 8;
    long time = 256 * 8 + 8 + 8 * 8 + 8;
    long head = 8 * 12 + 12;
    assertThat(shape.totalParameters()).isEqualTo(2 * 872 + 16 + patch + text + time + head);
  }

  /** In addition to the in-context block: query, key-value, projection 72 + 144 + 72, norm 16. */
  @Test
  void countsParametersOfTheCrossAttentionBlockByHand() {
    assertThat(tiny(Architecture.CrossAttention).blockParameters())
        .isEqualTo(872 + 72 + 144 + 72 + 16);
  }

  /** No norm gains (872 - 32), modulation 8*48+48; the final modulation is 8*16+16. */
  @Test
  void countsParametersOfTheAdaptiveNormBlockByHand() {
    TransformerShape shape = tiny(Architecture.AdaLNZero);
    assertThat(shape.blockParameters()).isEqualTo(840 + 432);
    assertThat(shape.parameters()).isEqualTo(2 * (840 + 432) + 144);
  }

  /**
   * By hand, T = 10, w = 8: linear layers 2*10*(192+64+256+256) = 15360, scores and weighted sum
   * 2*2*100*8 = 3200; patch 2*4*12*8 = 768, text 2*5*6*8 = 480, time 2*256*8 + 2*64 = 4224, head
   * 768.
   */
  @Test
  void countsForwardFlopsOfTheInContextModelByHand() {
    TransformerShape shape = tiny(Architecture.InContext);
    assertThat(shape.forwardFlops()).isEqualTo(2 * (15360 + 3200) + 768 + 480 + 4096 + 128 + 768.0);
    assertThat(shape.trainingFlops())
        .isEqualTo(3 * (2 * (15360 + 3200) + 128 + 768.0) + 2 * (768 + 480 + 4096));
  }

  /**
   * By hand, T = 5, X = 5, w = 8: self 2*5*768 + 2*2*25*8 = 8480; query and projection 2*5*128 =
   * 1280; key and value 2*5*128 = 1280; scores and sum 2*2*5*5*8 = 800.
   */
  @Test
  void countsForwardFlopsOfTheCrossAttentionModelByHand() {
    assertThat(tiny(Architecture.CrossAttention).forwardFlops())
        .isEqualTo(2 * (8480 + 1280 + 1280 + 800) + 768 + 480 + 4096 + 128 + 768.0);
  }

  /**
   * DiT-XL/2 on 256x256 images, 32x32x4 latents: 118.6 G multiply-adds forward (Peebles and Xie,
   * arXiv 2212.09748, table 4, where a multiply-add is one FLOP) and 675 M parameters. Its head
   * predicts a variance beside the noise, which moves neither by 0.1 %; its table of 1001 classes
   * stands where this model has a text projection.
   */
  @Test
  void meetsThePublishedFiguresOfDiTXl2() {
    TransformerShape xl =
        new TransformerShape(Architecture.AdaLNZero, 28, 1152, 72, 2, 32, 4, 0, 0);
    assertThat(xl.forwardFlops() / 2).isCloseTo(118.6e9, within(0.05e9));
    long classEmbedding = 1001 * 1152;
    assertThat((double) xl.totalParameters() + classEmbedding).isCloseTo(675e6, within(0.3e6));
  }

  /** The paper's rule, width 64 a layer, gives N = 49152 L^3 up to biases and norms. */
  @Property
  void followsTheCubicRuleOfThePaper(@ForAll @IntRange(min = 2, max = 27) int layers) {
    TransformerShape shape =
        new TransformerShape(Architecture.InContext, layers, 64 * layers, 64, 2, 32, 4, 77, 768);
    assertThat(shape.parameters() / (49152.0 * layers * layers * layers))
        .isCloseTo(1, within(0.012));
  }

  /** For wide models attention's share vanishes and 6 N a token is what training costs. */
  @Test
  void analyticCountApproachesSixTimesParametersForWideModels() {
    TransformerShape wide =
        new TransformerShape(Architecture.InContext, 48, 16384, 128, 2, 32, 4, 77, 768);
    double ratio =
        wide.trainingFlops(FlopConvention.Analytic) / wide.trainingFlops(FlopConvention.SixND);
    assertThat(ratio).isCloseTo(1, within(0.01));
  }

  @Test
  void refusesDimensionsThatDoNotFit() {
    assertThatThrownBy(() -> new TransformerShape(Architecture.InContext, 2, 12, 8, 2, 4, 3, 5, 6))
        .hasMessage("headDimension 8 does not divide width 12");
    assertThatThrownBy(() -> new TransformerShape(Architecture.InContext, 2, 8, 8, 3, 4, 3, 5, 6))
        .hasMessage("patchSize 3 does not divide imageSize 4");
    assertThatThrownBy(() -> new TransformerShape(Architecture.InContext, 2, 6, 6, 2, 4, 3, 5, 6))
        .hasMessageContaining("width 6 is not a multiple of 4");
    assertThatThrownBy(() -> new TransformerShape(Architecture.InContext, 0, 8, 8, 2, 4, 3, 5, 6))
        .hasMessage("layers must be at least 1, not 0");
    assertThatThrownBy(() -> new TransformerShape(Architecture.InContext, 2, 8, 8, 2, 4, 3, 5, 0))
        .hasMessageContaining("textTokens 5 and textWidth 0");
  }
}
