package dev.isoflop.model;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/**
 * The dimensions of one diffusion transformer, and what follows from them: exact counts of its
 * parameters and of the matrix multiplications that a sample costs.
 *
 * <p>Symbols: L layers, w width, p patch size, c channels, I = (imageSize / p)^2 image tokens, X
 * text tokens of e features each, T the positions of the main sequence. A linear layer from a to b
 * has ab + b parameters and costs 2ab FLOPs a position. The feed-forward ratio is 4.
 *
 * <table>
 * <caption>One block: parameters, and forward FLOPs of one sample</caption>
 * <tr><th></th><th>T</th><th>parameters</th><th>forward FLOPs</th></tr>
 * <tr><td>in-context</td><td>I + X + 1</td>
 *   <td>12w^2 + 13w: attention 4w^2 + 4w, feed-forward 8w^2 + 5w, two norms 4w</td>
 *   <td>24 T w^2 + 4 T^2 w (scores and weighted sum)</td></tr>
 * <tr><td>cross-attention</td><td>I + 1</td>
 *   <td>16w^2 + 19w: in addition cross-attention 4w^2 + 4w and its norm 2w</td>
 *   <td>24 T w^2 + 4 T^2 w + 4 T w^2 + 4 X w^2 + 4 T X w</td></tr>
 * <tr><td>adaLN-Zero</td><td>I</td>
 *   <td>18w^2 + 15w: norms without gains, modulation 6w^2 + 6w</td>
 *   <td>24 T w^2 + 4 T^2 w + 12 w^2 (modulation, once a sample)</td></tr>
 * </table>
 *
 * <p>Around the blocks stand the patch embedding p^2 c to w, the text projection e to w, the time
 * embedding 256 to w to w, and a final norm with a head w to p^2 c. Positions are fixed sines and
 * have no parameters. The final norm has a gain and a bias (2w), except in adaLN-Zero, where a
 * modulation (2w^2 + 2w) takes their place. adaLN-Zero projects the caption's mean text feature, so
 * its text projection runs once a sample.
 */
