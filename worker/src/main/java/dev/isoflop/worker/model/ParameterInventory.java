package dev.isoflop.worker.model;

import dev.isoflop.model.TransformerShape;
import java.util.List;
import java.util.stream.Stream;

/**
 * All trainable tensors of a model, in the order in which its TorchScript takes them.
 *
 * <p>They lie behind each other in one flat tensor, weights first, so that optimizer, clipping,
 * averaging and checkpoints each handle a single array. Weight decay applies to the weights: gains
 * and biases have no scale to regularise.
 *
 * @param weights matrices: embeddings and head, then those of each block
 * @param vectors biases and gains: of embeddings and head, then those of each block
 */
public record ParameterInventory(List<Parameter> weights, List<Parameter> vectors) {

  public ParameterInventory {
    weights = List.copyOf(weights);
    vectors = List.copyOf(vectors);
  }

  /**
   * The tensors of a shape's architecture. Linear layers start as in DiT (Peebles and Xie 2023):
   * Xavier-uniform, the time embedding narrow, biases, head and modulation zero, so that the first
   * prediction is zero everywhere.
   */
  public static ParameterInventory of(TransformerShape shape) {
    return switch (shape.architecture()) {
      case InContext -> inContext(shape);
      case CrossAttention -> crossAttention(shape);
      case AdaLNZero -> adaLnZero(shape);
    };
  }

  /** The tensors of {@code in_context.py}. */
  private static ParameterInventory inContext(TransformerShape shape) {
    long w = shape.width();
    InventoryDraft draft = embeddings(shape);
    draft.norm("norm", w).silent("head", shape.patchValues(), w);
    for (int i = 0; i < shape.layers(); i++) {
      String block = "blocks." + i + ".";
      selfAttention(draft.norm(block + "norm1", w), block, w);
      feedForward(draft.norm(block + "norm2", w), block, w);
    }
    return draft.inventory();
  }

  /** The tensors of {@code cross_attention.py}. */
  private static ParameterInventory crossAttention(TransformerShape shape) {
    long w = shape.width();
    InventoryDraft draft = embeddings(shape);
    draft.norm("norm", w).silent("head", shape.patchValues(), w);
    for (int i = 0; i < shape.layers(); i++) {
      String block = "blocks." + i + ".";
      selfAttention(draft.norm(block + "norm1", w), block, w);
      draft
          .norm(block + "norm2", w)
          .linear(block + "cross.query", w, w)
          .linear(block + "cross.kv", 2 * w, w)
          .linear(block + "cross.out", w, w);
      feedForward(draft.norm(block + "norm3", w), block, w);
    }
    return draft.inventory();
  }

  /** The tensors of {@code adaln_zero.py}. */
  private static ParameterInventory adaLnZero(TransformerShape shape) {
    long w = shape.width();
    InventoryDraft draft = embeddings(shape);
    draft.silent("norm", 2 * w, w).silent("head", shape.patchValues(), w);
    for (int i = 0; i < shape.layers(); i++) {
      String block = "blocks." + i + ".";
      selfAttention(draft.silent(block + "modulation", 6 * w, w), block, w);
      feedForward(draft, block, w);
    }
    return draft.inventory();
  }

  private static InventoryDraft embeddings(TransformerShape shape) {
    long w = shape.width();
    return new InventoryDraft()
        .linear("image", w, shape.patchValues())
        .linear("text", w, shape.textWidth())
        .narrow("time.in", w, TransformerShape.TIME_FREQUENCIES)
        .narrow("time.out", w, w);
  }

  private static void selfAttention(InventoryDraft draft, String block, long w) {
    draft.linear(block + "qkv", 3 * w, w).linear(block + "out", w, w);
  }

  private static void feedForward(InventoryDraft draft, String block, long w) {
    draft.linear(block + "up", 4 * w, w).linear(block + "down", w, 4 * w);
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
