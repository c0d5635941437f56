package dev.isoflop.worker.evaluate;

import dev.isoflop.worker.data.Dataset;
import dev.isoflop.worker.data.DatasetPart;
import dev.isoflop.worker.data.Example;
import dev.isoflop.worker.data.ExampleStream;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.PendingExample;
import dev.isoflop.worker.data.PixelLevels;
import dev.isoflop.worker.data.ValueKind;
import dev.isoflop.worker.model.AnalyticFlow;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/**
 * Images without caption of independent Gaussian values; as pixels, each is moved to its level.
 *
 * @param offset what is added to every other element; it makes the images unlike the model's data
 */
record GaussianImages(ValueKind valueKind, double mean, double deviation, double offset)
    implements Dataset {
  /** One image, {@code [1, 8, 8]}. */
  float[] image(long number) {
    Random random = new Random(number);
    float[] image = new float[imageShape().length()];
    for (int i = 0; i < image.length; i++) {
      double value = mean + deviation * random.nextGaussian() + (i % 2 == 0 ? 0 : offset);
      image[i] =
          valueKind == ValueKind.PIXELS
              ? PixelLevels.nearest((float) ((value + 1) / 2))
              : (float) value;
    }
    return image;
  }

  @Override
  public String name() {
    return "gaussian";
  }

  @Override
  public ImageShape imageShape() {
    return new ImageShape(1, AnalyticFlow.SIZE);
  }

  @Override
  public ExampleStream train(long seed, long firstExample) {
    throw new UnsupportedOperationException("nothing is trained on these");
  }

  @Override
  public ExampleStream evaluation(long count) {
    return new ExampleStream() {
      private long next;

      @Override
      public Optional<PendingExample> next() {
        long number = next++;
        return number < count
            ? Optional.of(() -> new Example(image(number), ""))
            : Optional.empty();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public OptionalLong size() {
    return OptionalLong.empty();
  }

  @Override
  public Set<Path> files() {
    return Set.of();
  }

  @Override
  public List<DatasetPart> parts() {
    return List.of();
  }

  @Override
  public String digest() {
    return "sha256:" + "0".repeat(64);
  }
}
