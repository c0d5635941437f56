package dev.isoflop.operator.report.figures;

import dev.isoflop.laws.data.ComputeCost;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.finding.FitWarning;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.isoflop.IsoFlopCurve;
import dev.isoflop.laws.isoflop.Optimum;
import dev.isoflop.laws.powerlaw.PowerLaw;
import dev.isoflop.laws.stats.Interval;
import dev.isoflop.laws.surface.Surface;
import dev.isoflop.laws.surface.SurfaceFit;
import dev.isoflop.laws.surface.SurfacePrediction;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.report.input.BudgetLevels;
import dev.isoflop.operator.report.input.ReportInput;
import dev.isoflop.operator.report.plot.Axis;
import dev.isoflop.operator.report.plot.Ink;
import dev.isoflop.operator.report.plot.Layer;
import dev.isoflop.operator.report.plot.Layer.Slice;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The loss surface over N and D, which sees all trials at once, against the parabolas. */
public final class SurfaceFigure {
  private static final int CONTOURS = 8;
  private static final int SAMPLES = 64;
  private static final Ink SURFACE = Palette.category(1);

  private final ReportInput input;
  private final BudgetLevels levels;

  public SurfaceFigure(ReportInput input, BudgetLevels levels) {
    this.input = input;
    this.levels = levels;
  }

  public Figure figure() {
    List<Panel> panels = new ArrayList<>();
    List<RichText> notes = new ArrayList<>();
    Optional<Laws> laws = input.laws();
    Optional<SurfaceFit> fit = laws.flatMap(it -> it.surface().value());
    if (laws.isPresent() && fit.isPresent()) {
      panels.add(plane(laws.get(), fit.get()));
      panels.add(sizes(laws.get(), fit.get()));
      panels.add(residuals(laws.get(), fit.get().surface()));
      notes.add(equation(fit.get()));
      notes.add(contours(laws.get()));
      exponent(laws.get(), fit.get()).ifPresent(notes::add);
      bias(laws.get()).ifPresent(notes::add);
    } else {
      panels.add(
          Panel.empty(
              RichText.EMPTY,
              laws.flatMap(it -> it.surface().refusal())
                  .map(
                      refusal ->
                          input
                              .open()
                              .waiting(refusal)
                              .map(waiting -> waiting.sentence() + ".")
                              .orElse(
                                  "No surface was fitted. "
                                      + Phrases.capital(refusal.message())
                                      + "."))
                  .orElse(input.noLaws())));
    }
    return new Figure(
        "surface",
        RichText.of("Cross-check by a loss surface"),
        fit.isEmpty()
            ? List.of(RichText.of("A surface of the loss, fitted to all trials at once."))
            : caption(),
        panels,
        notes);
  }

  private List<RichText> caption() {
    return List.of(
        RichText.of("Lines of equal loss: the surface ")
            .italic("L")
            .text("(")
            .italic("N")
            .text(", ")
            .italic("D")
            .text(
                ") fitted to all trials at once (circles, shaded as in Figure 1), its efficient"
                    + " frontier (solid), and the parabolas' optima (diamonds)."),
        RichText.of(
            "Optimal size by both methods: that of the surface over the law of the parabolas,"
                + " with both "
                + Phrases.percent(input.confidence())
                + " bands (the surface's by bootstrap). Where the bands part, one of the methods is"
                + " wrong."),
        RichText.of(
            "Losses from the surface: measured loss less the surface, shaded as in Figure 1."));
  }

