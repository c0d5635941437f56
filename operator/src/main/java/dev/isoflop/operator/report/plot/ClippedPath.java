package dev.isoflop.operator.report.plot;

import dev.isoflop.operator.report.plot.Layer.Vertex;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a curve that lie inside a frame, as path data: each segment is cut at the frame
 * (Liang and Barsky, "A New Concept and Method for Line Clipping", 1984), so that a curve leaves it
 * at the right place and under the right angle.
 */
final class ClippedPath {

  private final Frame frame;
  private final StringBuilder data = new StringBuilder();
  private final List<double[]> places = new ArrayList<>();
  private double penX = Double.NaN;
  private double penY = Double.NaN;

  private ClippedPath(Frame frame) {
    this.frame = frame;
  }

  static ClippedPath of(Frame frame, List<Vertex> vertices) {
    ClippedPath path = new ClippedPath(frame);
    Vertex previous = null;
    for (Vertex vertex : vertices) {
      if (!frame.xScale().shows(vertex.x()) || !frame.yScale().shows(vertex.y())) {
        previous = null;
        continue;
      }
      if (previous != null) {
        path.segment(
            frame.x(previous.x()), frame.y(previous.y()), frame.x(vertex.x()), frame.y(vertex.y()));
      }
      previous = vertex;
    }
    return path;
  }

  /** Path data; empty when the curve lies outside. */
  String data() {
    return data.toString();
  }

  /** Corners of the drawn curve. */
  List<double[]> places() {
    return places;
  }

  private void segment(double x0, double y0, double x1, double y1) {
    double dx = x1 - x0;
    double dy = y1 - y0;
    double[] direction = {-dx, dx, -dy, dy};
    double[] distance = {
      x0 - frame.left(), frame.right() - x0, y0 - frame.top(), frame.bottom() - y0
    };
    double enter = 0;
    double leave = 1;
    for (int side = 0; side < 4; side++) {
      if (direction[side] == 0) {
        if (distance[side] < 0) {
          return;
        }
        continue;
      }
      double crossing = distance[side] / direction[side];
      if (direction[side] < 0) {
        enter = Math.max(enter, crossing);
      } else {
        leave = Math.min(leave, crossing);
      }
    }
    if (enter >= leave) {
      return;
    }
    draw(x0 + enter * dx, y0 + enter * dy, x0 + leave * dx, y0 + leave * dy);
  }

  private void draw(double fromX, double fromY, double toX, double toY) {
    if (fromX != penX || fromY != penY) {
      data.append('M').append(Coordinates.text(fromX)).append(' ').append(Coordinates.text(fromY));
      places.add(new double[] {fromX, fromY});
    }
    data.append('L').append(Coordinates.text(toX)).append(' ').append(Coordinates.text(toY));
    places.add(new double[] {toX, toY});
    penX = toX;
    penY = toY;
  }
}
