package dev.isoflop.operator.report.plot;

/** An upright rectangle, by its upper left corner. */
record Box(double x, double y, double width, double height) {

  static Box around(double x, double y, double radius) {
    return new Box(x - radius, y - radius, 2 * radius, 2 * radius);
  }

  /** The smallest that holds two opposite corners, wider by a margin on every side. */
  static Box between(double x1, double y1, double x2, double y2, double margin) {
    return new Box(
        Math.min(x1, x2) - margin,
        Math.min(y1, y2) - margin,
        Math.abs(x2 - x1) + 2 * margin,
        Math.abs(y2 - y1) + 2 * margin);
  }

  double overlap(Box other) {
    double across = Math.min(x + width, other.x + other.width) - Math.max(x, other.x);
    double along = Math.min(y + height, other.y + other.height) - Math.max(y, other.y);
    return across > 0 && along > 0 ? across * along : 0;
  }

  double area() {
    return width * height;
  }

  /** The area outside a frame. */
  double outside(Frame frame) {
    return area() - overlap(new Box(frame.left(), frame.top(), frame.width(), frame.height()));
  }
}
