package dev.isoflop.operator.report.page;

import dev.isoflop.laws.compare.EqualComputeSummary;
import dev.isoflop.laws.compare.SweepPair;
import dev.isoflop.laws.finding.Finding;
import dev.isoflop.laws.finding.FitError;
import dev.isoflop.operator.report.figures.ComparisonFigure;
import dev.isoflop.operator.report.input.ComparisonInput;
import dev.isoflop.operator.report.page.Page.Fact;
import dev.isoflop.operator.report.page.Page.Verbatim;
import dev.isoflop.operator.report.plot.Numerals;
import dev.isoflop.operator.report.plot.RichText;
import dev.isoflop.operator.report.tables.ComparisonTables;
import dev.isoflop.operator.report.tables.EqualComputeTable;
import dev.isoflop.operator.report.words.Phrases;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    List<SweepPair> pairs = input.comparison().pairs();
    for (SweepPair pair : pairs) {
      // The table of all pairs says why two have nothing in common.
      boolean common = !pair.exponents().isEmpty() || !pair.losses().isEmpty();
      if (common || pairs.size() == 1) {
        ComparisonTables tables = new ComparisonTables(input.comparison(), pair);
        blocks.add(tables.readings());
        blocks.add(tables.exponents());
        blocks.add(tables.equalCompute());
      }
    }
    String script = Assets.script();
    return new Page(
        Phrases.list(input.comparison().sweeps()),
        "Scaling laws compared",
        RichText.of(EqualComputeSummary.of(input.comparison())),
        RichText.of(
            evidence()
                + "A verdict needs a difference beyond its "
                + Phrases.percent(input.comparison().verdictConfidence())
                + " interval"
                + (pairs.size() > 1
                    ? " (raised, as %d pairs are compared)".formatted(pairs.size())
                    : "")
                + "; else it is \u201ccannot tell\u201d. The laws do not know what the sweeps have"
                + " in common: read the rule for models only if the data are equal, and the rule"
                + " for data only if the models are."),
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

  /** Evidence for the headline; that of several pairs is in their table. */
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
                          .map(convention -> ", FLOPs counted as " + convention)
                          .orElse(""))));
    }
    return facts;
  }

  /** Findings that weaken the comparison, each said once for all pairs. */
  private List<Findings.Item> findings() {
    Map<String, Set<String>> lawless = new LinkedHashMap<>();
    Set<String> messages = new LinkedHashSet<>();
    for (SweepPair pair : input.comparison().pairs()) {
      for (Finding finding : pair.findings()) {
        if (finding instanceof FitError.NoLaw none) {
          lawless.computeIfAbsent(none.sweep(), sweep -> new LinkedHashSet<>()).add(none.law());
        } else {
          messages.add(finding.message());
        }
      }
    }
    List<Findings.Item> items = new ArrayList<>();
    lawless.forEach(
        (sweep, laws) ->
            items.add(item(new FitError.NoLaw(sweep, Phrases.list(List.copyOf(laws))).message())));
    messages.forEach(message -> items.add(item(message)));
    return items;
  }

  /** A finding without changes: it may begin with the name of a sweep. */
  private static Findings.Item item(String message) {
    return new Findings.Item("warning", "Take care", Numerals.rich(message + "."));
  }
}
