package dev.isoflop.operator.report.figures;

import dev.isoflop.laws.powerlaw.LawPrediction;
import dev.isoflop.laws.powerlaw.PowerLaw;
import dev.isoflop.operator.report.plot.Ink;
import dev.isoflop.operator.report.plot.Layer;
import dev.isoflop.operator.report.plot.Layer.Slice;
import dev.isoflop.operator.report.plot.Layer.Stroke;
import dev.isoflop.operator.report.plot.Layer.Vertex;
import dev.isoflop.operator.report.plot.Scale;
import dev.isoflop.operator.report.plot.Span;
import java.util.ArrayList;
import java.util.List;

/** A fitted law as layers: its band, its line, and its line beyond the fitted budgets, dashed. */
final class LawPlot {

  private static final int SAMPLES = 64;
  private static final double BAND = 0.16;

  /** Extent that bands may add at either end, as a share of what all else spans. */
  static final double BAND_STRETCH = 0.5;

  private LawPlot() {}

  /** The layers over the part of the compute axis that the scale shows. */
  static List<Layer> layers(String series, PowerLaw law, Ink ink, Scale compute) {
    double first = law.points().get(0).budget();
    double last = law.points().get(law.points().size() - 1).budget();
    return List.of(
        band(series, law, ink, compute),
        line(series, law, ink, Stroke.DASHED, compute.low(), first),
        line(series, law, ink, Stroke.SOLID, first, last),
        line(series, law, ink, Stroke.DASHED, last, compute.high()));
  }

  /**
   * Makes room for a law and for its band, whose ends beyond the budgets may be so far apart that
   * they would flatten all else: at either end they add at most a share of what all else spans.
   */
  static void include(Span values, PowerLaw law, Scale compute) {
    values.include(law.at(compute.low())).include(law.at(compute.high()));
    List<Double> edges = new ArrayList<>();
    for (double budget : List.of(compute.low(), compute.high())) {
      if (law.reaches(budget)) {
        LawPrediction there = law.predict(budget);
        edges.add(there.interval().low());
        edges.add(there.interval().high());
      }
    }
    values.stretch(edges, BAND_STRETCH);
  }

  private static Layer band(String series, PowerLaw law, Ink ink, Scale compute) {
    List<Slice> slices = new ArrayList<>();
    for (int i = 0; i <= SAMPLES; i++) {
      double budget = compute.value((double) i / SAMPLES);
      if (law.reaches(budget)) {
        LawPrediction there = law.predict(budget);
        slices.add(new Slice(budget, there.interval().low(), there.interval().high()));
      }
    }
    return new Layer.Band("band of " + series, ink, BAND, slices);
  }

  private static Layer line(
      String series, PowerLaw law, Ink ink, Stroke stroke, double from, double to) {
    List<Vertex> vertices = new ArrayList<>();
    for (int i = 0; i <= SAMPLES && from < to; i++) {
      double budget = from * StrictMath.pow(to / from, (double) i / SAMPLES);
      if (law.reaches(budget)) {
        vertices.add(new Vertex(budget, law.at(budget)));
      }
    }
    return new Layer.Line("law of " + series, ink, stroke, 1, vertices);
  }
}
