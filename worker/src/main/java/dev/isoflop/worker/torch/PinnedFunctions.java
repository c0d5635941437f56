package dev.isoflop.worker.torch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The methods of a pinned TorchScript file, each a function from tensors to one tensor, called with
 * plain arrays. Safe for use by threads, which wait for one another.
 */
public final class PinnedFunctions implements AutoCloseable {
  private final PtNDManager manager;
  private final TorchModule module;
  private final String field;

  private PinnedFunctions(PtNDManager manager, TorchModule module, String field) {
    this.manager = manager;
    this.module = module;
    this.field = field;
  }

  /** An argument: numbers and the shape to see them in. */
  @FunctionalInterface
  public interface Argument {
    /** The tensor, for the time of a call. */
    PtNDArray tensor(PtNDManager scope);

    /** 64-bit whole numbers. */
    static Argument longs(long[] values, Shape shape) {
      return scope -> (PtNDArray) scope.create(values, shape);
    }

    /** 32-bit floats. */
    static Argument floats(float[] values, Shape shape) {
      return scope -> (PtNDArray) scope.create(values, shape);
    }
  }

  /** Result of a method. */
  public static final class Result {
    private final float[] values;
    private final Shape shape;

    private Result(float[] values, Shape shape) {
      this.values = values;
      this.shape = shape;
    }

    /** 32-bit floats in row-major order; the array itself, for the one who called. */
    public float[] values() {
      return values;
    }

    public Shape shape() {
      return shape;
    }
  }

  /**
   * Loads a file; arguments as of {@link PinnedTorchScript#load}.
   *
   * @throws DataException if it is missing, has another digest, or is no TorchScript
   */
  public static PinnedFunctions load(TorchRuntime torch, String uri, String sha256, String field)
      throws DataException {
    PtNDManager manager = torch.newManager();
    try {
      return new PinnedFunctions(
          manager, PinnedTorchScript.load(manager, uri, sha256, field), field);
    } catch (DataException e) {
      manager.close();
      throw e;
    }
  }

  /**
   * Calls a method.
   *
   * @throws DataException if it fails, gives no tensor, or numbers that are not finite
   */
  public synchronized Result call(String method, Argument... arguments) throws DataException {
    IValue[] values = new IValue[arguments.length];
    try (PtNDManager scope = (PtNDManager) manager.newSubManager()) {
      for (int i = 0; i < values.length; i++) {
        values[i] = IValue.from(arguments[i].tensor(scope));
      }
      try (IValue result = module.infer(method, values)) {
        if (!result.isTensor()) {
          throw failed(method, "gives a " + result.getType() + " instead of a tensor", null);
        }
        PtNDArray tensor = result.toTensor(scope);
        float[] floats = tensor.toType(DataType.FLOAT32, false).toFloatArray();
        requireFinite(method, floats);
        return new Result(floats, tensor.getShape());
      }
    } catch (EngineException e) {
      throw failed(method, "fails (" + lastLine(e) + ")", e);
    } finally {
      for (IValue value : values) {
        if (value != null) {
          value.close();
        }
      }
    }
  }

  private void requireFinite(String method, float[] values) throws DataException {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw failed(method, "gives " + value, null);
      }
    }
  }

  /** Something that this file should not do, with the page that says what it should. */
  public DataException failed(String method, String problem, @Nullable Exception cause) {
    return new DataException(
        Kind.Setting,
        field + ".uri",
        "the file's method " + method + " " + problem,
        "export it as docs/text-and-autoencoders.md shows",
        cause);
  }

  /** Of libtorch's long message the line that says what went wrong. */
  private static String lastLine(EngineException e) {
    String message = String.valueOf(e.getMessage());
    return message.lines().filter(line -> !line.isBlank()).reduce((a, b) -> b).orElse(message);
  }

  @Override
  public synchronized void close() {
    module.close();
    manager.close();
  }
}
