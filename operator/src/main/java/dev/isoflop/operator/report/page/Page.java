package dev.isoflop.operator.report.page;

import dev.isoflop.operator.report.plot.RichText;
import dev.isoflop.operator.report.tables.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Content of the page's template; {@link PageBuilder} makes it.
 *
 * @param subtitle what kind of sweep it is
 * @param style the page's style sheet
 * @param script the page's script; the page works without it
 * @param scriptDigest lets this script run and no other
 * @param tablesBeside whether trials.csv and curves.csv lie beside the page
 * @param manifest empty for points without one
 * @param citation how to cite the fit; empty for none
 */
record Page(
    String title,
    String subtitle,
    RichText result,
    RichText meaning,
    List<Fact> facts,
    List<Findings.Item> findings,
    List<Block> blocks,
    List<Fact> provenance,
    boolean tablesBeside,
    String manifest,
    String commands,
    String citation,
    Verbatim style,
    Verbatim script,
    String scriptDigest) {

  /** Every panel's plot as it first shows, wide where there is a choice, by the panel's id. */
  Map<String, String> drawings() {
    Map<String, String> drawings = new LinkedHashMap<>();
    for (Block block : blocks) {
      for (FigureView figure : block.figures()) {
        for (PanelView panel : figure.panels()) {
          if (!panel.choices().isEmpty() && !figure.id().equals(PictureFigure.ID)) {
            drawings.put(panel.id(), panel.choices().get(0).drawings().get(0).drawing().text());
          }
        }
      }
    }
    return drawings;
  }

  /** A name and its value. */
  record Fact(String name, RichText value) {}

  /** A numbered figure or table; exactly one of the lists has an element. */
  record Block(List<FigureView> figures, List<TableView> tables) {}

  /**
   * @param captions of the pictures in it, row by row; empty where it has none
   */
  record FigureView(
      String id,
      String number,
      RichText title,
      List<RichText> caption,
      String layout,
      List<PanelView> panels,
      List<RichText> notes,
      List<String> captions) {}

  /**
   * @param choices more than one lets the reader choose
   */
  record PanelView(
      String id, RichText heading, boolean chooses, List<ChoiceView> choices, String absence) {}

  record ChoiceView(String id, String label, boolean first, List<DrawingView> drawings) {}

  /**
   * @param width {@code wide} or {@code narrow} windows, or {@code any}
   */
  record DrawingView(String width, Verbatim drawing) {}

  record TableView(String number, Table table) {}

  /** Markup, style or program that this program made, and that goes into the page as it is. */
  record Verbatim(String text) {}
}