  private Panel plane(Laws laws, SurfaceFit fit) {
    RichText heading = RichText.of("Lines of equal loss");
    Span sizes = Span.logarithmic();
    Span tokens = Span.logarithmic();
    List<TrainedPoint> points =
        laws.curves().stream().flatMap(curve -> curve.points().stream()).toList();
    points.forEach(point -> sizes.include(point.parameters()));
    points.forEach(point -> tokens.include(point.tokens()));
    Scale x = sizes.scale(0.06);
    Scale y = tokens.scale(0.08);
    List<Layer> layers = new ArrayList<>();
    for (double loss : levelsOf(laws)) {
      List<Vertex> contour = contour(fit.surface(), loss, x, y);
      if (contour.size() > 1) {
        layers.add(new Layer.Line("loss " + loss, Ink.MUTED, Stroke.SOLID, 0.45, contour));
      }
    }
    layers.add(new Layer.Line("frontier", SURFACE, Stroke.SOLID, 1.2, frontier(laws, fit, x, y)));
    for (IsoFlopCurve curve : laws.curves()) {
      layers.add(trials(curve));
    }
    List<Mark> optima = new ArrayList<>();
    for (IsoFlopCurve curve : laws.curves()) {
      curve.optimum().value().ifPresent(optimum -> optima.add(optimum(optimum)));
    }
    layers.add(new Layer.Points("optima", Ink.TEXT, Marker.DIAMOND, false, 1.2, optima));
    return Panel.small(
        heading,
        new Plot(
            heading.plain(),
            "Lines of equal loss over parameters and tokens, with the efficient frontier and the"
                + " optima of the parabolas.",
            new Axis(RichText.of("Model size ").italic("N").text(" (parameters)"), x),
            new Axis(RichText.of("Tokens ").italic("D"), y),
            layers,
            Legend.NONE,
            List.of(),
            Plot.Note.NONE));
  }

  /** Losses from the lowest to the highest measured, evenly spaced. */
  private static List<Double> levelsOf(Laws laws) {
    double[] losses =
        laws.curves().stream()
            .flatMap(curve -> curve.points().stream())
            .mapToDouble(point -> point.loss().value())
            .sorted()
            .toArray();
    double low = losses[0];
    double high = losses[losses.length - 1];
    return IntStream.rangeClosed(0, CONTOURS)
        .mapToObj(i -> low + (high - low) * i / CONTOURS)
        .toList();
  }

  private static RichText contours(Laws laws) {
    List<Double> losses = levelsOf(laws);
    return RichText.of(
        "Lines of equal loss from %s at the lower left to %s at the upper right, in steps of %s."
            .formatted(
                Phrases.loss(losses.get(CONTOURS)),
                Phrases.loss(losses.get(0)),
                Numerals.significant(losses.get(1) - losses.get(0), 2)));
  }

  /** D where a model of each size reaches a loss, from the surface's closed form. */
  private static List<Vertex> contour(Surface surface, double loss, Scale x, Scale y) {
    List<Vertex> vertices = new ArrayList<>();
    for (int i = 0; i <= SAMPLES; i++) {
      double size = x.value((double) i / SAMPLES);
      double left =
          loss
              - surface.irreducible()
              - surface.parametersCoefficient() * StrictMath.pow(size, -surface.alpha());
      double tokens = StrictMath.pow(surface.tokensCoefficient() / left, 1 / surface.beta());
      if (left > 0 && y.covers(tokens)) {
        vertices.add(new Vertex(size, tokens));
      }
    }
    return vertices;
  }

  private static List<Vertex> frontier(Laws laws, SurfaceFit fit, Scale x, Scale y) {
    double first = laws.curves().get(0).budget() / 10;
    double last = laws.curves().get(laws.curves().size() - 1).budget() * 10;
    List<Vertex> vertices = new ArrayList<>();
    ComputeCost cost = fit.cost();
    for (int i = 0; i <= SAMPLES; i++) {
      double budget = first * StrictMath.pow(last / first, (double) i / SAMPLES);
      double size = fit.surface().optimalParameters(budget, cost);
      double tokens = fit.surface().optimalTokens(budget, cost);
      if (x.covers(size) && y.covers(tokens)) {
        vertices.add(new Vertex(size, tokens));
      }
    }
    return vertices;
  }

  private Layer trials(IsoFlopCurve curve) {
    List<Mark> marks = new ArrayList<>();
    for (TrainedPoint point : curve.points()) {
      marks.add(
          Mark.of(
              point.parameters(),
              point.tokens(),
              "%s\nN %s, D %s\nloss %s"
                  .formatted(
                      point.trial(),
                      Numerals.count(point.parameters()),
                      Numerals.count(point.tokens()),
                      Phrases.loss(point.loss().value()))));
    }
    return new Layer.Points(
        "plane " + curve.budget(),
        levels.ink(levels.index(curve.budget())),
        Marker.CIRCLE,
        false,
        0.7,
        marks);
  }