public record TransformerShape(
    @Required @JsonPropertyDescription("How text and time reach the image tokens.")
        Architecture architecture,
    @Required @Min(1) @Max(1024) @JsonPropertyDescription("Transformer blocks.") int layers,
    @Required @Min(1) @Max(65536) @JsonPropertyDescription("Features of a token.") int width,
    @Required
        @Min(1)
        @Max(65536)
        @JsonPropertyDescription("Features of one attention head; divides the width.")
        int headDimension,
    @Required
        @Min(1)
        @Max(64)
        @JsonPropertyDescription("Edge of a square patch, in pixels or latent cells.")
        int patchSize,
    @Required
        @Min(1)
        @Max(4096)
        @JsonPropertyDescription("Edge of the square input, in pixels or latent cells.")
        int imageSize,
    @Required @Min(1) @Max(1024) @JsonPropertyDescription("Channels of the input.") int channels,
    @Required @Min(0) @Max(4096) @JsonPropertyDescription("Text tokens of a caption.")
        int textTokens,
    @Required @Min(0) @Max(65536) @JsonPropertyDescription("Features of a text token.")
        int textWidth) {

  /** Sines and cosines that describe the diffusion time before its embedding. */
  public static final int TIME_FREQUENCIES = 256;

  /** Throws {@link IllegalArgumentException} for dimensions that do not fit together. */
  public TransformerShape {
    requirePositive("layers", layers);
    requirePositive("width", width);
    requirePositive("headDimension", headDimension);
    requirePositive("patchSize", patchSize);
    requirePositive("imageSize", imageSize);
    requirePositive("channels", channels);
    if (textTokens < 0 || textWidth < 0 || (textTokens == 0) != (textWidth == 0)) {
      throw new IllegalArgumentException(
          "textTokens %d and textWidth %d: both positive, or both 0 for a model without captions"
              .formatted(textTokens, textWidth));
    }
    if (width % headDimension != 0) {
      throw new IllegalArgumentException(
          "headDimension %d does not divide width %d".formatted(headDimension, width));
    }
    if (width % 4 != 0) {
      throw new IllegalArgumentException(
          "width %d is not a multiple of 4, which the two-dimensional sine positions need"
              .formatted(width));
    }
    if (imageSize % patchSize != 0) {
      throw new IllegalArgumentException(
          "patchSize %d does not divide imageSize %d".formatted(patchSize, imageSize));
    }
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s must be at least 1, not %d".formatted(name, value));
    }
  }

  /** Attention heads. */
  public int heads() {
    return width / headDimension;
  }

  /** I: patches of one input. */
  public int imageTokens() {
    return (imageSize / patchSize) * (imageSize / patchSize);
  }

  /** Values in one patch, p^2 c. */
  public int patchValues() {
    return patchSize * patchSize * channels;
  }

  /** T: positions of the sequence that runs through the blocks. */
  public int sequenceLength() {
    return switch (architecture) {
      case InContext -> imageTokens() + textTokens + 1;
      case CrossAttention -> imageTokens() + 1;
      case AdaLNZero -> imageTokens();
    };
  }

  /**
   * Tokens that one sample adds to D: every position that the blocks process, the text positions
   * that cross-attention reads among them.
   */
  public int tokensPerSample() {
    return switch (architecture) {
      case InContext, AdaLNZero -> sequenceLength();
      case CrossAttention -> sequenceLength() + textTokens;
    };
  }

  /** Parameters of one block. */
  public long blockParameters() {
    long w = width;
    return switch (architecture) {
      case InContext -> 12 * w * w + 13 * w;
      case CrossAttention -> 16 * w * w + 19 * w;
      case AdaLNZero -> 18 * w * w + 15 * w;
    };
  }

  /** N: parameters of all blocks and of the final norm, without embeddings and head. */
  public long parameters() {
    return layers * blockParameters() + finalNormParameters();
  }

  /** All trainable parameters, embeddings and head included. */
  public long totalParameters() {
    long w = width;
    long patch = patchValues() * w + w;
    long text = textTokens == 0 ? 0 : textWidth * w + w;
    long time = TIME_FREQUENCIES * w + w + w * w + w;
    long head = w * patchValues() + patchValues();
    return parameters() + patch + text + time + head;
  }

  private long finalNormParameters() {
    long w = width;
    return architecture == Architecture.AdaLNZero ? 2 * w * w + 2 * w : 2 * w;
  }

  /** Matrix-multiplication FLOPs of one sample's forward pass. */
  public double forwardFlops() {
    return inputFlops() + innerFlops();
  }

  /**
   * Matrix-multiplication FLOPs of one sample in training. Backward runs two products for each of
   * forward's (towards the input and towards the weight), but only the second for the layers that
   * read data, which needs no gradient.
   */
  public double trainingFlops() {
    return 2 * inputFlops() + 3 * innerFlops();
  }

  /** Training FLOPs of one sample under a convention. */
  public double trainingFlops(FlopConvention convention) {
    return switch (convention) {
      case Analytic -> trainingFlops();
      case SixND -> 6.0 * parameters() * tokensPerSample();
    };
  }

  /** Layers whose input is data: patch embedding, text projection, first time layer. */
  private double inputFlops() {
    double w = width;
    int textRows = architecture == Architecture.AdaLNZero ? Math.min(textTokens, 1) : textTokens;
    return 2 * w * ((double) imageTokens() * patchValues() + (double) textRows * textWidth)
        + 2 * w * TIME_FREQUENCIES;
  }

  private double innerFlops() {
    double w = width;
    double t = sequenceLength();
    double x = textTokens;
    double self = 24 * t * w * w + 4 * t * t * w;
    double block =
        switch (architecture) {
          case InContext -> self;
          case CrossAttention -> self + 4 * t * w * w + 4 * x * w * w + 4 * t * x * w;
          case AdaLNZero -> self + 12 * w * w;
        };
    double finalModulation = architecture == Architecture.AdaLNZero ? 4 * w * w : 0;
    double time = 2 * w * w;
    double head = 2 * w * (double) imageTokens() * patchValues();
    return layers * block + finalModulation + time + head;
  }
}
