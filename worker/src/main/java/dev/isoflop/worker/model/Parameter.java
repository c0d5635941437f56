package dev.isoflop.worker.model;

import java.util.List;

/**
 * One trainable tensor.
 *
 * @param name for messages and tests, such as {@code blocks.3.qkv.weight}
 * @param shape a matrix's {@code [out, in]} or a vector's {@code [length]}
 */
public record Parameter(String name, List<Long> shape, Initialisation initialisation) {
  public Parameter {
    shape = List.copyOf(shape);
  }

  /** Elements. */
  public long size() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }
}
