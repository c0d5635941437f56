package dev.isoflop.operator.report;

import dev.isoflop.operator.laws.EqualComputeSummary;
import dev.isoflop.operator.laws.Finding;
import dev.isoflop.operator.laws.SweepPair;
import dev.isoflop.operator.report.Page.Fact;
import dev.isoflop.operator.report.Page.Verbatim;
import dev.isoflop.operator.report.plot.RichText;
import java.util.ArrayList;
import java.util.List;

/** Puts the parts of a comparison in order. */
final class ComparisonPage {
  private final ComparisonInput input;

  ComparisonPage(ComparisonInput input) {
    this.input = input;
  }

  Page build() {
    Blocks blocks = new Blocks();
    blocks.add(new ComparisonFigure(input).figure());
    if (input.comparison().pairs().size() > 1) {
      blocks.add(EqualComputeTable.of(input.comparison()));
    }
    for (SweepPair pair : input.comparison().pairs()) {
      ComparisonTables tables = new ComparisonTables(input.comparison(), pair);
      blocks.add(tables.readings());
      blocks.add(tables.exponents());
      blocks.add(tables.equalCompute());
    }
    String script = Assets.script();
    return new Page(
        Phrases.list(input.comparison().sweeps()),
        "Scaling laws compared",
        RichText.of(EqualComputeSummary.of(input.comparison())),
        RichText.of(
            evidence()
                + "Verdicts need differences beyond "
                + Phrases.percent(input.comparison().verdictConfidence())
                + " intervals"
                + (input.comparison().pairs().size() > 1
                    ? " (raised, as several pairs are compared)"
                    : "")
                + "; where the sweeps do not tell, that is the verdict. The laws do not know what"
                + " the sweeps have in common: rules for models hold on equal data, rules for data"
                + " with equal models."),
        facts(),
        findings(),
        blocks.list(),
        List.of(
            new Fact("Report by", RichText.of(input.software())),
            new Fact("Generated", RichText.of(Phrases.time(input.generated())))),
        false,
        "",
        input.command(),
        "",
        new Verbatim(Assets.style(0)),
        new Verbatim(script),
        Assets.digest(script));
  }

  /** What the headline rests on; that of several pairs is in their table. */
  private String evidence() {
    List<SweepPair> pairs = input.comparison().pairs();
    return pairs.size() == 1
        ? Phrases.capital(EqualComputeSummary.verdict(pairs.get(0)).why()) + ". "
        : "";
  }

  private List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    for (int i = 0; i < input.sweeps().size(); i++) {
      facts.add(
          new Fact(
              input.sweeps().get(i).name(),
              RichText.of(
                  input.origins().get(i)
                      + input
                          .sweeps()
                          .get(i)
                          .convention()
                          .map(convention -> ", FLOPs: " + convention)
                          .orElse(""))));
    }
    return facts;
  }

  private List<Findings.Item> findings() {
    List<Findings.Item> items = new ArrayList<>();
    for (SweepPair pair : input.comparison().pairs()) {
      for (Finding finding : pair.findings()) {
        items.add(
            new Findings.Item(
                "warning", "Take care", RichText.of(Phrases.capital(finding.message()) + ".")));
      }
    }
    return items;
  }
}
