package dev.isoflop.worker.evaluate.features;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.isoflop.worker.torch.TorchModule;
import java.util.Arrays;
import java.util.List;

/** The linear algebra of distances, in libtorch; see {@code feature_distances.py}. */
public final class FeatureMath implements AutoCloseable {
  private final PtNDManager manager;
  private final TorchModule module;

  /**
   * Sums over rows, from which moments come. The first row is subtracted from all, so that squares
   * of a large common offset do not swallow the digits of the variance.
   */
  record Sums(PtNDArray shift, PtNDArray total, PtNDArray products) {}

  /** Mean {@code [D]} and covariance {@code [D, D]}. */
  record Moments(PtNDArray mean, PtNDArray covariance) {}

  /**
   * A distance and what its standard error takes.
   *
   * @param generatedLessReal difference of the means, {@code [D]}
   * @param realLessGenerated its negative
   * @param realForm the quadratic form of real rows
   * @param generatedForm that of generated rows
   */
  record Frechet(
      double distance,
      PtNDArray generatedLessReal,
      PtNDArray realLessGenerated,
      PtNDArray realForm,
      PtNDArray generatedForm) {}

  /** Compiles it for the device of {@code parent}. */
  public FeatureMath(PtNDManager parent) {
    manager = (PtNDManager) parent.newSubManager();
    module =
        TorchModule.load(manager, FeatureScripts.archive("feature_distances", "FeatureDistances"));
  }

  /** A manager for arrays on the device of this one; whoever asks closes it. */
  PtNDManager newManager() {
    return (PtNDManager) manager.newSubManager();
  }

  /** Empty sums, shifted by the first of {@code rows}. */
  Sums startSums(PtNDManager owner, PtNDArray rows) {
    long dimensions = rows.getShape().get(1);
    PtNDArray first = (PtNDArray) rows.get(0).toType(DataType.FLOAT64, true);
    first.attach(owner);
    return new Sums(
        first,
        (PtNDArray) owner.zeros(new Shape(dimensions), DataType.FLOAT64),
        (PtNDArray) owner.zeros(new Shape(dimensions, dimensions), DataType.FLOAT64));
  }

  /** Adds rows {@code [B, D]}. */
  void add(Sums sums, PtNDArray rows) {
    try (IValue list = list(sums);
        IValue features = IValue.from(rows)) {
      module.call("add", list, features).close();
    }
  }

  /**
   * Mean and covariance of what was added.
   *
   * @param count rows added
   * @param freedom what the sums of squares are divided by
   */
  Moments moments(PtNDManager owner, Sums sums, long count, long freedom) {
    try (IValue list = list(sums);
        IValue rows = IValue.from(count);
        IValue divisor = IValue.from(freedom);
        IValue result = module.call("moments", list, rows, divisor)) {
      List<PtNDArray> arrays = arrays(owner, result);
      return new Moments(arrays.get(0), arrays.get(1));
    }
  }

  /** The Fréchet distance of two Gaussians. */
  Frechet frechet(PtNDManager owner, Moments real, Moments generated) {
    try (IValue mean1 = IValue.from(real.mean());
        IValue covariance1 = IValue.from(real.covariance());
        IValue mean2 = IValue.from(generated.mean());
        IValue covariance2 = IValue.from(generated.covariance());
        IValue result = module.call("frechet", mean1, covariance1, mean2, covariance2)) {
      List<PtNDArray> arrays = arrays(owner, result);
      PtNDArray apart = arrays.get(1);
      return new Frechet(
          arrays.get(0).toDoubleArray()[0], apart, apart.neg(), arrays.get(2), arrays.get(3));
    }
  }

  /** By how much each row pulls at the distance, times the number of rows. */
  double[] pulls(PtNDArray rows, PtNDArray mean, PtNDArray apart, PtNDArray form) {
    try (IValue features = IValue.from(rows);
        IValue centre = IValue.from(mean);
        IValue difference = IValue.from(apart);
        IValue matrix = IValue.from(form);
        IValue result = module.call("pulls", features, centre, difference, matrix);
        PtNDArray pulls = result.toTensor(manager)) {
      return pulls.toDoubleArray();
    }
  }

  /** The U-statistic of the squared discrepancy of paired rows, both {@code [B, D]}. */
  double discrepancy(PtNDArray x, PtNDArray y) {
    try (IValue first = IValue.from(x);
        IValue second = IValue.from(y);
        IValue result = module.call("discrepancy", first, second);
        PtNDArray value = result.toTensor(manager)) {
      return value.toDoubleArray()[0];
    }
  }

  private static IValue list(Sums sums) {
    return IValue.listFrom(sums.shift(), sums.total(), sums.products());
  }

  private static List<PtNDArray> arrays(PtNDManager owner, IValue result) {
    return Arrays.stream(result.toTensorArray(owner)).map(PtNDArray.class::cast).toList();
  }

  @Override
  public void close() {
    module.close();
    manager.close();
  }
}
