package dev.isoflop.operator.report.page;

import dev.isoflop.operator.report.figures.Figure;
import dev.isoflop.operator.report.figures.Panel;
import dev.isoflop.operator.report.page.Page.Block;
import dev.isoflop.operator.report.page.Page.ChoiceView;
import dev.isoflop.operator.report.page.Page.DrawingView;
import dev.isoflop.operator.report.page.Page.FigureView;
import dev.isoflop.operator.report.page.Page.PanelView;
import dev.isoflop.operator.report.page.Page.TableView;
import dev.isoflop.operator.report.page.Page.Verbatim;
import dev.isoflop.operator.report.plot.Plot;
import dev.isoflop.operator.report.plot.PlotRenderer;
import dev.isoflop.operator.report.tables.Table;
import java.util.ArrayList;
import java.util.List;

/** Numbers figures and tables in the order in which they are added, and draws them. */
final class Blocks {
  private static final PlotRenderer WIDE = new PlotRenderer(Plot.Size.WIDE);
  private static final PlotRenderer NARROW = new PlotRenderer(Plot.Size.NARROW);
  private static final PlotRenderer PANEL = new PlotRenderer(Plot.Size.PANEL);

  private final List<Block> blocks = new ArrayList<>();
  private int figures;
  private int tables;

  List<Block> list() {
    return List.copyOf(blocks);
  }

  void add(Figure figure) {
    blocks.add(block(figure));
  }

  void add(Table table) {
    blocks.add(block(table));
  }

  void add(PictureFigure figure) {
    figures++;
    blocks.add(
        new Block(
            List.of(
                new FigureView(
                    PictureFigure.ID,
                    "Figure " + figures,
                    PictureFigure.title(),
                    figure.caption(),
                    "grid",
                    figure.panels(),
                    figure.notes(),
                    figure.captions())),
            List.of()));
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
                figure.notes(),
                List.of())),
        List.of());
  }

  private Block block(Table table) {
    tables++;
    return new Block(
        List.of(), List.of(new TableView("Table " + tables, table.withoutEmptyColumns())));
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
}
