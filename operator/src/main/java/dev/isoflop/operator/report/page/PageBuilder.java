package dev.isoflop.operator.report.page;

import dev.isoflop.laws.fit.DomainOffset;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.fit.Provenance;
import dev.isoflop.operator.report.figures.IsoFlopFigure;
import dev.isoflop.operator.report.figures.LawFigure;
import dev.isoflop.operator.report.figures.MetricFigure;
import dev.isoflop.operator.report.figures.ResidualFigure;
import dev.isoflop.operator.report.figures.SurfaceFigure;
import dev.isoflop.operator.report.figures.TrainingFigure;
import dev.isoflop.operator.report.input.BudgetLevels;
import dev.isoflop.operator.report.input.FittedPoints;
import dev.isoflop.operator.report.input.ReportInput;
import dev.isoflop.operator.report.page.Page.Fact;
import dev.isoflop.operator.report.page.Page.Verbatim;
import dev.isoflop.operator.report.plot.RichText;
import dev.isoflop.operator.report.tables.BudgetTable;
import dev.isoflop.operator.report.tables.EnvelopeTable;
import dev.isoflop.operator.report.tables.HoldOutTable;
import dev.isoflop.operator.report.tables.LawTable;
import dev.isoflop.operator.report.tables.OffsetTable;
import dev.isoflop.operator.report.tables.PredictionTable;
import dev.isoflop.operator.report.tables.TrialTable;
import dev.isoflop.operator.report.words.Phrases;
import java.util.ArrayList;
import java.util.List;

/** Puts the parts of a report in order and numbers them. */
final class PageBuilder {

  private final ReportInput input;

  PageBuilder(ReportInput input) {
    this.input = input;
  }

  Page build() {
    BudgetLevels levels = BudgetLevels.of(input);
    FittedPoints fitted = FittedPoints.of(input);
    Headline headline = new Headline(input);
    SweepFacts facts = new SweepFacts(input, levels);
    Blocks blocks = new Blocks();
    blocks.add(new IsoFlopFigure(input, levels, fitted).figure());
    blocks.add(new LawFigure(input, levels).figure());
    blocks.add(new LawTable(input).table());
    blocks.add(new BudgetTable(input, levels).table());
    blocks.add(new PredictionTable(input).table());
    blocks.add(new HoldOutTable(input).table());
    blocks.add(new MetricFigure(input, levels).figure());
    List<DomainOffset> offsets = input.laws().map(Laws::offsets).orElse(List.of());
    if (!offsets.isEmpty()) {
      blocks.add(new OffsetTable(input, offsets).table());
    }
    blocks.add(new SurfaceFigure(input, levels).figure());
    if (!input.curves().isEmpty()) {
      input.spec().ifPresent(spec -> blocks.add(new EnvelopeTable(input, spec).table()));
    }
    blocks.add(new ResidualFigure(input, levels).figure());
    // Models that were trained elsewhere come without their training curves.
    if (input.spec().isPresent() || !input.curves().isEmpty()) {
      blocks.add(new TrainingFigure(input, levels).figure());
    }
    if (!input.pictures().isEmpty()) {
      blocks.add(
          new PictureFigure(
              input.pictures(),
              input.spec().filter(spec -> spec.data().channels() == 1).isPresent()));
    }
    blocks.add(new TrialTable(input).table());
    String script = Assets.script();
    return new Page(
        input.name(),
        facts.subtitle(),
        headline.result(),
        headline.meaning(),
        facts.facts(),
        new Findings(input).items(),
        blocks.list(),
        provenance(),
        input.spec().isPresent(),
        input.spec().map(spec -> Manifest.yaml(input.name(), spec)).orElse(""),
        input.command(),
        facts.citation(),
        new Verbatim(Assets.style(levels.levels().size())),
        new Verbatim(script),
        Assets.digest(script));
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
    facts.add(new Fact("Generated", RichText.of(Phrases.time(input.generated()))));
    return facts;
  }
}
