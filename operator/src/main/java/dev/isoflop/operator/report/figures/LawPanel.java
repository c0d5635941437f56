package dev.isoflop.operator.report.figures;

import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.status.PredictionStatus;
import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.isoflop.IsoFlopCurve;
import dev.isoflop.laws.isoflop.Optimum;
import dev.isoflop.laws.powerlaw.LawPrediction;
import dev.isoflop.laws.powerlaw.PowerLaw;
import dev.isoflop.operator.report.input.BudgetLevels;
import dev.isoflop.operator.report.input.ReportInput;
import dev.isoflop.operator.report.plot.Axis;
import dev.isoflop.operator.report.plot.Ink;
import dev.isoflop.operator.report.plot.Layer;
import dev.isoflop.operator.report.plot.Legend;
import dev.isoflop.operator.report.plot.Mark;
import dev.isoflop.operator.report.plot.Marker;
import dev.isoflop.operator.report.plot.Numerals;
import dev.isoflop.operator.report.plot.Plot;
import dev.isoflop.operator.report.plot.RichText;
import dev.isoflop.operator.report.plot.Scale;
import dev.isoflop.operator.report.plot.Span;
import dev.isoflop.operator.report.words.Phrases;
import dev.isoflop.operator.report.words.QuantityStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One law with the optima it is fitted to, its predictions, and what was measured there. */
final class LawPanel {

  private static final Ink LAW = Ink.TEXT;

  private final ReportInput input;
  private final BudgetLevels levels;
  private final Laws laws;
  private final LawQuantity quantity;
  private final QuantityStyle style;
  private final Optional<PowerLaw> law;

  LawPanel(ReportInput input, BudgetLevels levels, Laws laws, LawQuantity quantity) {
    this.input = input;
    this.levels = levels;
    this.laws = laws;
    this.quantity = quantity;
    style = QuantityStyle.of(quantity);
    law = laws.law(quantity).value();
  }

  Panel panel() {
    RichText heading = RichText.EMPTY.then(style.symbol()).text("(").italic("C").text(")");
    List<Layer> points = new ArrayList<>();
    for (IsoFlopCurve curve : laws.curves()) {
      curve
          .optimum()
          .value()
          .filter(this::drawable)
          .ifPresent(optimum -> points.add(optimumLayer(optimum)));
    }
    if (points.isEmpty()) {
      return Panel.empty(
          heading, (input.open().any() ? "No law yet; " : "No law; ") + Phrases.SEE_TOP + ".");
    }
    List<Mark> predictions = predictions();
    if (!predictions.isEmpty()) {
      points.add(new Layer.Points("predictions", LAW, Marker.DIAMOND, true, 1.2, predictions));
    }
    List<Mark> measured = measured();
    if (!measured.isEmpty()) {
      points.add(new Layer.Points("measured", LAW, Marker.CROSS, false, 1.2, measured));
    }
    return new Panel(heading, List.of(new Panel.Choice("", plot(heading, points))), false, "");
  }

  private Plot plot(RichText heading, List<Layer> points) {
    Span budgets = Span.logarithmic();
    Span values = Span.logarithmic();
    for (Layer layer : points) {
      if (layer instanceof Layer.Points series) {
        for (Mark mark : series.marks()) {
          budgets.include(mark.x());
          values.include(mark.y());
          mark.along().ifPresent(reach -> values.include(reach.low()).include(reach.high()));
        }
      }
    }
    Scale x = budgets.scale(0.09);
    List<Layer> layers = new ArrayList<>();
    law.ifPresent(
        fitted -> {
          layers.addAll(LawPlot.layers(style.name(), fitted, LAW, x));
          LawPlot.include(values, fitted, x);
        });
    layers.addAll(points);
    return new Plot(
        heading.plain(),
        description(),
        new Axis(RichText.of("Training compute ").italic("C").text(" (FLOPs)"), x),
        new Axis(style.axis(), values.scale(0.12)),
        layers,
        Legend.NONE,
        List.of(),
        note());
  }

