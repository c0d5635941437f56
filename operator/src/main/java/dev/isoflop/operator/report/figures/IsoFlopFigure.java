package dev.isoflop.operator.report.figures;

import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.isoflop.IsoFlopCurve;
import dev.isoflop.laws.isoflop.Optimum;
import dev.isoflop.laws.stats.Interval;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.report.input.BudgetLevels;
import dev.isoflop.operator.report.input.FittedPoints;
import dev.isoflop.operator.report.input.ReportInput;
import dev.isoflop.operator.report.input.ReportTrial;
import dev.isoflop.operator.report.plot.Axis;
import dev.isoflop.operator.report.plot.CurveLabel;
import dev.isoflop.operator.report.plot.Ink;
import dev.isoflop.operator.report.plot.Layer;
import dev.isoflop.operator.report.plot.Layer.Stroke;
import dev.isoflop.operator.report.plot.Layer.Vertex;
import dev.isoflop.operator.report.plot.Legend;
import dev.isoflop.operator.report.plot.Mark;
import dev.isoflop.operator.report.plot.Marker;
import dev.isoflop.operator.report.plot.Numerals;
import dev.isoflop.operator.report.plot.Plot;
import dev.isoflop.operator.report.plot.RichText;
import dev.isoflop.operator.report.plot.Scale;
import dev.isoflop.operator.report.plot.Span;
import dev.isoflop.operator.report.words.Phrases;
import dev.isoflop.operator.report.words.QuantityFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Loss against model size, a curve for each budget: the measurement behind all laws. */
public final class IsoFlopFigure {

  private static final int CURVE_VERTICES = 72;

  /** Excluded points stretch the loss axis by at most this share of what the used ones take. */
  private static final double STRETCH = 0.35;

  /** Names listed before the rest is only counted. */
  private static final int FEW = 5;

  private final ReportInput input;
  private final BudgetLevels levels;
  private final FittedPoints fitted;
  private final List<IsoFlopCurve> curves;

  public IsoFlopFigure(ReportInput input, BudgetLevels levels, FittedPoints fitted) {
    this.input = input;
    this.levels = levels;
    this.fitted = fitted;
    curves = input.allCurves();
  }

  public Figure figure() {
    RichText title = RichText.of("IsoFLOP curves");
    if (curves.isEmpty() && outside().isEmpty()) {
      return new Figure(
          "isoflop",
          title,
          List.of(RichText.of("Loss against model size at each budget.")),
          List.of(
              Panel.empty(
                  RichText.EMPTY,
                  input.trials().isEmpty()
                      ? "No trial was planned yet."
                      : "No trial has measured a loss yet.")),
          notes(Span.linear()));
    }
    Span sizes = Span.logarithmic();
    Span losses = Span.linear();
    collect(sizes, losses);
    return new Figure(
        "isoflop", title, caption(), List.of(Panel.large(plot(sizes, losses))), notes(losses));
  }

  private void collect(Span sizes, Span losses) {
    for (IsoFlopCurve curve : curves) {
      for (TrainedPoint point : curve.points()) {
        sizes.include(point.parameters());
        double loss = point.loss().value();
        double error = point.loss().standardError().orElse(0);
        losses.include(loss).include(loss - error).include(loss + error);
      }
      curve.optimum().value().ifPresent(optimum -> losses.include(optimum.loss()));
    }
    for (ReportTrial trial : fitted.early()) {
      sizes.include(trial.size().parameters().orElseThrow());
      losses.include(trial.loss().orElseThrow().value());
    }
    boolean nothingUsed = losses.isEmpty();
    for (ReportTrial trial : fitted.left()) {
      sizes.include(trial.size().parameters().orElseThrow());
      double loss = trial.loss().orElseThrow().value();
      if (nothingUsed || losses.near(loss, STRETCH)) {
        losses.include(loss);
      }
    }
  }

  /** Trials that are drawn, but did not enter the fit. */
  private List<ReportTrial> outside() {
    return Stream.concat(fitted.early().stream(), fitted.left().stream()).toList();
  }

  private Plot plot(Span sizes, Span losses) {
    Scale x = sizes.scale(0.05);
    Scale y = losses.scale(0.06);
    List<Layer> layers = new ArrayList<>();
    List<CurveLabel> labels = new ArrayList<>();
    for (IsoFlopCurve curve : curves) {
      drawn(curve).ifPresent(layers::add);
    }
    path(x).ifPresent(layers::add);
    for (IsoFlopCurve curve : curves) {
      layers.add(points(curve));
      label(curve).ifPresent(labels::add);
    }
    for (int i = 0; i < levels.levels().size(); i++) {
      leftOut(i).ifPresent(layers::add);
    }
    for (IsoFlopCurve curve : curves) {
      vertex(curve).ifPresent(layers::add);
    }
    return new Plot(
        "IsoFLOP curves",
        description(),
        new Axis(RichText.of("Model size ").italic("N").text(" (parameters)"), x),
        new Axis(RichText.of(Phrases.capital(Phrases.series(input.lossSeries()))), y),
        layers,
        legend(),
        labels,
        Plot.Note.NONE);
  }

