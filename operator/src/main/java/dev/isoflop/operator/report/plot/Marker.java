package dev.isoflop.operator.report.plot;

/** Shape of a point; shapes differ so that colour is never needed to tell series apart. */
public enum Marker {
  CIRCLE,
  SQUARE,
  DIAMOND,
  TRIANGLE,
  /** A triangle standing on its tip. */
  DART,
  CROSS;

  /** The shapes for unordered series, in turn. */
  public static Marker category(int index) {
    Marker[] shapes = {CIRCLE, SQUARE, TRIANGLE, DIAMOND, DART};
    return shapes[Math.floorMod(index, shapes.length)];
  }

  /** The outline around a place, as a path. */
  String path(double x, double y, double radius) {
    return switch (this) {
      case CIRCLE -> {
        String r = Coordinates.text(radius);
        String d = Coordinates.text(2 * radius);
        yield "M"
            + at(x - radius, y)
            + "a"
            + r
            + " "
            + r
            + " 0 1 0 "
            + d
            + " 0a"
            + r
            + " "
            + r
            + " 0 1 0 -"
            + d
            + " 0z";
      }
      case SQUARE -> {
        double h = radius * 0.88;
        yield polygon(x - h, y - h, x + h, y - h, x + h, y + h, x - h, y + h);
      }
      case DIAMOND -> {
        double h = radius * 1.25;
        yield polygon(x, y - h, x + h, y, x, y + h, x - h, y);
      }
      case TRIANGLE -> polygon(triangle(x, y, radius, -1));
      case DART -> polygon(triangle(x, y, radius, 1));
      case CROSS -> {
        double h = radius * 0.85;
        yield "M"
            + at(x - h, y - h)
            + "L"
            + at(x + h, y + h)
            + "M"
            + at(x - h, y + h)
            + "L"
            + at(x + h, y - h);
      }
    };
  }

  private static double[] triangle(double x, double y, double radius, int direction) {
    double tip = radius * 1.25 * direction;
    double base = -radius * 0.75 * direction;
    double half = radius * 1.15;
    return new double[] {x, y + tip, x + half, y + base, x - half, y + base};
  }

  private static String polygon(double... corners) {
    StringBuilder path = new StringBuilder("M");
    for (int i = 0; i < corners.length; i += 2) {
      path.append(i == 0 ? "" : "L").append(at(corners[i], corners[i + 1]));
    }
    return path.append('z').toString();
  }

  private static String at(double x, double y) {
    return Coordinates.text(x) + " " + Coordinates.text(y);
  }
}
