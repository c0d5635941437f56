package dev.isoflop.operator.report.figures;

import dev.isoflop.laws.compare.ComparedLaw;
import dev.isoflop.laws.compare.ComparedSweep;
import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.powerlaw.LawPoint;
import dev.isoflop.operator.report.input.ComparisonInput;
import dev.isoflop.operator.report.plot.Axis;
import dev.isoflop.operator.report.plot.Ink;
import dev.isoflop.operator.report.plot.Layer;
import dev.isoflop.operator.report.plot.Layer.Stroke;
import dev.isoflop.operator.report.plot.Layer.Vertex;
import dev.isoflop.operator.report.plot.Legend;
import dev.isoflop.operator.report.plot.Mark;
import dev.isoflop.operator.report.plot.Marker;
import dev.isoflop.operator.report.plot.Numerals;
import dev.isoflop.operator.report.plot.Palette;
import dev.isoflop.operator.report.plot.Plot;
import dev.isoflop.operator.report.plot.RichText;
import dev.isoflop.operator.report.plot.Scale;
import dev.isoflop.operator.report.plot.Span;
import dev.isoflop.operator.report.words.Phrases;
import dev.isoflop.operator.report.words.QuantityStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The laws of several sweeps on the same axes. */
public final class ComparisonFigure {
  private static final int SAMPLES = 64;

  private final ComparisonInput input;

  public ComparisonFigure(ComparisonInput input) {
    this.input = input;
  }

  public Figure figure() {
    return new Figure(
        "compared-laws",
        RichText.of("Scaling laws"),
        List.of(
            RichText.of(
                    "Optimal model size, tokens and loss of each sweep with the laws through them"
                        + " and ")
                .text(Phrases.percent(input.comparison().confidence()))
                .text(" bands (Student's ")
                .italic("t")
                .text("); a law that is known by its numbers only has no band."),
            RichText.of("Lines are dashed beyond the budgets of their sweep.")),
        LawQuantity.mainOnes().stream().map(this::panel).toList(),
        List.of());
  }

  private Panel panel(LawQuantity quantity) {
    QuantityStyle style = QuantityStyle.of(quantity);
    RichText heading = RichText.EMPTY.then(style.symbol()).text("(").italic("C").text(")");
    Span budgets = Span.logarithmic();
    for (ComparedSweep sweep : input.sweeps()) {
      sweep.law(quantity).ifPresent(law -> law.budgets().forEach(budgets::include));
    }
    if (budgets.isEmpty()) {
      return Panel.empty(heading, "No sweep has this law.");
    }
    Scale x = budgets.scale(0.09);
    Span values = Span.logarithmic();
    List<Layer> lines = new ArrayList<>();
    List<Layer> points = new ArrayList<>();
    List<Legend.Item> items = new ArrayList<>();
    for (int i = 0; i < input.sweeps().size(); i++) {
      ComparedSweep sweep = input.sweeps().get(i);
      Ink ink = Palette.category(i);
      Marker marker = Marker.category(i);
      Optional<ComparedLaw> found = sweep.law(quantity);
      if (found.isPresent()) {
        ComparedLaw law = found.get();
        if (law instanceof ComparedLaw.Fitted fitted) {
          LawPlot.include(values, fitted.law(), x);
        } else {
          values.include(law.at(x.low())).include(law.at(x.high()));
        }
        lines.addAll(layers(sweep.name(), law, ink, x));
        List<Mark> marks = marks(sweep.name(), style, law);
        marks.forEach(mark -> values.include(mark.y()));
        points.add(new Layer.Points("optima of " + sweep.name(), ink, marker, false, 1.1, marks));
        items.add(Legend.Item.both(ink, marker, Stroke.SOLID, RichText.of(sweep.name())));
      }
    }
    List<Layer> layers = new ArrayList<>(lines);
    layers.addAll(points);
    return Panel.small(
        heading,
        new Plot(
            heading.plain(),
            "Optimal %s of each sweep against compute, on logarithmic axes."
                .formatted(style.name()),
            new Axis(RichText.of("Training compute ").italic("C").text(" (FLOPs)"), x),
            new Axis(style.axis(), values.scale(0.1)),
            layers,
            new Legend(RichText.EMPTY, items),
            List.of(),
            Plot.Note.NONE));
  }

  private static List<Layer> layers(String sweep, ComparedLaw law, Ink ink, Scale x) {
    if (law instanceof ComparedLaw.Fitted fitted) {
      return LawPlot.layers(sweep, fitted.law(), ink, x);
    }
    List<Double> budgets = law.budgets();
    double first = budgets.isEmpty() ? x.low() : budgets.get(0);
    double last = budgets.isEmpty() ? x.high() : budgets.get(budgets.size() - 1);
    return List.of(
        line(sweep, law, ink, Stroke.DASHED, x.low(), first),
        line(sweep, law, ink, Stroke.SOLID, first, last),
        line(sweep, law, ink, Stroke.DASHED, last, x.high()));
  }

  private static Layer line(
      String sweep, ComparedLaw law, Ink ink, Stroke stroke, double from, double to) {
    List<Vertex> vertices = new ArrayList<>();
    for (int i = 0; i <= SAMPLES && from < to; i++) {
      double budget = from * StrictMath.pow(to / from, (double) i / SAMPLES);
      vertices.add(new Vertex(budget, law.at(budget)));
    }
    return new Layer.Line("law of " + sweep, ink, stroke, 1, vertices);
  }

  private static List<Mark> marks(String sweep, QuantityStyle style, ComparedLaw law) {
    List<Mark> marks = new ArrayList<>();
    if (law instanceof ComparedLaw.Fitted fitted) {
      for (LawPoint point : fitted.law().points()) {
        marks.add(
            Mark.of(
                point.budget(),
                point.value(),
                "%s at %s FLOPs\n%s %s"
                    .formatted(
                        sweep,
                        Numerals.flops(point.budget()).plain(),
                        style.symbol().plain(),
                        style.format(point.value()))));
      }
    }
    return marks;
  }
}