  private boolean drawable(Optimum optimum) {
    double value = optimum.value(quantity).orElse(Double.NaN);
    return value > 0 && Double.isFinite(value);
  }

  private Layer optimumLayer(Optimum optimum) {
    return new Layer.Points(
        "optimum " + optimum.budget(),
        levels.ink(levels.index(optimum.budget())),
        Marker.DIAMOND,
        false,
        1.2,
        List.of(mark(optimum, "")));
  }

  private Mark mark(Optimum optimum, String what) {
    double value = optimum.value(quantity).orElseThrow();
    Mark mark =
        Mark.of(
            optimum.budget(),
            value,
            "%s%s FLOPs\n%s %s"
                .formatted(
                    what,
                    Numerals.flops(optimum.budget()).plain(),
                    style.symbol().plain(),
                    style.format(value)));
    return quantity == LawQuantity.PARAMETERS
        ? optimum
            .parametersInterval()
            .map(interval -> mark.withAlong(interval.low(), interval.high()))
            .orElse(mark)
        : mark;
  }

  private List<Mark> predictions() {
    return law.map(
            fitted ->
                input.asked().stream()
                    .map(fitted::predict)
                    .filter(there -> there.value() > 0 && Double.isFinite(there.value()))
                    .map(this::prediction)
                    .toList())
        .orElse(List.of());
  }

  private Mark prediction(LawPrediction there) {
    return Mark.of(
            there.flops(),
            there.value(),
            "predicted at %s FLOPs\n%s %s %s"
                .formatted(
                    Numerals.flops(there.flops()).plain(),
                    style.symbol().plain(),
                    style.format().apart(there.predictionInterval()).of(there.value()),
                    style.format().interval(there.predictionInterval())))
        .withAlong(there.predictionInterval().low(), there.predictionInterval().high());
  }

  /** Optima that the laws did not see, and losses measured at predicted ones. */
  private List<Mark> measured() {
    List<Mark> marks = new ArrayList<>();
    for (IsoFlopCurve curve : input.heldOut()) {
      curve
          .optimum()
          .value()
          .filter(this::drawable)
          .ifPresent(optimum -> marks.add(mark(optimum, "measured at ")));
    }
    if (quantity == LawQuantity.LOSS) {
      for (PredictionStatus prediction :
          input.status().map(ScalingSweepStatus::predictions).orElse(List.of())) {
        Double loss = prediction.measured();
        boolean known = marks.stream().anyMatch(mark -> mark.x() == prediction.flops());
        if (!known && loss != null && loss > 0 && prediction.flops() > 0) {
          marks.add(
              Mark.of(
                  prediction.flops(),
                  loss,
                  "measured at %s FLOPs\nloss %s"
                      .formatted(Numerals.flops(prediction.flops()).plain(), Phrases.loss(loss))));
        }
      }
    }
    return marks;
  }

  private Plot.Note note() {
    return law.map(
            fitted ->
                new Plot.Note(
                    style.free(),
                    List.of(
                        Phrases.equation(style.symbol(), fitted),
                        RichText.of(
                            "exponent "
                                + Phrases.exponentInterval(fitted, fitted.interval().exponent())),
                        RichText.EMPTY
                            .italic("R")
                            .superscript("2")
                            .text(" " + Phrases.equalsRSquared(fitted.rSquared())))))
        .orElse(
            new Plot.Note(
                style.free(), List.of(RichText.of(input.open().any() ? "no law yet" : "no law"))));
  }

  private String description() {
    return law.map(
            fitted ->
                "Optimal %s by budget on logarithmic axes with the fitted law %s; exponent %s."
                    .formatted(
                        style.name(),
                        Phrases.equation(style.symbol(), fitted).plain(),
                        Phrases.exponentInterval(fitted, fitted.interval().exponent())))
        .orElse("Optimal %s by budget; no law could be fitted.".formatted(style.name()));
  }
}