  private Ink ink(IsoFlopCurve curve) {
    return levels.ink(levels.index(curve.budget()));
  }

  private Optional<Layer> drawn(IsoFlopCurve curve) {
    return curve
        .parabola()
        .map(
            shape ->
                new Layer.Line(
                    "parabola " + curve.budget(),
                    ink(curve),
                    curve.interior() ? Stroke.SOLID : Stroke.DASHED,
                    1,
                    vertices(curve, shape)));
  }

  private static List<Vertex> vertices(IsoFlopCurve curve, IsoFlopCurve.CurveShape shape) {
    double smallest = curve.points().get(0).parameters();
    double largest = curve.points().get(curve.points().size() - 1).parameters();
    List<Vertex> vertices = new ArrayList<>();
    for (int i = 0; i <= CURVE_VERTICES; i++) {
      double size = smallest * StrictMath.pow(largest / smallest, (double) i / CURVE_VERTICES);
      vertices.add(new Vertex(size, shape.lossAt(size)));
    }
    return vertices;
  }

  /** The line through the laws' optima of all budgets in between. */
  private Optional<Layer> path(Scale x) {
    return input
        .laws()
        .filter(laws -> laws.parameters().value().isPresent() && laws.loss().value().isPresent())
        .map(
            laws -> {
              double low = curves.get(0).budget() / 2;
              double high = curves.get(curves.size() - 1).budget() * 2;
              List<Vertex> vertices = new ArrayList<>();
              for (int i = 0; i <= CURVE_VERTICES; i++) {
                double budget = low * StrictMath.pow(high / low, (double) i / CURVE_VERTICES);
                double size = laws.parameters().value().orElseThrow().at(budget);
                if (x.covers(size)) {
                  vertices.add(new Vertex(size, laws.loss().value().orElseThrow().at(budget)));
                }
              }
              return new Layer.Line("laws", Ink.MUTED, Stroke.DOTTED, 1, vertices);
            });
  }

  private Layer points(IsoFlopCurve curve) {
    List<Mark> marks = new ArrayList<>();
    for (TrainedPoint point : curve.points()) {
      double loss = point.loss().value();
      Mark mark =
          Mark.of(
              point.parameters(),
              loss,
              "%s\nN %s, D %s\nloss %s"
                  .formatted(
                      point.trial(),
                      Numerals.count(point.parameters()),
                      Numerals.count(point.tokens()),
                      Phrases.loss(loss)));
      marks.add(
          point.loss().standardError().isPresent()
              ? mark.withAlong(
                  loss - point.loss().standardError().getAsDouble(),
                  loss + point.loss().standardError().getAsDouble())
              : mark);
    }
    return new Layer.Points("trials " + curve.budget(), ink(curve), Marker.CIRCLE, false, 1, marks);
  }

