package dev.isoflop.operator.report.figures;

import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.finding.Fit;
import dev.isoflop.operator.report.figures.MetricFigure.Series;
import dev.isoflop.operator.report.input.BudgetLevels;
import dev.isoflop.operator.report.input.FittedPoints;
import dev.isoflop.operator.report.input.ReportInput;
import dev.isoflop.operator.report.input.ReportTrial;
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
import dev.isoflop.operator.report.words.MeasuredValue;
import dev.isoflop.operator.report.words.Phrases;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The panels of one metric. */
final class MetricPanels {

  private final ReportInput input;
  private final BudgetLevels levels;
  private final Set<String> fitted;

  MetricPanels(ReportInput input, BudgetLevels levels) {
    this.input = input;
    this.levels = levels;
    fitted = FittedPoints.of(input).used();
  }

  /** Whether trials that succeeded are not in the fit, such as those of unfinished budgets. */
  boolean hasOthers() {
    return input.trials().stream()
        .anyMatch(trial -> trial.succeeded() && !fitted.contains(trial.name()));
  }

  /** All evaluation sets in one plot, so that their offset shows. */
  Panel againstCompute(String metric, List<Series> group) {
    RichText heading = RichText.of(Phrases.capital(Phrases.metric(metric)) + " against compute");
    boolean positive =
        group.stream().flatMap(it -> it.optima().values().stream()).allMatch(value -> value > 0);
    Span budgets = Span.logarithmic();
    Span values = positive ? Span.logarithmic() : Span.linear();
    for (Series series : group) {
      series.optima().keySet().forEach(budgets::include);
      series.optima().values().forEach(values::include);
    }
    if (values.isEmpty()) {
      return Panel.empty(heading, "No budget has an optimum at which to read the metric.");
    }
    Scale x = budgets.scale(0.09);
    List<Layer> layers = new ArrayList<>();
    List<Legend.Item> items = new ArrayList<>();
    for (int i = 0; i < group.size(); i++) {
      Series series = group.get(i);
      Ink ink = Palette.category(i);
      series
          .law()
          .flatMap(Fit::value)
          .ifPresent(
              law -> {
                LawPlot.include(values, law, x);
                layers.addAll(LawPlot.layers(series.name().toString(), law, ink, x));
              });
      layers.add(
          new Layer.Points(
              series.name().toString(), ink, Marker.category(i), false, 1.15, marks(series)));
      items.add(
          Legend.Item.both(ink, Marker.category(i), Stroke.SOLID, RichText.of(series.label())));
    }
    return Panel.small(
        heading,
        new Plot(
            heading.plain(),
            "The metric of the compute-optimal model of each budget, for "
                + Phrases.list(group.stream().map(Series::label).toList())
                + ".",
            new Axis(RichText.of("Training compute ").italic("C").text(" (FLOPs)"), x),
            new Axis(RichText.of(Phrases.axis(metric)), values.scale(0.1)),
            layers,
            new Legend(RichText.EMPTY, items),
            List.of(),
            offsets(group)));
  }

  private static Plot.Note offsets(List<Series> group) {
    List<RichText> lines = MetricOffsets.lines(group);
    if (lines.isEmpty() || lines.size() > 3) {
      return Plot.Note.NONE;
    }
    List<RichText> all = new ArrayList<>(lines);
    all.add(0, RichText.of("offset from " + group.get(0).label()));
    return new Plot.Note(Plot.Corner.BOTTOM_LEFT, all);
  }

  private static List<Mark> marks(Series series) {
    List<Mark> marks = new ArrayList<>();
    series
        .optima()
        .forEach(
            (budget, value) ->
                marks.add(
                    Mark.of(
                        budget,
                        value,
                        "%s at %s FLOPs\n%s"
                            .formatted(
                                series.label(),
                                Numerals.flops(budget).plain(),
                                Numerals.significant(value, 4)))));
    return marks;
  }

  /** Every trial's measurement, joined along each budget. */
  Panel againstSize(MetricSeries series) {
    RichText heading = RichText.of(Phrases.capital(Phrases.series(series)));
    Span sizes = Span.logarithmic();
    Span values = Span.linear();
    List<Layer> lines = new ArrayList<>();
    List<Layer> points = new ArrayList<>();
    for (int i = 0; i < levels.levels().size(); i++) {
      List<Mark> marks = marks(series, i, true);
      List<Mark> others = marks(series, i, false);
      for (Mark mark : Stream.concat(marks.stream(), others.stream()).toList()) {
        sizes.include(mark.x());
        values.include(mark.y());
        mark.along().ifPresent(bar -> values.include(bar.low()).include(bar.high()));
      }
      if (!marks.isEmpty()) {
        lines.add(
            new Layer.Line(
                "line " + levels.levels().get(i),
                levels.ink(i),
                Stroke.SOLID,
                0.6,
                marks.stream().map(mark -> new Vertex(mark.x(), mark.y())).toList()));
        points.add(
            new Layer.Points(
                series + " " + levels.levels().get(i),
                levels.ink(i),
                Marker.CIRCLE,
                false,
                0.95,
                marks));
      }
      if (!others.isEmpty()) {
        points.add(
            new Layer.Points(
                "not in the fit, " + series + " " + levels.levels().get(i),
                levels.ink(i),
                Marker.CIRCLE,
                true,
                0.95,
                others));
      }
    }
    if (points.isEmpty()) {
      return Panel.empty(heading, "No trial has measured it.");
    }
    List<Layer> layers = new ArrayList<>(lines);
    layers.addAll(points);
    return Panel.small(
        heading,
        new Plot(
            heading.plain(),
            "The metric of every trial against its number of parameters, by budget; hollow circles"
                + " are not in the fit.",
            new Axis(
                RichText.of("Model size ").italic("N").text(" (parameters)"), sizes.scale(0.06)),
            new Axis(RichText.of(Phrases.axis(series.metric())), values.scale(0.08)),
            layers,
            Legend.NONE,
            List.of(),
            Plot.Note.NONE));
  }

  private List<Mark> marks(MetricSeries series, int level, boolean inFit) {
    List<Mark> marks = new ArrayList<>();
    for (ReportTrial trial : input.trials()) {
      MeasuredValue reading = trial.metrics().get(series);
      if (levels.index(trial.budget()) != level
          || !trial.succeeded()
          || fitted.contains(trial.name()) != inFit
          || reading == null
          || !reading.isFinite()
          || !(trial.size().parameters().orElse(0) > 0)) {
        continue;
      }
      Mark mark =
          Mark.of(
              trial.size().parameters().orElseThrow(),
              reading.value(),
              "%s%s\nN %s\n%s %s"
                  .formatted(
                      trial.name(),
                      inFit ? "" : ", not in the fit",
                      Numerals.count(trial.size().parameters().orElseThrow()),
                      Phrases.series(series),
                      Numerals.significant(reading.value(), 4)));
      double value = reading.value();
      marks.add(
          reading.usableError().isPresent()
              ? mark.withAlong(
                  value - reading.usableError().getAsDouble(),
                  value + reading.usableError().getAsDouble())
              : mark);
    }
    marks.sort(Comparator.comparingDouble(Mark::x));
    return marks;
  }
}
