package dev.isoflop.operator.cli.laws;

import dev.isoflop.api.v1alpha1.status.PredictionStatus;
import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.text.Confidence;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.cli.text.Layout;
import dev.isoflop.operator.cli.text.Style;
import dev.isoflop.operator.cli.text.TextTable;
import dev.isoflop.operator.cli.text.TextTable.Column;
import dev.isoflop.operator.sweep.status.StatusQuantities;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Draws the predictions of a sheet. */
final class PredictionText {
  private final LawSheet sheet;
  private final double confidence;
  private final Layout layout;

  PredictionText(LawSheet sheet, double confidence, Layout layout) {
    this.sheet = sheet;
    this.confidence = confidence;
    this.layout = layout;
  }

  /** The table, what is missing from it, and how far each prediction reaches. */
  List<String> lines() {
    if (sheet.predictions().isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(sheet.any() ? foreseen() : List.of());
    lines.addAll(unlawful());
    sheet.predictions().forEach(prediction -> lines.addAll(remarks(prediction)));
    return lines;
  }

  /** Which laws are missing; a sheet that holds predictions alone does not know. */
  private List<String> unlawful() {
    LawEntries laws = sheet.laws();
    if (laws == null) {
      return List.of();
    }
    List<String> missing =
        LawQuantity.mainOnes().stream()
            .filter(quantity -> laws.law(quantity) == null)
            .map(LawQuantity::title)
            .toList();
    return missing.isEmpty()
        ? List.of()
        : layout.paragraph(
            "", "%s: not predicted, as no law was fitted".formatted(String.join(", ", missing)));
  }

  private List<String> foreseen() {
    String interval = Confidence.percent(confidence);
    TextTable table =
        new TextTable(
            Column.left("C"),
            Column.right("N*"),
            Column.left(interval),
            Column.right("D*"),
            Column.left(interval),
            Column.right("SAMPLES").dropped(1),
            Column.right("LOSS"),
            Column.left(interval));
    for (PredictionStatus prediction : sheet.predictions()) {
      table.row(
          NumberFormat.flops(prediction.flops()),
          LawSheetText.count(prediction.parameters()),
          LawSheetText.counts(prediction.parametersInterval()),
          LawSheetText.count(prediction.tokens()),
          LawSheetText.counts(prediction.tokensInterval()),
          LawSheetText.count(prediction.samples()),
          LawSheetText.loss(prediction.loss()),
          LawSheetText.losses(prediction.interval()));
    }
    return table.lines(layout);
  }

  private List<String> remarks(PredictionStatus prediction) {
    List<String> lines = new ArrayList<>();
    if (prediction.measured() != null) {
      lines.addAll(
          layout.paragraph(
              "",
              "%s was trained and left out of the fit: the measured loss is %s at %s parameters"
                  .formatted(
                      NumberFormat.flops(prediction.flops()),
                      LawSheetText.loss(prediction.measured()),
                      LawSheetText.count(prediction.measuredParameters()))));
    }
    if (beyond(prediction)) {
      layout
          .paragraph(
              "",
              "%s is so far from the fitted budgets that a law's value there is beyond what a number holds"
                  .formatted(NumberFormat.flops(prediction.flops())))
          .forEach(line -> lines.add(layout.ink().paint(Style.WARNING, line)));
    }
    if (prediction.extrapolationFactor() > 1) {
      layout
          .paragraph(
              "",
              "%s lies outside the fitted budgets by a factor of %s; the intervals hold only if the laws do"
                  .formatted(
                      NumberFormat.flops(prediction.flops()),
                      NumberFormat.count(prediction.extrapolationFactor())))
          .forEach(line -> lines.add(layout.ink().paint(Style.WARNING, line)));
    }
    return lines;
  }

  /** Whether a law that is there says nothing of the budget. */
  private boolean beyond(PredictionStatus prediction) {
    LawEntries laws = sheet.laws();
    return laws != null
        && Arrays.stream(LawQuantity.values())
            .anyMatch(
                quantity ->
                    laws.law(quantity) != null
                        && StatusQuantities.value(prediction, quantity) == null);
  }
}
