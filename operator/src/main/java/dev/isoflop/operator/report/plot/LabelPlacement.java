package dev.isoflop.operator.report.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds room for the names of curves: of the places around a curve's two ends it takes the one that
 * covers least of what is drawn, and leaves the name out where all are crowded (the legend has it).
 */
final class LabelPlacement {

  /** Share of a label that may be covered before it is left out. */
  private static final double CROWDED = 0.06;

  private static final double GAP = 7;

  /** Advance of the label's weight over the regular one. */
  private static final double BOLD = 1.08;

  private final Frame frame;
  private final double font;
  private final List<Box> taken = new ArrayList<>();

  /** Boxes that no label may touch, since it would hide a measurement. */
  private final List<Box> kept = new ArrayList<>();

  LabelPlacement(Frame frame, double font) {
    this.frame = frame;
    this.font = font;
  }

  void occupy(Box box) {
    taken.add(box);
  }

  /** Keeps a box free of labels altogether, such as an error bar's. */
  void keepFree(Box box) {
    kept.add(box);
  }

  /** Whether nothing is drawn inside a box. */
  boolean isFree(Box box) {
    return taken.stream().allMatch(other -> box.overlap(other) == 0)
        && kept.stream().allMatch(other -> box.overlap(other) == 0);
  }

  /** Marks a drawn curve as taken. */
  void occupy(ClippedPath path) {
    List<double[]> places = path.places();
    for (int i = 1; i < places.size(); i++) {
      double[] from = places.get(i - 1);
      double[] to = places.get(i);
      int steps = (int) Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / 4);
      for (int step = 0; step <= steps && steps < 400; step++) {
        double share = steps == 0 ? 0 : (double) step / steps;
        taken.add(
            Box.around(
                from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1]), 1.5));
      }
    }
  }

  Optional<Element> place(CurveLabel label) {
    double width = BOLD * TextSetter.width(label.text(), font);
    List<Place> candidates = new ArrayList<>();
    around(label.end(), 1, width, candidates);
    around(label.otherEnd(), -1, width, candidates);
    Place best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < candidates.size(); i++) {
      Box box = candidates.get(i).box();
      if (kept.stream().anyMatch(other -> box.overlap(other) > 0)) {
        continue;
      }
      double cost = 3 * box.outside(frame) + i * 1e-3 * box.area();
      for (Box other : taken) {
        cost += box.overlap(other);
      }
      if (cost < least) {
        least = cost;
        best = candidates.get(i);
      }
    }
    if (best == null || least > CROWDED * best.box().area()) {
      return Optional.empty();
    }
    taken.add(best.box());
    return Optional.of(
        Inked.fill(best.set(label.text(), font), label.ink().letters()).set("font-weight", "600"));
  }

  /**
   * A place for a label, and the part of it that stays there whatever font a reader has: that
   * beside the curve's end.
   */
  private record Place(Box box, String anchor) {

    Element set(RichText text, double font) {
      double x =
          switch (anchor) {
            case "end" -> box.x() + box.width();
            case "middle" -> box.x() + box.width() / 2;
            default -> box.x();
          };
      return TextSetter.set(text, x, box.y() + font * 0.8, font, anchor);
    }
  }

  private void around(Layer.Vertex end, int side, double width, List<Place> out) {
    if (!frame.xScale().covers(end.x()) || !frame.yScale().shows(end.y())) {
      return;
    }
    double x = frame.x(end.x());
    double y = frame.heldY(end.y());
    double middle = y - font / 2;
    double outer = side > 0 ? x + GAP : x - GAP - width;
    String beside = side > 0 ? "start" : "end";
    out.add(new Place(new Box(outer, middle, width, font), beside));
    out.add(new Place(new Box(outer, middle - font, width, font), beside));
    out.add(new Place(new Box(x - width / 2, y - GAP - font, width, font), "middle"));
    out.add(new Place(new Box(outer, middle + font, width, font), beside));
    out.add(new Place(new Box(x - width / 2, y + GAP, width, font), "middle"));
  }
}
