package dev.isoflop.operator.report.plot;

/** The rectangle between the axes, and how values map into it. */
record Frame(double left, double top, double right, double bottom, Scale xScale, Scale yScale) {

  double x(double value) {
    return left + xScale.fraction(value) * width();
  }

  double y(double value) {
    return bottom - yScale.fraction(value) * height();
  }

  /** The x of a value, moved to the nearer side if it lies outside. */
  double heldX(double value) {
    return clamp(x(value), left, right);
  }

  double heldY(double value) {
    return clamp(y(value), top, bottom);
  }

  double width() {
    return right - left;
  }

  double height() {
    return bottom - top;
  }

  private static double clamp(double value, double low, double high) {
    return Math.max(low, Math.min(high, value));
  }
}
