package dev.isoflop.worker.model;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** The arguments of one call into TorchScript, in order; what it made of them it closes. */
final class Arguments implements AutoCloseable {
  private final PtNDManager manager;
  private final List<IValue> values = new ArrayList<>();
  private final List<IValue> owned = new ArrayList<>();
  private final List<PtNDArray> tensors = new ArrayList<>();

  Arguments(PtNDManager manager) {
    this.manager = manager;
  }

  /** A tensor over direct memory, which the manager's device shares or copies. */
  static PtNDArray tensor(PtNDManager manager, ByteBuffer bytes, Shape shape) {
    // libtorch takes the memory's start and not the buffer's position; slice() makes them the same.
    ByteBuffer memory = bytes.slice().order(ByteOrder.nativeOrder());
    return manager.create(memory, shape, DataType.FLOAT32);
  }

  /** A value that stays with its owner. */
  Arguments lent(IValue value) {
    values.add(value);
    return this;
  }

  Arguments tensor(ByteBuffer bytes, Shape shape) {
    return tensor(tensor(manager, bytes, shape));
  }

  /** A tensor of one dimension. */
  Arguments vector(float[] elements) {
    return tensor((PtNDArray) manager.create(elements));
  }

  private Arguments tensor(PtNDArray tensor) {
    tensors.add(tensor);
    return own(IValue.from(tensor));
  }

  Arguments integers(long... list) {
    return own(IValue.listFrom(list));
  }

  Arguments numbers(double... list) {
    return own(IValue.listFrom(list));
  }

  Arguments integer(long value) {
    return own(IValue.from(value));
  }

  Arguments number(double value) {
    return own(IValue.from(value));
  }

  private Arguments own(IValue value) {
    owned.add(value);
    return lent(value);
  }

  IValue[] values() {
    return values.toArray(IValue[]::new);
  }

  @Override
  public void close() {
    owned.forEach(IValue::close);
    tensors.forEach(PtNDArray::close);
  }
}
