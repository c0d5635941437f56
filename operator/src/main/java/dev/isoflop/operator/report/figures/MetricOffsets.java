package dev.isoflop.operator.report.figures;

import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.status.MetricLawStatus;
import dev.isoflop.laws.stats.Interval;
import dev.isoflop.operator.report.figures.MetricFigure.Series;
import dev.isoflop.operator.report.input.ReportInput;
import dev.isoflop.operator.report.plot.Numerals;
import dev.isoflop.operator.report.plot.RichText;
import dev.isoflop.operator.report.words.Phrases;
import dev.isoflop.operator.report.words.QuantityFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Offsets of a metric on one evaluation set from the same metric on the first. */
final class MetricOffsets {

  private MetricOffsets() {}

  /** Excess of the other series at one budget. */
  record Difference(double budget, double value) {}

  /** Differences at the budgets that both series have, ascending. */
  static List<Difference> between(Series reference, Series other) {
    List<Difference> differences = new ArrayList<>();
    other
        .optima()
        .forEach(
            (budget, value) -> {
              Double base = reference.optima().get(budget);
              if (base != null) {
                differences.add(new Difference(budget, value - base));
              }
            });
    return differences;
  }

  /** A line for the plot: {@code coco-2014: +0.021 to +0.023}. */
  static List<RichText> lines(List<Series> group) {
    List<RichText> lines = new ArrayList<>();
    for (Series other : group.subList(1, group.size())) {
      List<Difference> differences = between(group.get(0), other);
      if (!differences.isEmpty()) {
        String first = signed(differences.get(0).value());
        String last = signed(differences.get(differences.size() - 1).value());
        lines.add(
            RichText.of(
                "%s: %s"
                    .formatted(other.label(), first.equals(last) ? first : first + " to " + last)));
      }
    }
    return lines;
  }

  static List<RichText> notes(ReportInput input, List<Series> group) {
    List<RichText> notes = new ArrayList<>();
    Series reference = group.get(0);
    for (Series other : group.subList(1, group.size())) {
      List<Difference> differences = between(reference, other);
      if (differences.isEmpty()) {
        continue;
      }
      RichText note =
          RichText.of(
                  "Offset of %s from %s in %s: "
                      .formatted(
                          other.label(), reference.label(), Phrases.metric(other.name().metric())))
              .then(words(differences.get(0)));
      if (differences.size() > 1) {
        note = note.text(", ").then(words(differences.get(differences.size() - 1)));
      }
      notes.add(note.text(". " + slope(input, other)));
    }
    return notes;
  }

  private static RichText words(Difference difference) {
    return RichText.of(signed(difference.value()) + " at ")
        .then(Numerals.flops(difference.budget()));
  }

  private static String signed(double value) {
    return (value > 0 ? "+" : "") + Numerals.significant(value, 2);
  }

  private static String slope(ReportInput input, Series other) {
    Optional<MetricLawStatus> law =
        input.status().map(ScalingSweepStatus::laws).stream()
            .flatMap(laws -> laws.metrics().stream())
            .filter(it -> it.metric().name().equals(other.name().metric()))
            .filter(it -> it.dataset().equals(other.name().dataset()))
            .findFirst();
    return law.flatMap(it -> Optional.ofNullable(it.offsetFrom()))
        .map(
            offset ->
                "Exponents differ by "
                    + Numerals.significant(offset.slopeDifference(), 2)
                    + (offset.interval() == null
                        ? "."
                        : " "
                            + QuantityFormat.significant(2)
                                .interval(
                                    new Interval(
                                        offset.interval().lower(), offset.interval().upper()))
                            + "."))
        .orElse("");
  }
}
