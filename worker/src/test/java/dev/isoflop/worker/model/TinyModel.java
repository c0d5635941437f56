package dev.isoflop.worker.model;

import ai.djl.pytorch.engine.PtNDManager;
import dev.isoflop.api.v1alpha1.training.OptimizerSpec;
import dev.isoflop.api.v1alpha1.training.Precision;
import dev.isoflop.api.v1alpha1.training.ScheduleSpec;
import dev.isoflop.api.v1alpha1.training.ScheduleType;
import dev.isoflop.api.v1alpha1.training.TimestepSpec;
import dev.isoflop.api.v1alpha1.training.TrainingSpec;
import dev.isoflop.model.Architecture;
import dev.isoflop.model.TransformerShape;
import dev.isoflop.worker.torch.TorchRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A model small enough for a test, with one batch of made-up data. */
public final class TinyModel implements AutoCloseable {
  /** Two blocks, two heads, a 2 x 2 grid of patches, three text tokens. */
  public static final TransformerShape SHAPE = shape(Architecture.InContext);

  public static final int BATCH = 6;
  static final double EPSILON = 1e-8;
  static final double WEIGHT_DECAY = 0.1;
  static final double BETA1 = 0.9;
  static final double BETA2 = 0.95;

  private final PtNDManager manager;
  public final DiffusionModel model;
  public final ByteBuffer pictures = normal(BATCH * 3 * 8 * 8, 11);
  public final ByteBuffer features = normal(BATCH * 3 * 5, 12);

  /** {@link #SHAPE} in another architecture. */
  public static TransformerShape shape(Architecture architecture) {
    return new TransformerShape(architecture, 2, 16, 8, 4, 8, 3, 3, 5);
  }

  TinyModel(double gradientClip, double captionDropout, ModelPrecision precision) {
    this(Architecture.InContext, gradientClip, captionDropout, precision);
  }

  TinyModel(
      Architecture architecture,
      double gradientClip,
      double captionDropout,
      ModelPrecision precision) {
    this(shape(architecture), training(gradientClip, captionDropout), precision);
  }

  private TinyModel(TransformerShape shape, TrainingSpec training, ModelPrecision precision) {
    manager = TorchRuntime.start(1).newManager();
    model = new DiffusionModel(manager, shape, ModelArchive.pack(shape, training, precision));
  }

  /** FP32, fused attention, clipping at 1. */
  public static TinyModel standard() {
    return ofShape(SHAPE);
  }

  /** As {@link #standard}, of another shape. */
  public static TinyModel ofShape(TransformerShape shape) {
    return ofShape(shape, new ModelPrecision(false, true));
  }

  static TinyModel ofShape(TransformerShape shape, ModelPrecision precision) {
    return new TinyModel(shape, training(1, 0), precision);
  }

  /** Of a batch in portions, or with blocks computed again; captions drop out, clipping at 1. */
  static TinyModel lean(
      TransformerShape shape,
      ModelPrecision precision,
      @Nullable Integer microBatch,
      boolean again) {
    return new TinyModel(shape, training(1, 0.3, microBatch, again), precision);
  }

  static TrainingSpec training(double gradientClip, double captionDropout) {
    return training(gradientClip, captionDropout, null, false);
  }

  private static TrainingSpec training(
      double gradientClip, double captionDropout, @Nullable Integer microBatch, boolean again) {
    return new TrainingSpec(
        BATCH,
        microBatch,
        again,
        new OptimizerSpec(1e-3, BETA1, BETA2, EPSILON, WEIGHT_DECAY),
        new ScheduleSpec(ScheduleType.Constant, 0.0, 0.2, 0.0),
        new TimestepSpec(0.0, 1.0),
        captionDropout,
        gradientClip,
        0.999,
        Precision.FP32,
        "PT10M",
        0L);
  }

  /** Floats in direct memory, as the data comes. */
  static ByteBuffer normal(int floats, long seed) {
    Random random = new Random(seed);
    ByteBuffer bytes = direct(floats);
    while (bytes.hasRemaining()) {
      bytes.putFloat((float) random.nextGaussian());
    }
    return bytes.flip().order(ByteOrder.nativeOrder());
  }

  static ByteBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES).order(ByteOrder.nativeOrder());
  }

  /** A copy of a flat tensor. */
  public static float[] read(ModelState state, ModelState.Section section) {
    float[] values = new float[Math.toIntExact(state.inventory().size())];
    try {
      state.read(section, 0, values.length, bytes -> bytes.asFloatBuffer().get(values));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return values;
  }

  /** Overwrites a flat tensor. */
  void write(ModelState state, ModelState.Section section, float[] values) {
    ByteBuffer bytes = direct(values.length);
    FloatBuffer floats = bytes.asFloatBuffer();
    floats.put(values);
    model.restore(state, section, 0, bytes);
  }

  /** A state whose parameters are all away from their special starting values, averages alike. */
  ModelState randomState(long seed) {
    ModelState state = model.emptyState();
    Random random = new Random(seed);
    float[] values = new float[Math.toIntExact(state.inventory().size())];
    int i = 0;
    for (Parameter parameter : state.inventory().all()) {
      boolean gain = parameter.name().endsWith("gain");
      double spread = parameter.name().contains("modulation") ? 0.03 : 0.3; // it multiplies twice
      for (long k = 0; k < parameter.size(); k++) {
        values[i++] = (float) ((gain ? 1 : 0) + spread * random.nextGaussian());
      }
    }
    write(state, ModelState.Section.PARAMETERS, values);
    write(state, ModelState.Section.AVERAGE, values);
    return state;
  }

  @Override
  public void close() {
    model.close();
    manager.close();
  }
}
