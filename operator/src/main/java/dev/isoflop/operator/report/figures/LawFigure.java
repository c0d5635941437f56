package dev.isoflop.operator.report.figures;

import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.operator.report.input.BudgetLevels;
import dev.isoflop.operator.report.input.ReportInput;
import dev.isoflop.operator.report.plot.RichText;
import dev.isoflop.operator.report.words.Phrases;
import java.util.ArrayList;
import java.util.List;

/** The main laws: compute-optimal size, data and loss against compute. */
public final class LawFigure {

  private final ReportInput input;
  private final BudgetLevels levels;

  public LawFigure(ReportInput input, BudgetLevels levels) {
    this.input = input;
    this.levels = levels;
  }

  public Figure figure() {
    List<Panel> panels = new ArrayList<>();
    input
        .laws()
        .ifPresentOrElse(
            laws -> {
              for (LawQuantity quantity : LawQuantity.mainOnes()) {
                panels.add(new LawPanel(input, levels, laws, quantity).panel());
              }
            },
            () -> panels.add(Panel.empty(RichText.EMPTY, input.noLaws())));
    return new Figure("laws", RichText.of("Scaling laws"), caption(), panels, List.of());
  }

  private List<RichText> caption() {
    List<RichText> paragraphs = new ArrayList<>();
    paragraphs.add(
        RichText.of("The optimum of each budget (diamonds, shaded as in Figure 1; bars on ")
            .then(Phrases.N_OPTIMAL)
            .text(" are the intervals of the minima) and the power laws through them, with ")
            .text(Phrases.percent(input.confidence()))
            .text(" confidence bands (Student's ")
            .italic("t")
            .text("). Lines are dashed beyond the fitted budgets."));
    boolean fitted =
        input
            .laws()
            .filter(
                laws -> laws.quantities().values().stream().anyMatch(it -> it.value().isPresent()))
            .isPresent();
    if (fitted && !input.asked().isEmpty()) {
      paragraphs.add(
          RichText.of("Hollow diamonds are predictions with their prediction intervals."));
    }
    if (!input.heldOut().isEmpty()) {
      paragraphs.add(RichText.of("Crosses are optima that were measured and kept from the laws."));
    }
    return paragraphs;
  }
}
