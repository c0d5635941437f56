package dev.isoflop.laws.surface;

import dev.isoflop.laws.data.ComputeCost;

/**
 * A loss surface {@code L(N, D) = E + A / N^alpha + B / D^beta} (Hoffmann et al. 2022, approach 3).
 *
 * <p>A and B are the losses' excess at N = 1 and D = 1, far from any data: neighbouring surfaces
 * with very different A and B can agree wherever anything was trained. Compare surfaces by their
 * exponents and by {@link #optimalParameters}, not by A and B.
 *
 * @param irreducible E, the loss with unlimited parameters and data
 * @param parametersCoefficient A
 * @param tokensCoefficient B
 * @param alpha exponent of the parameters
 * @param beta exponent of the tokens
 */
public record Surface(
    double irreducible,
    double parametersCoefficient,
    double tokensCoefficient,
    double alpha,
    double beta) {

  public double lossAt(double parameters, double tokens) {
    return irreducible
        + parametersCoefficient * StrictMath.pow(parameters, -alpha)
        + tokensCoefficient * StrictMath.pow(tokens, -beta);
  }

  /**
   * N* of a budget: the minimum of the loss along {@code C = cost(N, D)}, in closed form from the
   * Lagrange condition {@code alpha A / N^alpha = p beta B / D^beta}.
   */
  public double optimalParameters(double flops, ComputeCost cost) {
    double ratio = alpha * parametersCoefficient / (cost.exponent() * beta * tokensCoefficient);
    double perCost = StrictMath.pow(flops / cost.coefficient(), beta);
    return StrictMath.pow(ratio * perCost, 1 / (alpha + cost.exponent() * beta));
  }

  /** D* of a budget. */
  public double optimalTokens(double flops, ComputeCost cost) {
    return cost.tokens(flops, optimalParameters(flops, cost));
  }

  /** The loss at the optimum of a budget. */
  public double optimalLoss(double flops, ComputeCost cost) {
    return lossAt(optimalParameters(flops, cost), optimalTokens(flops, cost));
  }

  /** a of {@code N* ~ C^a}: beta / (alpha + beta) under C = 6ND. */
  public double parametersExponent(ComputeCost cost) {
    return beta / (alpha + cost.exponent() * beta);
  }

  /** b of {@code D* ~ C^b}: alpha / (alpha + beta) under C = 6ND. */
  public double tokensExponent(ComputeCost cost) {
    return alpha / (alpha + cost.exponent() * beta);
  }
}
