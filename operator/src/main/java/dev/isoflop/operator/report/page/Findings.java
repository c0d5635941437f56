package dev.isoflop.operator.report.page;

import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.laws.finding.Finding;
import dev.isoflop.laws.finding.FitError;
import dev.isoflop.laws.finding.FitWarning;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.report.input.OpenTrials;
import dev.isoflop.operator.report.input.ReportInput;
import dev.isoflop.operator.report.input.ReportTrial;
import dev.isoflop.operator.report.plot.Numerals;
import dev.isoflop.operator.report.plot.RichText;
import dev.isoflop.operator.report.words.Phrases;
import dev.isoflop.trial.OutcomeType;
import dev.isoflop.trial.TrialOutcome;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Findings that a reader has to know before believing the numbers, in plain words. */
final class Findings {

  /** Budgets beyond these are counted, not named. */
  private static final int NAMED = 8;

  private final ReportInput input;

  Findings(ReportInput input) {
    this.input = input;
  }

  /**
   * @param kind {@code refusal}, {@code warning} or {@code note}
   * @param label the kind in words
   */
  record Item(String kind, String label, RichText text) {}

  List<Item> items() {
    List<Item> items = new ArrayList<>();
    OpenTrials open = input.open();
    Map<String, Set<String>> waiting = new LinkedHashMap<>();
    List<FitWarning.FewSizes> few = new ArrayList<>();
    List<FitError.TooFewBudgets> lawless = new ArrayList<>();
    for (Finding finding : input.laws().map(Laws::findings).orElse(List.of())) {
      Optional<OpenTrials.Waiting> later = open.waiting(finding);
      if (later.isPresent()) {
        waiting
            .computeIfAbsent(later.get().reason(), reason -> new LinkedHashSet<>())
            .add(later.get().subject());
        continue;
      }
      if (finding instanceof FitWarning.FewSizes sizes) {
        few.add(sizes);
        continue;
      }
      if (finding instanceof FitError.TooFewBudgets budgets) {
        lawless.add(budgets);
        continue;
      }
      items.add(
          finding instanceof FitError
              ? new Item("refusal", "Not fitted", sentence(words(finding)))
              : new Item("warning", "Take care", sentence(words(finding))));
    }
    items.addAll(fewBudgets(lawless));
    items.addAll(fewSizes(few));
    waiting.forEach(
        (reason, subjects) ->
            items.add(
                new Item(
                    "note",
                    "Not yet",
                    sentence(Phrases.list(List.copyOf(subjects)) + ": " + reason))));
    conditions(items);
    trials(items);
    return items;
  }

  /** The finding, with the edit of the manifest that the sweep's status names for it. */
  private String words(Finding finding) {
    return edit(finding).map(edit -> finding.message() + ": " + edit).orElse(finding.message());
  }

  private Optional<String> edit(Finding finding) {
    String start = finding.message() + ": ";
    return input
        .status()
        .flatMap(status -> Optional.ofNullable(status.laws()))
        .flatMap(
            laws -> laws.findings().stream().filter(text -> text.startsWith(start)).findFirst())
        .map(text -> text.substring(start.length()));
  }

  /** One item for all laws that lack the same budgets. */
  private List<Item> fewBudgets(List<FitError.TooFewBudgets> refusals) {
    Map<List<Double>, List<FitError.TooFewBudgets>> alike = new LinkedHashMap<>();
    for (FitError.TooFewBudgets refusal : refusals) {
      alike.computeIfAbsent(refusal.budgets(), budgets -> new ArrayList<>()).add(refusal);
    }
    return alike.values().stream()
        .map(
            of ->
                new Item(
                    "refusal",
                    "Not fitted",
                    sentence(
                        of.stream()
                            .map(refusal -> words(refusal).substring(refusal.quantity().length()))
                            .findFirst()
                            .map(
                                rest ->
                                    Phrases.list(
                                            of.stream()
                                                .map(FitError.TooFewBudgets::quantity)
                                                .toList())
                                        + rest)
                            .orElseThrow())))
        .toList();
  }

