package dev.isoflop.worker.data.shard.decode;

import dev.isoflop.api.v1alpha1.data.ColumnsSpec;
import dev.isoflop.api.v1alpha1.data.LatentsSpec;
import dev.isoflop.worker.data.BrokenSamples;
import dev.isoflop.worker.data.DataNotes;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.ValueKind;
import java.util.List;
import java.util.Optional;

/**
 * Decoding of a data set's samples.
 *
 * @param imageShape of the images or latents handed out
 * @param latents what the stored latents mean; empty if images are stored
 * @param textFeatures the shape of precomputed text features; empty if captions are encoded later
 * @param classNames captions of label 0, 1 and so on; empty for "class 0", "class 1"
 * @param columns which columns or tensors are read; empty for the usual names
 * @param notes takes what a user should know of the samples
 * @param broken the samples that are left out
 */
public record ExampleContent(
    ImageShape imageShape,
    Optional<LatentsSpec> latents,
    Optional<TextFeatureShape> textFeatures,
    List<String> classNames,
    Optional<ColumnsSpec> columns,
    DataNotes notes,
    BrokenSamples broken) {
  public ExampleContent {
    classNames = List.copyOf(classNames);
  }

  /**
   * Text features of one caption.
   *
   * @param tokens longer ones are cut, shorter ones filled up with zeros
   * @param width values of a token
   */
  public record TextFeatureShape(int tokens, int width) {}

  /** Images with captions. */
  public static ExampleContent images(ImageShape imageShape) {
    return new ExampleContent(
        imageShape,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        DataNotes.ignored(),
        BrokenSamples.none());
  }

  /** Kind of values in the examples. */
  public ValueKind valueKind() {
    return latents.isPresent() ? ValueKind.LATENTS : ValueKind.PIXELS;
  }

  /** What of it changes the meaning of the same files, as text for digests. */
  public String meaning() {
    return latents.map(spec -> "latents " + spec + "\n").orElse("")
        + textFeatures.map(shape -> "text " + shape + "\n").orElse("")
        + (classNames.isEmpty() ? "" : "classes " + classNames + "\n")
        + columns.map(names -> "columns " + names + "\n").orElse("");
  }
}
