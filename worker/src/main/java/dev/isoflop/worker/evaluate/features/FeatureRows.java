package dev.isoflop.worker.evaluate.features;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.io.IOException;

/** Feature vectors of a set of pictures, N rows of D values, read a part at a time. */
public interface FeatureRows {
  /** N. */
  int count();

  /** D. */
  int dimensions();

  /**
   * Rows {@code from} to {@code to - 1} as {@code [to - from, D]}, FP32 or FP64; the caller closes
   * them.
   */
  PtNDArray read(PtNDManager manager, int from, int to) throws IOException;
}
