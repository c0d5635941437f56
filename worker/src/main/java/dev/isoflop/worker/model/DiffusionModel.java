package dev.isoflop.worker.model;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.isoflop.api.v1alpha1.training.Weights;
import dev.isoflop.model.TransformerShape;
import dev.isoflop.worker.diffusion.RandomPurpose;
import dev.isoflop.worker.diffusion.RunSeed;
import dev.isoflop.worker.torch.TorchModule;
import dev.isoflop.worker.torch.TorchScriptArchive;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A diffusion transformer: calls into its TorchScript. It holds no state of its own; what training
 * changes is the {@link ModelState} that goes in. For one thread at a time.
 *
 * <p>Pictures are {@code [B, C, H, W]} in -1 ... 1 and text features {@code [B, T, E]}, as FP32 in
 * direct memory, which the tensors share without a copy.
 */
public final class DiffusionModel implements AutoCloseable {
  private final PtNDManager manager;
  private final TransformerShape shape;
  private final ParameterInventory inventory;
  private final TorchModule module;
  private final IValue positions;
  private final IValue decayed;
  private final boolean bfloat16;

  /** Compiles the archive and computes what stays constant. */
  public DiffusionModel(PtNDManager parent, TransformerShape shape, TorchScriptArchive archive) {
    this.shape = shape;
    manager = (PtNDManager) parent.newSubManager();
    inventory = ParameterInventory.of(shape);
    bfloat16 = Boolean.TRUE.equals(archive.attributes().get("bfloat16"));
    module = TorchModule.load(manager, archive);
    decayed = IValue.from(inventory.decayed());
    positions = positions();
  }

  private IValue positions() {
    long edge = shape.imageSize() / shape.patchSize();
    try (PtNDArray like = (PtNDArray) manager.zeros(new Shape(1), DataType.FLOAT32);
        IValue rows = IValue.from(edge);
        IValue text = IValue.from((long) shape.textTokens());
        IValue width = IValue.from((long) shape.width());
        IValue device = IValue.from(like)) {
      return module.call("positions", rows, rows, text, width, device);
    }
  }

  /**
   * Arithmetic of the model, for records of measurements: the precision of its products, and the
   * kind of device, whose generators draw the noise.
   */
  public String arithmetic() {
    return (bfloat16 ? "BF16" : "FP32") + (manager.getDevice().isGpu() ? " on a GPU" : " on a CPU");
  }

  /** One product of square matrices in the model's precision, done when this returns. */
  void multiply(long size) {
    try (PtNDArray like = (PtNDArray) manager.zeros(new Shape(1), DataType.FLOAT32);
        IValue edge = IValue.from(size);
        IValue device = IValue.from(like);
        IValue result = module.call("multiply", edge, device)) {
      floats(result);
    }
  }

  /** A state of zeros, to be restored from a checkpoint. */
  public ModelState emptyState() {
    return new ModelState(manager, inventory);
  }

