package dev.isoflop.worker.data.safetensors;

import dev.isoflop.worker.data.array.ArrayEncoding;
import dev.isoflop.worker.data.array.NumberType;
import java.util.List;
import java.util.Optional;

/**
 * A tensor as a header describes it, checked against the file.
 *
 * @param start its first byte in the file
 * @param rowBytes bytes of one row, the tensor without its first side
 */
record Tensor(String name, NumberType type, List<Long> shape, long start, long rowBytes) {
  Tensor {
    shape = List.copyOf(shape);
  }

  long rows() {
    return shape.get(0);
  }

  /** What parts of samples call a row: a number for a vector's, else an array's encoding. */
  String rowEncoding() {
    List<Long> row = shape.subList(1, shape.size());
    return row.isEmpty()
        ? type.label()
        : new ArrayEncoding(Optional.of(type), Optional.of(row)).name();
  }
}
