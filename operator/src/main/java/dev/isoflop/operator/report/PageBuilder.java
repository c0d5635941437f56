package dev.isoflop.operator.report;

import dev.isoflop.operator.laws.Provenance;
import dev.isoflop.operator.report.Page.Block;
import dev.isoflop.operator.report.Page.ChoiceView;
import dev.isoflop.operator.report.Page.DrawingView;
import dev.isoflop.operator.report.Page.Fact;
import dev.isoflop.operator.report.Page.FigureView;
import dev.isoflop.operator.report.Page.PanelView;
import dev.isoflop.operator.report.Page.TableView;
import dev.isoflop.operator.report.Page.Verbatim;
import dev.isoflop.operator.report.plot.Plot;
import dev.isoflop.operator.report.plot.PlotRenderer;
import dev.isoflop.operator.report.plot.RichText;
import java.util.ArrayList;
import java.util.List;

/** Puts the parts of a report in order and numbers them. */
final class PageBuilder {

  private static final PlotRenderer WIDE = new PlotRenderer(Plot.Size.WIDE);
  private static final PlotRenderer NARROW = new PlotRenderer(Plot.Size.NARROW);
  private static final PlotRenderer PANEL = new PlotRenderer(Plot.Size.PANEL);

  private final ReportInput input;
  private int figures;
  private int tables;

  PageBuilder(ReportInput input) {
    this.input = input;
  }

  Page build() {
    BudgetLevels levels = BudgetLevels.of(input);
    FittedPoints fitted = FittedPoints.of(input);
    Headline headline = new Headline(input);
    SweepFacts facts = new SweepFacts(input, levels);
    List<Block> blocks =
        List.of(
            block(new IsoFlopFigure(input, levels, fitted).figure()),
            block(new LawFigure(input, levels).figure()),
            block(new LawTable(input).table()),
            block(new BudgetTable(input, levels).table()),
            block(new PredictionTable(input).table()),
            block(new MetricFigure(input, levels).figure()),
            block(new ResidualFigure(input, levels).figure()),
            block(new TrainingFigure(input, levels).figure()),
            block(new TrialTable(input).table()));
    String script = Assets.script();
    return new Page(
        input.name(),
        facts.subtitle(),
        headline.result(),
        headline.meaning(),
        facts.facts(),
        new Findings(input).items(),
        blocks,
        provenance(),
        input.spec().map(spec -> Manifest.yaml(input.name(), spec)).orElse(""),
        String.join("\n", facts.commands()),
        facts.citation(),
        new Verbatim(Assets.style(levels.levels().size())),
        new Verbatim(script),
        Assets.digest(script));
  }

  private Block block(Figure figure) {
    figures++;
    List<PanelView> panels = new ArrayList<>();
    for (int i = 0; i < figure.panels().size(); i++) {
      panels.add(panel(figure.panels().get(i), figure.id() + "-" + (i + 1)));
    }
    boolean large = figure.panels().stream().anyMatch(Panel::large);
    return new Block(
        List.of(
            new FigureView(
                figure.id(),
                "Figure " + figures,
                figure.title(),
                figure.caption(),
                large || panels.size() == 1 ? "single" : panels.size() == 2 ? "pair" : "grid",
                panels,
                figure.notes())),
        List.of());
  }

  private Block block(Table table) {
    tables++;
    return new Block(List.of(), List.of(new TableView("Table " + tables, table)));
  }

  private static PanelView panel(Panel panel, String id) {
    List<ChoiceView> choices = new ArrayList<>();
    for (int i = 0; i < panel.choices().size(); i++) {
      Panel.Choice choice = panel.choices().get(i);
      String choiceId = id + "-" + (i + 1);
      List<DrawingView> drawings =
          panel.large()
              ? List.of(
                  new DrawingView("wide", draw(WIDE, choice.plot(), choiceId + "-wide")),
                  new DrawingView("narrow", draw(NARROW, choice.plot(), choiceId + "-narrow")))
              : List.of(new DrawingView("any", draw(PANEL, choice.plot(), choiceId + "-any")));
      choices.add(new ChoiceView(choiceId, choice.label(), i == 0, drawings));
    }
    return new PanelView(id, panel.heading(), choices.size() > 1, choices, panel.absence());
  }

  private static Verbatim draw(PlotRenderer renderer, Plot plot, String id) {
    return new Verbatim(renderer.render(plot, id));
  }

  private List<Fact> provenance() {
    List<Fact> facts = new ArrayList<>();
    input
        .laws()
        .ifPresent(
            laws -> {
              Provenance from = laws.provenance();
              facts.add(new Fact("Input digest", RichText.of(from.inputDigest())));
              facts.add(new Fact("Fitted by", RichText.of(from.software())));
              facts.add(new Fact("FLOP convention", RichText.of(from.convention())));
              facts.add(new Fact("Bootstrap seed", RichText.of(Long.toString(from.seed()))));
            });
    facts.add(new Fact("Report by", RichText.of(input.software())));
    facts.add(new Fact("Generated", RichText.of(input.generated().toString())));
    return facts;
  }
}