  /** A fresh state; the moving average starts at the parameters. */
  public ModelState initialState(RunSeed seed) {
    ModelState state = emptyState();
    long offset = 0;
    List<Parameter> parameters = inventory.all();
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      initialise(state, parameter, offset, seed.derive(RandomPurpose.INITIAL_WEIGHTS, i));
      offset += parameter.size();
    }
    try (IValue start = IValue.from(0L);
        IValue started = IValue.from(state.section(ModelState.Section.PARAMETERS))) {
      module.call("copy", state.value(ModelState.Section.AVERAGE), start, started).close();
    }
    return state;
  }

  private void initialise(ModelState state, Parameter parameter, long offset, long seed) {
    try (IValue start = IValue.from(offset);
        IValue size = IValue.from(parameter.size());
        IValue random = IValue.from(seed)) {
      IValue flat = state.value(ModelState.Section.PARAMETERS);
      Initialisation how = parameter.initialisation();
      if (how instanceof Initialisation.Constant constant) {
        try (IValue value = IValue.from(constant.value())) {
          module.call("start_constant", flat, start, size, value).close();
        }
      } else if (how instanceof Initialisation.Uniform uniform) {
        try (IValue bound = IValue.from(uniform.bound())) {
          module.call("start_uniform", flat, start, size, bound, random).close();
        }
      } else if (how instanceof Initialisation.Normal normal) {
        try (IValue deviation = IValue.from(normal.standardDeviation())) {
          module.call("start_normal", flat, start, size, deviation, random).close();
        }
      }
    }
  }

  /** Overwrites part of a flat tensor, from a checkpoint. */
  public void restore(ModelState state, ModelState.Section section, long offset, ByteBuffer bytes) {
    long length = bytes.remaining() / Float.BYTES;
    try (PtNDArray values = tensor(bytes, new Shape(length));
        IValue start = IValue.from(offset);
        IValue part = IValue.from(values)) {
      module.call("copy", state.value(section), start, part).close();
    }
  }

  /** One step of training on a batch, in place. */
  public StepResult trainStep(
      ModelState state,
      ByteBuffer pictures,
      ByteBuffer features,
      RunSeed seed,
      StepSettings settings) {
    long batch = pictures.remaining() / (Float.BYTES * pictureLength());
    long step = settings.step();
    try (PtNDArray image = tensor(pictures, pictureShape(batch));
        PtNDArray caption = tensor(features, textShape(batch));
        IValue imageValue = IValue.from(image);
        IValue text = IValue.from(caption);
        IValue seeds =
            IValue.listFrom(
                seed.derive(RandomPurpose.TRAINING_NOISE, step),
                seed.derive(RandomPurpose.TRAINING_TIMES, step),
                seed.derive(RandomPurpose.CAPTION_DROPOUT, step));
        IValue number = IValue.from(step);
        IValue rate = IValue.from(settings.learningRate());
        IValue averageDecay = IValue.from(settings.averageDecay());
        IValue result =
            module.call(
                "train_step",
                state.trained().weights(),
                state.trained().vectors(),
                decayed,
                state.value(ModelState.Section.PARAMETERS),
                state.value(ModelState.Section.FIRST_MOMENT),
                state.value(ModelState.Section.SECOND_MOMENT),
                state.value(ModelState.Section.AVERAGE),
                positions,
                imageValue,
                text,
                seeds,
                number,
                rate,
                averageDecay)) {
      float[] values = floats(result);
      return new StepResult(values[0], values[1]);
    }
  }

  /**
   * Mean squared velocity error per element of each example.
   *
   * @param times t of each example, 0 for data and 1 for noise
   * @param seeds seed of each example's noise
   */
  public float[] losses(
      ModelState state,
      Weights weights,
      ByteBuffer pictures,
      ByteBuffer features,
      float[] times,
      long[] seeds) {
    long batch = seeds.length;
    return evaluate(
        "losses",
        state,
        weights,
        arguments ->
            arguments
                .tensor(pictures, pictureShape(batch))
                .tensor(features, textShape(batch))
                .vector(times)
                .integers(seeds));
  }

  /** Adds what a method takes after weights, vectors and positions. */
  @FunctionalInterface
  interface FurtherArguments {
    void addTo(Arguments arguments);
  }

  /** Calls a method of the model as it is, without training it; its tensor as floats. */
  float[] evaluate(String method, ModelState state, Weights weights, FurtherArguments further) {
    ModelState.Leaves leaves =
        switch (weights) {
          case EMA -> state.averaged();
          case Raw -> state.trained();
        };
    try (Arguments arguments = new Arguments(manager)) {
      arguments.lent(leaves.weights()).lent(leaves.vectors()).lent(positions);
      further.addTo(arguments);
      try (IValue result = module.call(method, arguments.values())) {
        return floats(result);
      }
    }
  }

  private float[] floats(IValue tensor) {
    try (PtNDArray array = tensor.toTensor(manager)) {
      return array.toFloatArray();
    }
  }

  private PtNDArray tensor(ByteBuffer bytes, Shape of) {
    return Arguments.tensor(manager, bytes, of);
  }

  private long pictureLength() {
    return (long) shape.channels() * shape.imageSize() * shape.imageSize();
  }

  /** Pictures of a batch. */
  Shape pictureShape(long batch) {
    return new Shape(batch, shape.channels(), shape.imageSize(), shape.imageSize());
  }

  /** Text features of a batch. */
  Shape textShape(long batch) {
    return new Shape(batch, shape.textTokens(), shape.textWidth());
  }

  @Override
  public void close() {
    positions.close();
    decayed.close();
    module.close();
    manager.close();
  }
}
