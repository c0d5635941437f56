package dev.isoflop.operator.report.figures;

import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.report.input.BudgetLevels;
import dev.isoflop.operator.report.input.LossCurve;
import dev.isoflop.operator.report.input.OpenTrials;
import dev.isoflop.operator.report.input.ReportInput;
import dev.isoflop.operator.report.input.ReportTrial;
import dev.isoflop.operator.report.plot.Axis;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The smoothed training loss of every trial against the compute it had spent. */
public final class TrainingFigure {

  private static final int POINTS = 140;

  /** The start of a training, whose losses would flatten everything that follows. */
  private static final double START = 0.02;

  private final ReportInput input;
  private final BudgetLevels levels;

  public TrainingFigure(ReportInput input, BudgetLevels levels) {
    this.input = input;
    this.levels = levels;
  }

  /** A curve to draw, with the trial it belongs to. */
  private record Drawn(ReportTrial trial, List<LossCurve.Point> points) {}

  public Figure figure() {
    RichText title = RichText.of("Training curves");
    List<Drawn> drawn = drawn();
    if (drawn.isEmpty()) {
      return new Figure(
          "training",
          title,
          List.of(RichText.of("Training loss against compute.")),
          List.of(Panel.empty(RichText.EMPTY, "No training curve was recorded.")),
          List.of());
    }
    List<RichText> notes = new ArrayList<>();
    OpenTrials open = input.open();
    List<ReportTrial> without =
        input.trials().stream()
            .filter(trial -> drawn.stream().noneMatch(it -> it.trial().equals(trial)))
            .toList();
    long notYet = without.stream().filter(open::has).count();
    if (notYet > 0) {
      notes.add(
          RichText.of(
              "Without a curve yet: "
                  + NumberFormat.several(notYet, "trial")
                  + " that have not ended."));
    }
    List<String> missing =
        without.stream().filter(trial -> !open.has(trial)).map(ReportTrial::name).toList();
    if (!missing.isEmpty()) {
      notes.add(
          RichText.of(
              "Without a curve: "
                  + (missing.size() <= 6
                      ? Phrases.list(missing)
                      : NumberFormat.several(missing.size(), "trial"))
                  + "."));
    }
    return new Figure(
        "training",
        title,
        List.of(
            RichText.of(
                "Training loss of every trial (exponential moving average, factor 0.9 a step)"
                    + " against the compute spent so far."
                    + (drawn.stream().anyMatch(it -> failed(it.trial()))
                        ? " A cross ends the curve of a trial that did not succeed."
                        : "")),
            RichText.of(
                "The axis spans the losses of the trials that did not fail, without the first "
                    + Math.round(START * 100)
                    + "\u00a0% of each.")),
        List.of(
            Panel.large(
                List.of(
                    new Panel.Choice("logarithmic loss", plot(drawn, Span.logarithmic())),
                    new Panel.Choice("linear loss", plot(drawn, Span.linear()))))),
        notes);
  }

  private List<Drawn> drawn() {
    Map<String, ReportTrial> trials = new HashMap<>();
    input.trials().forEach(trial -> trials.put(trial.name(), trial));
    List<Drawn> drawn = new ArrayList<>();
    for (LossCurve curve : input.curves()) {
      ReportTrial trial = trials.get(curve.trial());
      List<LossCurve.Point> points =
          curve.points().stream()
              .filter(point -> point.flops() > 0 && Double.isFinite(point.flops()))
              .toList();
      if (trial != null && points.stream().anyMatch(point -> usable(point.smoothed()))) {
        drawn.add(new Drawn(trial, CurveThinning.thin(points, POINTS)));
      }
    }
    drawn.sort(
        Comparator.comparingDouble((Drawn it) -> it.trial().budget())
            .thenComparing(it -> it.trial().name()));
    return drawn;
  }

  /** Whether a trial ended without success; one that still trains has not. */
  private static boolean failed(ReportTrial trial) {
    return trial.outcome().isPresent() && !trial.succeeded();
  }

  private static boolean usable(double loss) {
    return Double.isFinite(loss) && loss > 0;
  }

  private Plot plot(List<Drawn> drawn, Span losses) {
    Span compute = Span.logarithmic();
    boolean allFailed = drawn.stream().allMatch(it -> failed(it.trial()));
    for (Drawn curve : drawn) {
      double end = curve.points().get(curve.points().size() - 1).flops();
      for (LossCurve.Point point : curve.points()) {
        if (usable(point.smoothed()) && point.flops() >= START * end) {
          compute.include(point.flops());
          if (!failed(curve.trial()) || allFailed) {
            losses.include(point.smoothed());
          }
        }
      }
    }
    Scale x = compute.scale(0.03);
    Scale y = losses.scale(0.05);
    List<Layer> layers = new ArrayList<>();
    for (Drawn curve : drawn) {
      layers.add(
          new Layer.Line(
              "curve " + curve.trial().name(),
              levels.ink(levels.index(curve.trial().budget())),
              Stroke.SOLID,
              0.75,
              curve.points().stream()
                  .map(point -> new Vertex(point.flops(), point.smoothed()))
                  .toList(),
              curve.trial().name()));
    }
    for (Drawn curve : drawn) {
      if (failed(curve.trial())) {
        layers.add(cross(curve));
      }
    }
    return new Plot(
        "Training curves",
        "Smoothed training loss against training compute, one line for each of "
            + NumberFormat.several(drawn.size(), "trial")
            + ".",
        new Axis(RichText.of("Training compute spent (FLOPs)"), x),
        new Axis(RichText.of("Training loss"), y),
        layers,
        legend(),
        List.of(),
        Plot.Note.NONE);
  }

  private Layer cross(Drawn curve) {
    LossCurve.Point last = curve.points().get(0);
    for (LossCurve.Point point : curve.points()) {
      last = usable(point.smoothed()) ? point : last;
    }
    List<Mark> marks =
        usable(last.smoothed())
            ? List.of(
                Mark.of(
                    last.flops(),
                    last.smoothed(),
                    curve.trial().name() + "\n" + curve.trial().reason()))
            : List.of();
    return new Layer.Points(
        "end of " + curve.trial().name(),
        levels.ink(levels.index(curve.trial().budget())),
        Marker.CROSS,
        false,
        1.2,
        marks);
  }

  private Legend legend() {
    List<Legend.Item> items = new ArrayList<>();
    for (int i : levels.named()) {
      items.add(
          Legend.Item.line(levels.ink(i), Stroke.SOLID, Numerals.flops(levels.levels().get(i))));
    }
    return new Legend(levels.legendTitle(), items);
  }
}