  private static Mark optimum(Optimum optimum) {
    return Mark.of(
        optimum.parameters(),
        optimum.tokens(),
        "optimum at %s FLOPs\nN* %s, D* %s"
            .formatted(
                Numerals.flops(optimum.budget()).plain(),
                Numerals.count(optimum.parameters()),
                Numerals.count(optimum.tokens())));
  }

  /** N* by both methods as a ratio to the parabolas' law, so that small differences show. */
  private Panel sizes(Laws laws, SurfaceFit fit) {
    RichText heading = RichText.of("Optimal size by both methods");
    Optional<PowerLaw> found = laws.parameters().value();
    if (found.isEmpty()) {
      return Panel.empty(heading, "The parabolas gave no law of the model size.");
    }
    PowerLaw law = found.get();
    Span budgets = Span.logarithmic();
    law.points().forEach(point -> budgets.include(point.budget()));
    input.asked().forEach(budgets::include);
    Scale x = budgets.scale(0.08);
    Span ratios = Span.logarithmic().include(1);
    List<Slice> parabolas = new ArrayList<>();
    List<Slice> band = new ArrayList<>();
    List<Vertex> line = new ArrayList<>();
    for (int i = 0; i <= SAMPLES; i++) {
      double budget = x.value((double) i / SAMPLES);
      double centre = law.at(budget);
      Interval own = law.predict(budget).interval();
      parabolas.add(new Slice(budget, own.low() / centre, own.high() / centre));
      SurfacePrediction there = fit.predict(budget);
      line.add(new Vertex(budget, there.parameters() / centre));
      there
          .parametersInterval()
          .ifPresent(it -> band.add(new Slice(budget, it.low() / centre, it.high() / centre)));
    }
    for (Slice slice : parabolas) {
      ratios.include(slice.low()).include(slice.high());
    }
    line.forEach(vertex -> ratios.include(vertex.y()));
    List<Layer> layers = new ArrayList<>();
    layers.add(new Layer.Band("band of the parabolas", Ink.TEXT, 0.14, parabolas));
    if (!band.isEmpty()) {
      layers.add(new Layer.Band("band of the surface", SURFACE, 0.22, band));
    }
    layers.add(new Layer.Level(1));
    layers.add(new Layer.Line("surface", SURFACE, Stroke.SOLID, 1, line));
    List<Mark> optima =
        law.points().stream()
            .map(
                point ->
                    Mark.of(
                        point.budget(),
                        point.value() / law.at(point.budget()),
                        "optimum at "
                            + Numerals.flops(point.budget()).plain()
                            + " FLOPs\nN* "
                            + Numerals.count(point.value())))
            .toList();
    optima.forEach(mark -> ratios.include(mark.y()));
    List<Double> edges = band.stream().flatMap(it -> Stream.of(it.low(), it.high())).toList();
    ratios.stretch(edges, LawPlot.BAND_STRETCH);
    layers.add(new Layer.Points("optima over law", Ink.TEXT, Marker.DIAMOND, false, 1.1, optima));
    return Panel.small(
        heading,
        new Plot(
            heading.plain(),
            "Optimal model size by the surface, divided by that of the parabolas' law, with bands.",
            new Axis(RichText.of("Training compute ").italic("C").text(" (FLOPs)"), x),
            new Axis(Phrases.N_OPTIMAL.text(" over the parabolas' law"), ratios.scale(0.1)),
            layers,
            new Legend(
                RichText.EMPTY,
                List.of(
                    Legend.Item.marker(Ink.TEXT, Marker.DIAMOND, false, RichText.of("parabolas")),
                    Legend.Item.band(SURFACE, Stroke.SOLID, RichText.of("surface")))),
            List.of(),
            Plot.Note.NONE));
  }

