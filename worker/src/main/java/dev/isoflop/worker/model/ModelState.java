package dev.isoflop.worker.model;

import static java.util.Objects.requireNonNull;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * State of training: parameters, AdamW's two moments, and the moving average of the parameters,
 * each one flat FP32 tensor in the order of the inventory. Training updates them in place.
 */
public final class ModelState implements AutoCloseable {
  /** The flat tensors, in the order of a checkpoint. */
  public enum Section {
    PARAMETERS,
    FIRST_MOMENT,
    SECOND_MOMENT,
    AVERAGE
  }

  private final PtNDManager manager;
  private final ParameterInventory inventory;
  private final Map<Section, PtNDArray> sections = new EnumMap<>(Section.class);
  private final Map<Section, IValue> values = new EnumMap<>(Section.class);
  private final Leaves trained;
  private final Leaves averaged;

  /** The flat tensor cut into the inventory's tensors: views, in two lists as TorchScript wants. */
  record Leaves(IValue weights, IValue vectors) implements AutoCloseable {
    @Override
    public void close() {
      weights.close();
      vectors.close();
    }
  }

  /** All zeros. */
  ModelState(PtNDManager parent, ParameterInventory inventory) {
    this.inventory = inventory;
    manager = (PtNDManager) parent.newSubManager();
    for (Section section : Section.values()) {
      PtNDArray flat = (PtNDArray) manager.zeros(new Shape(inventory.size()), DataType.FLOAT32);
      sections.put(section, flat);
      values.put(section, IValue.listFrom(flat));
    }
    trained = leaves(section(Section.PARAMETERS), true);
    averaged = leaves(section(Section.AVERAGE), false);
  }

  private Leaves leaves(PtNDArray flat, boolean gradient) {
    List<PtNDArray> weights = views(flat, inventory.weights(), 0, gradient);
    List<PtNDArray> vectors = views(flat, inventory.vectors(), inventory.decayed(), gradient);
    return new Leaves(
        IValue.listFrom(weights.toArray(PtNDArray[]::new)),
        IValue.listFrom(vectors.toArray(PtNDArray[]::new)));
  }

  private static List<PtNDArray> views(
      PtNDArray flat, List<Parameter> parameters, long start, boolean gradient) {
    List<PtNDArray> views = new ArrayList<>(parameters.size());
    long offset = start;
    for (Parameter parameter : parameters) {
      PtNDArray view =
          (PtNDArray) slice(flat, offset, offset + parameter.size()).reshape(shape(parameter));
      view.setRequiresGradient(gradient);
      views.add(view);
      offset += parameter.size();
    }
    return views;
  }

  private static Shape shape(Parameter parameter) {
    return new Shape(parameter.shape().stream().mapToLong(Long::longValue).toArray());
  }

  private static NDArray slice(NDArray flat, long start, long end) {
    return flat.get(new NDIndex().addSliceDim(start, end));
  }

  public ParameterInventory inventory() {
    return inventory;
  }

  /** A flat tensor; it belongs to this state. */
  public PtNDArray section(Section section) {
    return requireNonNull(sections.get(section));
  }

  /** Takes the bytes of part of a flat tensor, little-endian FP32. */
  @FunctionalInterface
  public interface BytesReader {
    void read(ByteBuffer bytes) throws IOException;
  }

  /**
   * Shows {@code length} elements of a flat tensor from {@code offset} on, without copying them.
   */
  public void read(Section section, long offset, long length, BytesReader reader)
      throws IOException {
    try (NDArray part = slice(section(section), offset, offset + length);
        NDArray onCpu = part.toDevice(Device.cpu(), false)) {
      reader.read(onCpu.toByteBuffer(true));
    }
  }

  /** A list that holds the one flat tensor, as TorchScript takes it. */
  IValue value(Section section) {
    return requireNonNull(values.get(section));
  }

  Leaves trained() {
    return trained;
  }

  Leaves averaged() {
    return averaged;
  }

  @Override
  public void close() {
    trained.close();
    averaged.close();
    values.values().forEach(IValue::close);
    manager.close();
  }
}
