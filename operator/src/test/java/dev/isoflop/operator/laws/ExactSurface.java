package dev.isoflop.operator.laws;

/** A known loss surface {@code E + A/N^alpha + B/D^beta} and its exact optima under C = 6ND. */
record ExactSurface(double e, double a, double b, double alpha, double beta) {

  /** The three surfaces of the parabola bias table. */
  static ExactSurface named(String name) {
    return switch (name) {
      case "symmetric" -> new ExactSurface(1.69, 400, 400, .31, .31);
      case "chinchilla" -> new ExactSurface(1.69, 406.4, 410.7, .34, .28);
      case "asymmetric" -> new ExactSurface(1.69, 406.4, 410.7, .465, .155);
      default -> throw new IllegalArgumentException(name);
    };
  }

  double loss(double parameters, double tokens) {
    return e + a * StrictMath.pow(parameters, -alpha) + b * StrictMath.pow(tokens, -beta);
  }

  double parametersExponent() {
    return beta / (alpha + beta);
  }

  double tokensExponent() {
    return alpha / (alpha + beta);
  }

  double optimalParameters(double budget) {
    return StrictMath.pow(alpha * a / (beta * b), 1 / (alpha + beta))
        * StrictMath.pow(budget / 6, parametersExponent());
  }

  double optimalTokens(double budget) {
    return budget / (6 * optimalParameters(budget));
  }
}