  private Panel residuals(Laws laws, Surface surface) {
    RichText heading = RichText.of("Losses from the surface");
    Span x = Span.logarithmic();
    Span y = Span.linear().include(0);
    List<Layer> layers = new ArrayList<>();
    layers.add(new Layer.Level(0));
    for (IsoFlopCurve curve : laws.curves()) {
      List<Mark> marks = new ArrayList<>();
      for (TrainedPoint point : curve.points()) {
        double fitted = surface.lossAt(point.parameters(), point.tokens());
        double residual = 100 * (point.loss().value() / fitted - 1);
        x.include(point.parameters());
        y.include(residual);
        marks.add(
            Mark.of(
                point.parameters(),
                residual,
                "%s\n%s %% of the loss"
                    .formatted(point.trial(), Numerals.significant(residual, 2))));
      }
      layers.add(
          new Layer.Points(
              "surface residuals " + curve.budget(),
              levels.ink(levels.index(curve.budget())),
              Marker.CIRCLE,
              false,
              0.95,
              marks));
    }
    return Panel.small(
        heading,
        new Plot(
            heading.plain(),
            "Relative difference between measured loss and surface for every fitted trial.",
            new Axis(RichText.of("Model size ").italic("N").text(" (parameters)"), x.scale(0.06)),
            new Axis(RichText.of("Residual (% of the loss)"), y.scale(0.1)),
            layers,
            Legend.NONE,
            List.of(),
            Plot.Note.NONE));
  }

  private static RichText equation(SurfaceFit fit) {
    Surface surface = fit.surface();
    return RichText.of("Over " + NumberFormat.several(fit.points(), "trial") + ": ")
        .italic("L")
        .text(" = " + Numerals.significant(surface.irreducible(), 4) + " + ")
        .then(Numerals.scientific(surface.parametersCoefficient(), 3))
        .text("\u2009")
        .italic("N")
        .superscript(Numerals.significant(-surface.alpha(), 3))
        .text(" + ")
        .then(Numerals.scientific(surface.tokensCoefficient(), 3))
        .text("\u2009")
        .italic("D")
        .superscript(Numerals.significant(-surface.beta(), 3))
        .text(
            "; "
                + Phrases.objective(fit.objective())
                + ", objective "
                + Numerals.significant(fit.objectiveValue(), 4)
                + ", ")
        .italic("R")
        .superscript("2")
        .text(" " + Phrases.equalsRSquared(fit.rSquared()) + ".");
  }

  private Optional<RichText> exponent(Laws laws, SurfaceFit fit) {
    return laws.parameters()
        .value()
        .map(
            law ->
                RichText.of("Exponent of the model size: ")
                    .text(Numerals.decimal(fit.parametersExponent(), Phrases.exponentDecimals(law)))
                    .text(
                        fit.intervals()
                            .map(it -> " " + Phrases.exponentInterval(law, it.parametersExponent()))
                            .orElse(""))
                    .text(" by the surface, ")
                    .text(
                        Phrases.exponent(law)
                            + " "
                            + Phrases.exponentInterval(law, law.interval().exponent())
                            + " by the parabolas."));
  }

  /** Bias of the parabolas if the surface were the truth, unless the page's top says it. */
  private static Optional<RichText> bias(Laws laws) {
    boolean told = laws.findings().stream().anyMatch(it -> it instanceof FitWarning.ParabolaBiased);
    return laws.parabolaBias()
        .filter(bias -> !told)
        .map(
            bias ->
                RichText.of(
                    "If the surface were the truth, noise-free parabolas on these grids would miss"
                        + " the exponent by "
                        + (bias.exponent() > 0 ? "+" : "")
                        + Numerals.significant(bias.exponent(), 2)
                        + " and the optimal size at the largest budget by "
                        + percent(
                            bias.parametersRatioAt(
                                laws.curves().get(laws.curves().size() - 1).budget()))
                        + "."));
  }

  private static String percent(double ratio) {
    double percent = 100 * (ratio - 1);
    return (percent > 0 ? "+" : "") + Numerals.significant(percent, 2) + "\u00a0%";
  }
}