  private Optional<Layer> leftOut(int level) {
    List<Mark> marks = new ArrayList<>();
    for (ReportTrial trial : outside()) {
      if (levels.index(trial.budget()) == level) {
        double loss = trial.loss().orElseThrow().value();
        marks.add(
            Mark.of(
                trial.size().parameters().orElseThrow(),
                loss,
                "%s, not in the fit\nloss %s\n%s"
                    .formatted(trial.name(), Phrases.loss(loss), fitted.reason(trial))));
      }
    }
    return marks.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Layer.Points(
                "excluded " + levels.levels().get(level),
                levels.ink(level),
                Marker.CIRCLE,
                true,
                1,
                marks));
  }

  private Optional<Layer> vertex(IsoFlopCurve curve) {
    return curve
        .optimum()
        .value()
        .map(
            optimum ->
                new Layer.Points(
                    "optimum " + curve.budget(),
                    ink(curve),
                    Marker.DIAMOND,
                    false,
                    1.35,
                    List.of(vertexMark(optimum))));
  }

  private static Mark vertexMark(Optimum optimum) {
    Optional<Interval> interval = optimum.parametersInterval();
    Mark mark =
        Mark.of(
            optimum.parameters(),
            optimum.loss(),
            "optimum at %s FLOPs\nN* %s%s\nloss %s"
                .formatted(
                    Numerals.flops(optimum.budget()).plain(),
                    Numerals.count(optimum.parameters()),
                    interval.map(it -> " " + QuantityFormat.COUNT.interval(it)).orElse(""),
                    Phrases.loss(optimum.loss())));
    return interval.map(it -> mark.withAcross(it.low(), it.high())).orElse(mark);
  }

  private Optional<CurveLabel> label(IsoFlopCurve curve) {
    return curve
        .parabola()
        .map(
            shape -> {
              List<Vertex> vertices = vertices(curve, shape);
              return new CurveLabel(
                  ink(curve),
                  Numerals.flops(curve.budget()),
                  vertices.get(vertices.size() - 1),
                  vertices.get(0));
            });
  }

  private Legend legend() {
    List<Legend.Item> items = new ArrayList<>();
    for (int i : levels.named()) {
      items.add(
          Legend.Item.marker(
              levels.ink(i), Marker.CIRCLE, false, Numerals.flops(levels.levels().get(i))));
    }
    if (curves.stream().anyMatch(IsoFlopCurve::interior)) {
      items.add(
          Legend.Item.marker(
              Ink.MUTED, Marker.DIAMOND, false, Phrases.N_OPTIMAL.text(" with interval")));
    }
    if (!outside().isEmpty()) {
      String words = fitted.left().isEmpty() ? "not in the fit yet" : "not in the fit";
      items.add(Legend.Item.marker(Ink.MUTED, Marker.CIRCLE, true, RichText.of(words)));
    }
    if (input.laws().filter(laws -> laws.loss().value().isPresent()).isPresent()) {
      items.add(Legend.Item.line(Ink.MUTED, Stroke.DOTTED, RichText.of("fitted laws")));
    }
    return new Legend(levels.legendTitle(), items);
  }

  private List<RichText> caption() {
    List<RichText> paragraphs = new ArrayList<>();
    RichText points =
        RichText.of(
                "Each circle is one trained model; those on one line, of one shade, took the same"
                    + " training compute ")
            .italic("C")
            .text(" (FLOPs).");
    if (curves.stream()
        .flatMap(curve -> curve.points().stream())
        .anyMatch(point -> point.loss().standardError().isPresent())) {
      points = points.text(" Vertical bars are one standard error of the evaluation.");
    }
    if (!outside().isEmpty()) {
      points = points.text(" Hollow circles did not enter the fit; the notes say why.");
    }
    paragraphs.add(points);
    RichText lines =
        RichText.of("Lines are parabolas in log ")
            .italic("N")
            .text(
                " fitted to one budget each; diamonds mark their minima with "
                    + Phrases.percent(input.confidence())
                    + " intervals.");
    if (curves.stream().anyMatch(curve -> curve.parabola().isPresent() && !curve.interior())) {
      lines =
          lines.text(" Dashed parabolas have no minimum among their sizes and give no optimum.");
    }
    paragraphs.add(lines);
    if (!input.heldOut().isEmpty()) {
      RichText heldOut =
          RichText.of("The laws were kept from ")
              .text(input.heldOut().size() == 1 ? "the curve at " : "the curves at ");
      for (int i = 0; i < input.heldOut().size(); i++) {
        heldOut =
            heldOut.text(i == 0 ? "" : ", ").then(Numerals.flops(input.heldOut().get(i).budget()));
      }
      paragraphs.add(heldOut.text(", to test what they predict."));
    }
    return paragraphs;
  }

  private String description() {
    List<String> minima = new ArrayList<>();
    for (IsoFlopCurve curve : curves) {
      curve
          .optimum()
          .value()
          .ifPresent(
              optimum ->
                  minima.add(
                      "%s parameters at %s FLOPs"
                          .formatted(
                              Numerals.count(optimum.parameters()),
                              Numerals.flops(optimum.budget()).plain())));
    }
    return "Loss against the number of parameters, one curve for each of "
        + NumberFormat.several(levels.levels().size(), "budget")
        + (minima.isEmpty() ? "." : ". Lowest at " + Phrases.list(minima) + ".");
  }

  private List<RichText> notes(Span losses) {
    List<RichText> notes = new ArrayList<>();
    for (ReportTrial trial : fitted.left()) {
      double loss = trial.loss().orElseThrow().value();
      notes.add(
          RichText.of("Not in the fit: " + trial.name() + " at ")
              .then(Numerals.flops(trial.budget()))
              .then(Numerals.rich(" FLOPs, loss " + Phrases.loss(loss)))
              .text(losses.near(loss, 0) ? ". " : " (beyond the axis, drawn at its edge). ")
              .text(fitted.reason(trial)));
    }
    if (!fitted.early().isEmpty()) {
      notes.add(
          RichText.of(
              "Not in the fit yet, as other trials of their budgets have not ended: "
                  + few(fitted.early().stream().map(ReportTrial::name).toList())
                  + "."));
    }
    List<String> open =
        fitted.invisible().stream().filter(fitted.open()::has).map(ReportTrial::name).toList();
    if (!open.isEmpty()) {
      notes.add(RichText.of("Not shown yet, as they have not ended: " + few(open) + "."));
    }
    SortedMap<String, List<String>> absent = new TreeMap<>();
    for (ReportTrial trial : fitted.invisible()) {
      if (fitted.open().has(trial)) {
        continue;
      }
      absent.computeIfAbsent(fitted.reason(trial), reason -> new ArrayList<>()).add(trial.name());
    }
    absent.forEach(
        (reason, names) ->
            notes.add(RichText.of("Not shown, without a loss: " + few(names) + ". " + reason)));
    return notes;
  }

  private static String few(List<String> names) {
    return names.size() <= FEW + 1
        ? Phrases.list(names)
        : String.join(", ", names.subList(0, FEW)) + " and " + (names.size() - FEW) + " more";
  }
}
