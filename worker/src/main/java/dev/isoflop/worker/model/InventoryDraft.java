package dev.isoflop.worker.model;

import java.util.ArrayList;
import java.util.List;

/** Collects the tensors of a model as its layers are named, in order. */
final class InventoryDraft {
  private static final Initialisation ZERO = new Initialisation.Constant(0);
  private static final Initialisation ONE = new Initialisation.Constant(1);
  private static final Initialisation NARROW = new Initialisation.Normal(0.02);

  private final List<Parameter> weights = new ArrayList<>();
  private final List<Parameter> vectors = new ArrayList<>();

  /** A linear layer that keeps the variance of what passes. */
  InventoryDraft linear(String name, long out, long in) {
    return linear(name, out, in, Initialisation.xavier(in, out));
  }

  /** A linear layer of an embedding that starts narrow. */
  InventoryDraft narrow(String name, long out, long in) {
    return linear(name, out, in, NARROW);
  }

  /** A linear layer whose first output is zero. */
  InventoryDraft silent(String name, long out, long in) {
    return linear(name, out, in, ZERO);
  }

  private InventoryDraft linear(String name, long out, long in, Initialisation start) {
    weights.add(new Parameter(name + ".weight", List.of(out, in), start));
    vectors.add(new Parameter(name + ".bias", List.of(out), ZERO));
    return this;
  }

  /** Gain and bias of a normalisation. */
  InventoryDraft norm(String name, long features) {
    vectors.add(new Parameter(name + ".gain", List.of(features), ONE));
    vectors.add(new Parameter(name + ".bias", List.of(features), ZERO));
    return this;
  }

  ParameterInventory inventory() {
    return new ParameterInventory(weights, vectors);
  }
}
