package dev.isoflop.worker.model;

import dev.isoflop.model.TransformerShape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * All trainable tensors of a model, in the order in which its TorchScript takes them.
 *
 * <p>They lie behind each other in one flat tensor, weights first, so that optimizer, clipping,
 * averaging and checkpoints each handle a single array. Weight decay applies to the weights: gains
 * and biases have no scale to regularise.
 *
 * @param weights matrices: embeddings and head, then four of each block
 * @param vectors biases and gains: of embeddings and head, then eight of each block
 */
public record ParameterInventory(List<Parameter> weights, List<Parameter> vectors) {
  private static final Initialisation ZERO = new Initialisation.Constant(0);
  private static final Initialisation ONE = new Initialisation.Constant(1);
  private static final Initialisation TIME = new Initialisation.Normal(0.02);

  public ParameterInventory {
    weights = List.copyOf(weights);
    vectors = List.copyOf(vectors);
  }

  /**
   * The tensors of {@code in_context.py}. Linear layers start as in DiT (Peebles and Xie 2023):
   * Xavier-uniform, the time embedding narrow, biases and head zero, so that the first prediction
   * is zero everywhere.
   */
  public static ParameterInventory inContext(TransformerShape shape) {
    long w = shape.width();
    long patch = shape.patchValues();
    List<Parameter> weights = new ArrayList<>();
    List<Parameter> vectors = new ArrayList<>();
    weights.add(matrix("image.weight", w, patch));
    weights.add(matrix("text.weight", w, shape.textWidth()));
    weights.add(matrix("time.in.weight", w, TransformerShape.TIME_FREQUENCIES, TIME));
    weights.add(matrix("time.out.weight", w, w, TIME));
    weights.add(matrix("head.weight", patch, w, ZERO));
    vectors.add(vector("image.bias", w, ZERO));
    vectors.add(vector("text.bias", w, ZERO));
    vectors.add(vector("time.in.bias", w, ZERO));
    vectors.add(vector("time.out.bias", w, ZERO));
    vectors.add(vector("norm.gain", w, ONE));
    vectors.add(vector("norm.bias", w, ZERO));
    vectors.add(vector("head.bias", patch, ZERO));
    for (int i = 0; i < shape.layers(); i++) {
      String block = "blocks." + i + ".";
      weights.add(matrix(block + "qkv.weight", 3 * w, w));
      weights.add(matrix(block + "out.weight", w, w));
      weights.add(matrix(block + "up.weight", 4 * w, w));
      weights.add(matrix(block + "down.weight", w, 4 * w));
      vectors.add(vector(block + "norm1.gain", w, ONE));
      vectors.add(vector(block + "norm1.bias", w, ZERO));
      vectors.add(vector(block + "qkv.bias", 3 * w, ZERO));
      vectors.add(vector(block + "out.bias", w, ZERO));
      vectors.add(vector(block + "norm2.gain", w, ONE));
      vectors.add(vector(block + "norm2.bias", w, ZERO));
      vectors.add(vector(block + "up.bias", 4 * w, ZERO));
      vectors.add(vector(block + "down.bias", w, ZERO));
    }
    return new ParameterInventory(weights, vectors);
  }

  private static Parameter matrix(String name, long out, long in) {
    return matrix(name, out, in, Initialisation.xavier(in, out));
  }

  private static Parameter matrix(String name, long out, long in, Initialisation start) {
    return new Parameter(name, List.of(out, in), start);
  }

  private static Parameter vector(String name, long length, Initialisation start) {
    return new Parameter(name, List.of(length), start);
  }

  /** All tensors in the order of the flat tensor. */
  public List<Parameter> all() {
    return Stream.concat(weights.stream(), vectors.stream()).toList();
  }

  /** Elements of the flat tensor that decay: its first ones. */
  public long decayed() {
    return weights.stream().mapToLong(Parameter::size).sum();
  }

  /** Elements of the flat tensor. */
  public long size() {
    return all().stream().mapToLong(Parameter::size).sum();
  }
}
