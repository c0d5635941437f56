package dev.isoflop.laws;

/** A known loss surface {@code E + A/N^alpha + B/D^beta} and its exact optima under C = 6ND. */
public record ExactSurface(double e, double a, double b, double alpha, double beta) {

  /** The three surfaces of the parabola bias table. */
  public static ExactSurface named(String name) {
    return switch (name) {
      case "symmetric" -> new ExactSurface(1.69, 400, 400, .31, .31);
      case "chinchilla" -> new ExactSurface(1.69, 406.4, 410.7, .34, .28);
      case "asymmetric" -> new ExactSurface(1.69, 406.4, 410.7, .465, .155);
      default -> throw new IllegalArgumentException(name);
    };
  }

  public double loss(double parameters, double tokens) {
    return e + a * StrictMath.pow(parameters, -alpha) + b * StrictMath.pow(tokens, -beta);
  }

  public double parametersExponent() {
    return beta / (alpha + beta);
  }

  public double tokensExponent() {
    return alpha / (alpha + beta);
  }

  public double optimalParameters(double budget) {
    return StrictMath.pow(alpha * a / (beta * b), 1 / (alpha + beta))
        * StrictMath.pow(budget / 6, parametersExponent());
  }

  public double optimalTokens(double budget) {
    return budget / (6 * optimalParameters(budget));
  }
}
