package dev.isoflop.worker.evaluate.features;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.isoflop.api.v1alpha1.data.FeatureExtractorSpec;
import dev.isoflop.api.v1alpha1.data.FeatureResize;
import dev.isoflop.api.v1alpha1.data.PixelScale;
import dev.isoflop.worker.torch.TorchModule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings images to the size and range that an extractor takes; see {@code feature_pixels.py}. */
final class FeaturePixels implements AutoCloseable {
  private final PtNDManager manager;
  private final TorchModule module;
  private final FeatureExtractorSpec spec;

  FeaturePixels(PtNDManager manager, FeatureExtractorSpec spec) {
    this.manager = manager;
    this.spec = spec;
    module = TorchModule.load(manager, FeatureScripts.archive("feature_pixels", "FeaturePixels"));
  }

  /** Prepared images of {@code [B, 3, H, W]} in 0 ... 255; the caller closes them. */
  PtNDArray prepare(PtNDArray images) {
    Integer edge = spec.resize() == FeatureResize.Inside ? null : spec.size();
    try (IValue image = IValue.from(images);
        IValue size = IValue.from(edge == null ? 0L : edge.longValue());
        IValue bicubic = IValue.from(spec.resize() == FeatureResize.Bicubic);
        IValue divisor = IValue.from(divisor(spec.scale()));
        IValue offset = IValue.from(spec.scale() == PixelScale.Signed ? 1.0 : 0.0);
        IValue mean = list(spec.mean());
        IValue std = list(spec.std());
        IValue result = module.call("prepare", image, size, bicubic, divisor, offset, mean, std)) {
      return result.toTensor(manager);
    }
  }

  private static double divisor(PixelScale scale) {
    return switch (scale) {
      case Bytes -> 1;
      case Signed -> 127.5;
      case Unit -> 255;
    };
  }

  private static IValue list(@Nullable List<Double> values) {
    double[] numbers =
        values == null ? new double[0] : values.stream().mapToDouble(Double::doubleValue).toArray();
    return IValue.listFrom(numbers);
  }

  @Override
  public void close() {
    module.close();
  }
}