  /** One item for all budgets of so many sizes: there may be as many as the sweep has budgets. */
  private List<Item> fewSizes(List<FitWarning.FewSizes> findings) {
    Map<Integer, List<FitWarning.FewSizes>> bySizes = new TreeMap<>();
    for (FitWarning.FewSizes finding : findings) {
      bySizes.computeIfAbsent(finding.sizes(), sizes -> new ArrayList<>()).add(finding);
    }
    List<Item> items = new ArrayList<>();
    bySizes.forEach(
        (sizes, of) -> {
          List<Double> budgets = of.stream().map(FitWarning.FewSizes::budget).toList();
          RichText text =
              budgets.size() > NAMED
                  ? RichText.of(budgets.size() + " budgets have ")
                  : budgets(budgets).text(budgets.size() == 1 ? " has " : " have ");
          items.add(
              new Item(
                  "warning",
                  "Take care",
                  text.text(
                      "%s%s; %d or more make the minimum trustworthy%s."
                          .formatted(
                              NumberFormat.several(sizes, "size"),
                              budgets.size() == 1 ? "" : " each",
                              FitWarning.FewSizes.COMFORTABLE,
                              edit(of.get(0)).map(edit -> ": " + edit).orElse("")))));
        });
    return items;
  }

  private static RichText budgets(List<Double> budgets) {
    RichText text = RichText.of(budgets.size() == 1 ? "Budget " : "Budgets ");
    for (int i = 0; i < budgets.size(); i++) {
      text =
          text.text(i == 0 ? "" : i == budgets.size() - 1 ? " and " : ", ")
              .then(Numerals.flops(budgets.get(i)));
    }
    return text;
  }

  private void conditions(List<Item> items) {
    for (Condition condition :
        input.status().map(ScalingSweepStatus::conditions).orElse(List.of())) {
      boolean bad =
          (condition.getType().equals("Degraded") && "True".equals(condition.getStatus()))
              || (condition.getType().equals("MetricsAvailable")
                  && "False".equals(condition.getStatus()));
      if (bad) {
        String message = condition.getMessage() == null ? "" : condition.getMessage();
        items.add(
            new Item(
                "warning", "Sweep", sentence(message.isBlank() ? condition.getReason() : message)));
      }
    }
  }

  private void trials(List<Item> items) {
    String all = NumberFormat.several(input.trials().size(), "trial");
    long pending = input.trials().stream().filter(trial -> trial.outcome().isEmpty()).count();
    Map<String, Integer> reasons = new TreeMap<>();
    for (ReportTrial trial : input.trials()) {
      if (trial.outcome().isPresent() && !trial.succeeded()) {
        reasons.merge(kind(trial.outcome().get()), 1, Integer::sum);
      }
    }
    int missing = reasons.values().stream().mapToInt(Integer::intValue).sum();
    if (missing > 0) {
      List<String> parts = new ArrayList<>();
      reasons.forEach((reason, count) -> parts.add(count + " " + reason));
      items.add(
          new Item(
              "note",
              "Trials",
              RichText.of(
                  "%s of %s did not succeed: %s. The table of trials says why."
                      .formatted(missing, all, Phrases.list(parts)))));
    }
    if (pending > 0) {
      items.add(
          new Item(
              "note",
              "Trials",
              RichText.of(
                  "%s of %s had not ended when this report was made.".formatted(pending, all))));
    }
  }

  private static String kind(TrialOutcome outcome) {
    String reason = outcome.reason() == null ? "" : " (" + outcome.reason().name() + ")";
    return (outcome.type() == OutcomeType.Failed ? "failed" : "excluded") + reason;
  }

  private static RichText sentence(String message) {
    String text = Phrases.capital(message.strip());
    return Numerals.rich(text.endsWith(".") || text.isEmpty() ? text : text + ".");
  }
}
