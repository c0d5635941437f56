package dev.isoflop.operator.report.figures;

import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.finding.Fit;
import dev.isoflop.laws.finding.FitError;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.fit.MetricLaw;
import dev.isoflop.laws.isoflop.IsoFlopCurve;
import dev.isoflop.laws.isoflop.Optimum;
import dev.isoflop.laws.powerlaw.PowerLaw;
import dev.isoflop.operator.report.input.BudgetLevels;
import dev.isoflop.operator.report.input.ReportInput;
import dev.isoflop.operator.report.input.SeriesOrder;
import dev.isoflop.operator.report.plot.Numerals;
import dev.isoflop.operator.report.plot.RichText;
import dev.isoflop.operator.report.words.Phrases;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Every metric on every evaluation set, in and out of the training domain. */
public final class MetricFigure {

  private final ReportInput input;
  private final BudgetLevels levels;

  public MetricFigure(ReportInput input, BudgetLevels levels) {
    this.input = input;
    this.levels = levels;
  }

  /**
   * Values of one metric on one evaluation set.
   *
   * @param optima its value at the optimum of each budget, by budget
   * @param law empty if none was asked for
   */
  record Series(MetricSeries name, SortedMap<Double, Double> optima, Optional<Fit<PowerLaw>> law) {

    /** The evaluation set, or the metric if there is but one set without a name. */
    String label() {
      return name.dataset().isEmpty() ? Phrases.metric(name.metric()) : name.dataset();
    }
  }

  public Figure figure() {
    List<Panel> panels = new ArrayList<>();
    List<Panel> againstSize = new ArrayList<>();
    List<RichText> notes = new ArrayList<>();
    MetricPanels drawing = new MetricPanels(input, levels);
    groups()
        .forEach(
            (metric, series) -> {
              boolean onlyLoss =
                  series.size() == 1 && series.get(0).name().equals(input.lossSeries());
              if (!onlyLoss) {
                panels.add(drawing.againstCompute(metric, series));
                for (Series one : series) {
                  if (!one.name().equals(input.lossSeries())) {
                    againstSize.add(drawing.againstSize(one.name()));
                  }
                }
                notes.addAll(MetricOffsets.notes(input, series));
                series.forEach(one -> refusal(one).ifPresent(notes::add));
              }
            });
    panels.addAll(againstSize);
    if (panels.isEmpty()) {
      panels.add(
          Panel.empty(
              RichText.EMPTY,
              "Only the "
                  + Phrases.series(input.lossSeries())
                  + " was measured. Further metrics and evaluation sets get their panels here."));
    }
    return new Figure(
        "metrics",
        RichText.of("Metrics and evaluation sets"),
        List.of(
            RichText.of("Against compute: each metric of the compute-optimal models (read at ")
                .then(Phrases.N_OPTIMAL)
                .text(
                    " of each budget), one marker for each evaluation set, with its law and band."),
            RichText.of(
                "Against size: the metric of every trial, shaded as in Figure 1; a line joins the"
                    + " trials of a budget."
                    + (drawing.hasOthers() ? " Hollow circles are not in the fit." : ""))),
        panels,
        notes);
  }

  private Optional<RichText> refusal(Series series) {
    return series
        .law()
        .flatMap(Fit::refusal)
        // the top of the page says of all laws at once which budgets they lack
        .filter(refusal -> !(refusal instanceof FitError.TooFewBudgets))
        .map(
            refusal ->
                Numerals.rich(
                    "No law for %s: %s."
                        .formatted(Phrases.series(series.name()), refusal.message())));
  }

  /** The series of each metric, the reference first. */
  private SortedMap<String, List<Series>> groups() {
    SortedSet<MetricSeries> names = new TreeSet<>(SeriesOrder.series(input));
    names.add(input.lossSeries());
    input.trials().forEach(trial -> names.addAll(trial.metrics().keySet()));
    input.laws().ifPresent(laws -> laws.metrics().forEach(law -> names.add(law.series())));
    SortedMap<String, List<Series>> groups = new TreeMap<>(SeriesOrder.metrics(input));
    for (MetricSeries name : names) {
      groups.computeIfAbsent(name.metric(), metric -> new ArrayList<>()).add(series(name));
    }
    return groups;
  }

  private Series series(MetricSeries name) {
    boolean loss = name.equals(input.lossSeries());
    SortedMap<Double, Double> optima = new TreeMap<>();
    for (IsoFlopCurve curve : input.laws().map(Laws::curves).orElse(List.of())) {
      Optional<Optimum> optimum = curve.optimum().value();
      optimum
          .flatMap(
              it -> loss ? Optional.of(it.loss()) : Optional.ofNullable(it.metrics().get(name)))
          .filter(Double::isFinite)
          .ifPresent(value -> optima.put(curve.budget(), value));
    }
    Optional<Fit<PowerLaw>> law =
        loss
            ? input.laws().map(Laws::loss)
            : input.laws().stream()
                .flatMap(laws -> laws.metrics().stream())
                .filter(it -> it.series().equals(name))
                .map(MetricLaw::law)
                .findFirst();
    return new Series(name, optima, law);
  }
}
