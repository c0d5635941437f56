package dev.isoflop.operator.report.page;

import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.status.ComputeStatus;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.model.Architecture;
import dev.isoflop.model.FlopConvention;
import dev.isoflop.operator.report.input.BudgetLevels;
import dev.isoflop.operator.report.input.ReportInput;
import dev.isoflop.operator.report.input.ReportTrial;
import dev.isoflop.operator.report.page.Page.Fact;
import dev.isoflop.operator.report.plot.Numerals;
import dev.isoflop.operator.report.plot.RichText;
import dev.isoflop.operator.report.words.Latex;
import dev.isoflop.operator.report.words.Phrases;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Summary of what was trained, and the commands that repeat it. */
final class SweepFacts {

  private final ReportInput input;
  private final BudgetLevels levels;

  SweepFacts(ReportInput input, BudgetLevels levels) {
    this.input = input;
    this.levels = levels;
  }

  String subtitle() {
    return input
        .spec()
        .map(
            spec ->
                "Scaling laws of %s diffusion transformer on %s"
                    .formatted(words(spec.model().architecture()), spec.data().train().name()))
        .orElse("Scaling laws fitted to given points");
  }

  List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    budgets().ifPresent(text -> facts.add(new Fact("Budgets", text)));
    facts.add(
        input.spec().isPresent()
            ? new Fact("Trials", RichText.of(trials()))
            : new Fact("Trained models", RichText.of(Integer.toString(input.trials().size()))));
    LeftOutSamples.ofTrials(input.trials())
        .ifPresent(
            told -> facts.add(new Fact("Broken samples left out", RichText.of(told.byTrials()))));
    input.spec().ifPresent(spec -> specFacts(spec, facts));
    input
        .status()
        .map(ScalingSweepStatus::compute)
        .ifPresent(compute -> computeFacts(compute, facts));
    return facts;
  }

  private Optional<RichText> budgets() {
    List<Double> all = levels.levels();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    double first = all.get(0);
    double last = all.get(all.size() - 1);
    RichText text =
        all.size() == 1
            ? Numerals.flops(first)
            : RichText.of(all.size() + ", ")
                .then(Numerals.flops(first))
                .text(" to ")
                .then(Numerals.flops(last));
    return Optional.of(text.text(" FLOPs"));
  }

  private String trials() {
    long succeeded = input.trials().stream().filter(ReportTrial::succeeded).count();
    return succeeded + " of " + input.trials().size() + " succeeded";
  }

  private static void specFacts(ScalingSweepSpec spec, List<Fact> facts) {
    facts.add(
        new Fact(
            "FLOPs counted",
            spec.flopConvention() == FlopConvention.SixND
                ? RichText.EMPTY.italic("C").text(" = 6").italic("ND")
                : RichText.of("exactly (matrix multiplications)")));
    facts.add(
        new Fact(
            "Input",
            RichText.of(
                "%s\u00d7%s\u00d7%s, patches of %s"
                    .formatted(
                        spec.data().imageSize(),
                        spec.data().imageSize(),
                        spec.data().channels(),
                        spec.model().patchSize()))));
    facts.add(
        new Fact(
            "Training",
            RichText.of("batch " + NumberFormat.whole(spec.training().batchSize()) + ", AdamW at ")
                .then(Numerals.given(spec.training().optimizer().learningRate()))
                .text(
                    ", "
                        + spec.training().schedule().type().name().toLowerCase(Locale.ROOT)
                        + " schedule, seed "
                        + spec.training().seed())));
    facts.add(
        new Fact(
            "Evaluation",
            RichText.of(
                Phrases.list(spec.data().evaluation().stream().map(set -> set.name()).toList())
                    + ", "
                    + NumberFormat.whole(spec.evaluation().samples())
                    + " samples each")));
  }

  private static void computeFacts(ComputeStatus compute, List<Fact> facts) {
    facts.add(
        new Fact(
            "Compute spent",
            Numerals.scientific(compute.spentFlops(), 3)
                .text(" of ")
                .then(Numerals.scientific(compute.plannedFlops(), 3))
                .text(" FLOPs planned")));
    facts.add(
        new Fact(
            "Device time", RichText.of(NumberFormat.duration(compute.acceleratorHours() * 3600))));
  }

  private static String words(Architecture architecture) {
    return switch (architecture) {
      case InContext -> "an in-context";
      case CrossAttention -> "a cross-attention";
      case AdaLNZero -> "an adaLN-Zero";
    };
  }

  /** A BibTeX entry for this very fit. */
  String citation() {
    String digest =
        input.laws().map(laws -> ", input " + laws.provenance().inputDigest()).orElse("");
    return """
    @misc{isoflop-%s,
      title = {Scaling laws of the sweep %s},
      year = {%s},
      note = {Fitted with %s%s}
    }\
    """
        .formatted(
            input.name().replaceAll("[^A-Za-z0-9-]", "-"),
            tex(input.name()),
            input.generated().atZone(ZoneOffset.UTC).getYear(),
            tex(input.software()),
            digest);
  }

  /** Plain text for TeX. */
  private static String tex(String text) {
    return Latex.escape(text);
  }
}
