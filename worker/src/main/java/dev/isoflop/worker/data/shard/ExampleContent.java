package dev.isoflop.worker.data.shard;

import dev.isoflop.api.v1alpha1.LatentsSpec;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.ValueKind;
import java.util.Optional;

/**
 * What a data set is to make of each of its samples.
 *
 * @param imageShape of the images or latents handed out
 * @param latents what the stored latents mean; empty if images are stored
 * @param textFeatures the shape of precomputed text features; empty if captions are encoded later
 */
public record ExampleContent(
    ImageShape imageShape,
    Optional<LatentsSpec> latents,
    Optional<TextFeatureShape> textFeatures) {
  /**
   * Text features of one caption.
   *
   * @param tokens longer ones are cut, shorter ones filled up with zeros
   * @param width values of a token
   */
  public record TextFeatureShape(int tokens, int width) {}

  /** Images with captions. */
  public static ExampleContent images(ImageShape imageShape) {
    return new ExampleContent(imageShape, Optional.empty(), Optional.empty());
  }

  ValueKind values() {
    return latents.isPresent() ? ValueKind.Latents : ValueKind.Pixels;
  }

  /** What of it changes the meaning of the same files, as text for digests. */
  String meaning() {
    return latents.map(spec -> "latents " + spec + "\n").orElse("")
        + textFeatures.map(shape -> "text " + shape + "\n").orElse("");
  }
}
