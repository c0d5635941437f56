package dev.isoflop.worker.evaluate.features;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.ImageShape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;

/** Runs images through an extractor and writes their features into a file. */
public final class FeatureCollector implements AutoCloseable {
  /** Images at once: an extractor at 299 pixels needs about 20 MB for each. */
  private static final int SLICE = 32;

  private final PtNDManager manager;
  private final FeatureExtractor extractor;
  private final ImageShape shape;
  private final FeatureFile.Writer writer;

  /**
   * A collector that replaces a file.
   *
   * @param shape of every image
   */
  public FeatureCollector(
      PtNDManager manager, FeatureExtractor extractor, ImageShape shape, Path file)
      throws IOException {
    this.manager = manager;
    this.extractor = extractor;
    this.shape = shape;
    writer = new FeatureFile.Writer(file);
  }

  /**
   * Adds images in their order.
   *
   * @param values {@code [count, C, H, W]} in -1 ... 1
   * @throws DataException if the extractor cannot take them
   * @throws NonFiniteSample if a value is no number
   */
  public void add(FloatBuffer values, int count) throws IOException, DataException {
    for (int from = 0; from < count; from += SLICE) {
      int images = Math.min(SLICE, count - from);
      FloatBuffer slice = values.slice(from * shape.length(), images * shape.length());
      ByteBuffer bytes = ByteImages.of(slice, images, shape);
      Shape all = new Shape(images, 3, shape.size(), shape.size());
      try (PtNDArray pixels =
              manager.create(bytes.order(ByteOrder.nativeOrder()), all, DataType.FLOAT32);
          PtNDArray features = extractor.features(pixels)) {
        requireFinite(features);
        writer.add(features);
      }
    }
  }

  private static void requireFinite(PtNDArray features) throws DataException {
    for (float value : features.toFloatArray()) {
      if (!Float.isFinite(value)) {
        throw new DataException(
            Kind.Setting,
            "evaluation.featureExtractor",
            "the network gives a feature of " + value,
            "check scale, mean and std, or use another network");
      }
    }
  }

  /** Ends the file. */
  public void finish() throws IOException {
    writer.finish();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
