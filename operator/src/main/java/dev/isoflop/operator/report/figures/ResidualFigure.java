package dev.isoflop.operator.report.figures;

import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.finding.Fit;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.isoflop.IsoFlopCurve;
import dev.isoflop.laws.isoflop.Optimum;
import dev.isoflop.laws.powerlaw.LawPoint;
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
import dev.isoflop.operator.report.plot.Palette;
import dev.isoflop.operator.report.plot.Plot;
import dev.isoflop.operator.report.plot.RichText;
import dev.isoflop.operator.report.plot.Span;
import dev.isoflop.operator.report.words.Phrases;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Residuals of the fits; patterns show what the fits miss. */
public final class ResidualFigure {

  private final ReportInput input;
  private final BudgetLevels levels;

  public ResidualFigure(ReportInput input, BudgetLevels levels) {
    this.input = input;
    this.levels = levels;
  }

  public Figure figure() {
    List<Panel> panels = new ArrayList<>();
    input
        .laws()
        .ifPresentOrElse(
            laws -> {
              panels.add(parabolas(laws));
              panels.add(
                  ofLaws(
                      RichText.of("Optima from their laws"),
                      List.of(
                          new Named(Phrases.N_OPTIMAL, laws.parameters()),
                          new Named(Phrases.D_OPTIMAL, laws.tokens()))));
              panels.add(
                  ofLaws(
                      RichText.of("Loss at the optima from its law"),
                      List.of(new Named(Phrases.LOSS_OPTIMAL, laws.loss()))));
            },
            () -> panels.add(Panel.empty(RichText.EMPTY, input.noLaws())));
    return new Figure(
        "residuals",
        RichText.of("Residuals"),
        List.of(
            RichText.of(
                    "Losses from their parabolas: measured loss less the fitted parabola, against"
                        + " the distance of ")
                .italic("N")
                .text(
                    " from the optimum, shaded as in Figure 1. The same bend at all budgets means"
                        + " that the curves are not parabolas."),
            RichText.of("The other panels: optima less the laws.")),
        panels,
        List.of());
  }

  private record Named(RichText symbol, Fit<PowerLaw> law) {}

  private Panel parabolas(Laws laws) {
    RichText heading = RichText.of("Losses from their parabolas");
    Span x = Span.logarithmic().include(1);
    Span y = Span.linear().include(0);
    List<Layer> layers = new ArrayList<>();
    layers.add(new Layer.Level(0));
    layers.add(new Layer.Upright(1));
    for (IsoFlopCurve curve : laws.curves()) {
      Optional<Optimum> optimum = curve.optimum().value();
      if (optimum.isEmpty() || curve.parabola().isEmpty()) {
        continue;
      }
      List<Mark> marks = new ArrayList<>();
      for (TrainedPoint point : curve.points()) {
        double fitted = curve.parabola().get().lossAt(point.parameters());
        double residual = 100 * (point.loss().value() / fitted - 1);
        double distance = point.parameters() / optimum.get().parameters();
        x.include(distance);
        y.include(residual);
        marks.add(
            Mark.of(
                distance,
                residual,
                "%s\n%s %% of the loss"
                    .formatted(point.trial(), Numerals.significant(residual, 2))));
      }
      layers.add(
          new Layer.Points(
              "residuals " + curve.budget(),
              levels.ink(levels.index(curve.budget())),
              Marker.CIRCLE,
              false,
              0.95,
              marks));
    }
    if (layers.size() == 2) {
      return Panel.empty(heading, "No budget has an optimum to measure distances from.");
    }
    return Panel.small(
        heading,
        new Plot(
            "Residuals of the parabolas",
            "Relative difference between measured loss and parabola for every fitted trial.",
            new Axis(Phrases.N.text(" / ").then(Phrases.N_OPTIMAL), x.scale(0.06)),
            new Axis(RichText.of("Residual (% of the loss)"), y.scale(0.1)),
            layers,
            Legend.NONE,
            List.of(),
            Plot.Note.NONE));
  }

  private Panel ofLaws(RichText heading, List<Named> laws) {
    Span x = Span.logarithmic();
    Span y = Span.linear().include(0);
    List<Layer> layers = new ArrayList<>();
    List<Legend.Item> items = new ArrayList<>();
    layers.add(new Layer.Level(0));
    for (int i = 0; i < laws.size(); i++) {
      Named named = laws.get(i);
      if (named.law().value().isEmpty()) {
        continue;
      }
      Ink ink = laws.size() == 1 ? Ink.TEXT : Palette.category(i);
      PowerLaw law = named.law().value().get();
      List<Mark> marks = new ArrayList<>();
      for (LawPoint point : law.points()) {
        double residual = 100 * (point.value() / law.at(point.budget()) - 1);
        x.include(point.budget());
        y.include(residual);
        marks.add(
            Mark.of(
                point.budget(),
                residual,
                "%s at %s FLOPs\n%s %%"
                    .formatted(
                        named.symbol().plain(),
                        Numerals.flops(point.budget()).plain(),
                        Numerals.significant(residual, 2))));
      }
      layers.add(
          new Layer.Points(
              "residuals of " + named.symbol().plain(),
              ink,
              Marker.category(i),
              false,
              1.1,
              marks));
      items.add(Legend.Item.marker(ink, Marker.category(i), false, named.symbol()));
    }
    if (items.isEmpty()) {
      return Panel.empty(
          heading, (input.open().any() ? "No law yet; " : "No law; ") + Phrases.SEE_TOP + ".");
    }
    return Panel.small(
        heading,
        new Plot(
            heading.plain(),
            "Relative difference between the optimum of each budget and the fitted law.",
            new Axis(RichText.of("Training compute ").italic("C").text(" (FLOPs)"), x.scale(0.08)),
            new Axis(RichText.of("Residual (%)"), y.scale(0.1)),
            layers,
            items.size() > 1 ? new Legend(RichText.EMPTY, items) : Legend.NONE,
            List.of(),
            Plot.Note.NONE));
  }
}
