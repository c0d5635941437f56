package dev.isoflop.operator.cli.plan;

import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.cli.text.Cell;
import dev.isoflop.operator.cli.text.Layout;
import dev.isoflop.operator.cli.text.Style;
import dev.isoflop.operator.cli.text.TextTable;
import dev.isoflop.operator.cli.text.TextTable.Column;
import java.util.ArrayList;
import java.util.List;

/** Draws planned grids. */
public final class PlanText {
  private final PlanSheet sheet;
  private final Layout layout;

  public PlanText(PlanSheet sheet, Layout layout) {
    this.sheet = sheet;
    this.layout = layout;
  }

  /** The whole grid and its cost. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.addAll(headline());
    lines.add("");
    lines.addAll(grid());
    lines.add("");
    lines.addAll(cost());
    List<String> warnings = warnings();
    if (!warnings.isEmpty()) {
      lines.add("");
      lines.addAll(warnings);
    }
    return lines;
  }

  /** The few lines that stand before a run. */
  public List<String> summary() {
    List<String> lines = new ArrayList<>();
    lines.addAll(headline());
    lines.addAll(beyondGrid());
    lines.addAll(warnings());
    return lines;
  }

  private List<String> headline() {
    List<PlanSheet.Budget> budgets = sheet.budgets();
    double smallest =
        budgets.stream().mapToDouble(it -> (double) it.sizes().get(0).parameters()).min().orElse(0);
    double largest =
        budgets.stream()
            .mapToDouble(it -> (double) it.sizes().get(it.sizes().size() - 1).parameters())
            .max()
            .orElse(0);
    String range =
        budgets.size() == 1
            ? "1 budget of " + NumberFormat.flops(budgets.get(0).flops())
            : "%d budgets from %s to %s"
                .formatted(
                    budgets.size(),
                    NumberFormat.flops(budgets.get(0).flops()),
                    NumberFormat.flops(budgets.get(budgets.size() - 1).flops()));
    String name = sheet.sweep() + ":";
    List<String> lines =
        layout.paragraph(
            "",
            name
                + " "
                + "%s, %s FLOPs (%s), models of %s to %s parameters"
                    .formatted(
                        NumberFormat.several(sheet.totals().trials(), "trial"),
                        range,
                        sheet.convention(),
                        NumberFormat.count(smallest),
                        NumberFormat.count(largest)));
    return headed(name, lines);
  }

  /** The lines with the name that they begin with painted. */
  private List<String> headed(String name, List<String> lines) {
    String first = lines.get(0);
    int painted = Math.min(name.length(), first.length());
    List<String> headed = new ArrayList<>(lines);
    headed.set(
        0,
        layout.ink().paint(Style.HEADING, first.substring(0, painted)) + first.substring(painted));
    return headed;
  }

  private List<String> grid() {
    TextTable table =
        new TextTable(
            Column.left("BUDGET"),
            Column.right("EXPECTED N*").dropped(1),
            Column.right("LAYERS"),
            Column.right("WIDTH").dropped(4),
            Column.right("N"),
            Column.right("STEPS"),
            Column.right("SAMPLES").dropped(2),
            Column.right("TOKENS"),
            Column.right("FLOPS").dropped(3),
            Column.left(repeated() ? "TRIALS" : ""));
    for (PlanSheet.Budget budget : sheet.budgets()) {
      boolean first = true;
      for (PlanSheet.Size size : budget.sizes()) {
        table.row(
            Cell.of(first ? NumberFormat.flops(budget.flops()) : ""),
            Cell.faint(first ? NumberFormat.count(budget.expectedParameters()) : ""),
            Cell.of(Integer.toString(size.layers())),
            Cell.of(Integer.toString(size.width())),
            Cell.of(NumberFormat.count((double) size.parameters())),
            Cell.of(NumberFormat.whole(size.steps())),
            Cell.of(NumberFormat.count(size.samples())),
            Cell.of(NumberFormat.count(size.tokens())),
            Cell.of(NumberFormat.flops(size.flops())),
            Cell.of(repeated() ? "x " + size.repeats() : ""));
        first = false;
      }
    }
    return table.lines(layout);
  }

  private boolean repeated() {
    return sheet.budgets().stream()
        .flatMap(budget -> budget.sizes().stream())
        .anyMatch(size -> size.repeats() > 1);
  }

  private List<String> cost() {
    PlanSheet.Totals totals = sheet.totals();
    PlanSheet.Slots slots = sheet.slots();
    List<String> lines = new ArrayList<>();
    lines.addAll(
        layout.paragraph(
            "",
            "Training: %s FLOPs, %s steps, %s samples, %s tokens. Evaluation: %s FLOPs."
                .formatted(
                    NumberFormat.flops(totals.flops()),
                    NumberFormat.whole(totals.steps()),
                    NumberFormat.count(totals.samples()),
                    NumberFormat.count(totals.tokens()),
                    NumberFormat.flops(totals.evaluationFlops()))));
    lines.addAll(
        layout.paragraph(
            "",
            slots.parallel() == 1
                ? "One trial at a time: %s FLOPs of matrix multiplications one after another."
                    .formatted(NumberFormat.flops(slots.flops()))
                : "%d trials at once: the busiest slot runs %s of the %s FLOPs of matrix multiplications, so that it takes 1/%s of the time of one trial after another."
                    .formatted(
                        slots.parallel(),
                        NumberFormat.flops(slots.longestFlops()),
                        NumberFormat.flops(slots.flops()),
                        NumberFormat.significant(slots.flops() / slots.longestFlops(), 2))));
    lines.addAll(beyondGrid());
    return lines;
  }

  private List<String> beyondGrid() {
    PlanSheet.BeyondGrid beyond = sheet.beyondGrid();
    List<String> lines = new ArrayList<>();
    if (beyond.mostFlops() > 0) {
      lines.addAll(
          layout.paragraph(
              "",
              "Besides, where a budget's optimum lies outside its sizes: at most %s of it, %s FLOPs if every budget needs them (scheduling.extraSizes)."
                  .formatted(
                      NumberFormat.several(beyond.extraSizes(), "further size"),
                      NumberFormat.flops(beyond.mostFlops()))));
    }
    if (beyond.checkFlops() != null) {
      lines.addAll(
          layout.paragraph(
              "",
              "In the end, to check the laws: one model at the predicted optimum of %s FLOPs (laws.validatePrediction)."
                  .formatted(NumberFormat.flops(beyond.checkFlops()))));
    }
    return lines;
  }

  private List<String> warnings() {
    return sheet.warnings().stream()
        .flatMap(warning -> marked("warning: ", warning).stream())
        .toList();
  }

  private List<String> marked(String mark, String text) {
    List<String> lines = new ArrayList<>(layout.paragraph(mark, text));
    String word = mark.stripTrailing();
    lines.set(0, layout.ink().paint(Style.WARNING, word) + lines.get(0).substring(word.length()));
    return lines;
  }
}
