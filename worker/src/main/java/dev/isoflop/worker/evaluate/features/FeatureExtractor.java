package dev.isoflop.worker.evaluate.features;

import ai.djl.pytorch.engine.PtNDArray;
import dev.isoflop.worker.data.DataException;
import java.util.Map;

/** A network that turns images into features. For one thread at a time. */
public interface FeatureExtractor extends AutoCloseable {
  /**
   * Features {@code [B, D]} of images {@code [B, 3, H, W]}, FP32 in 0 ... 255; the caller closes
   * them.
   *
   * @throws DataException if the network does not give a vector of finite numbers for each image
   */
  PtNDArray features(PtNDArray images) throws DataException;

  /** All that decides the features of an image, for the record of a measurement. */
  Map<String, String> identity();

  @Override
  void close();
}
