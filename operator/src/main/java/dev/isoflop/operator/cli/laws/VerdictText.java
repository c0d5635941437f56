package dev.isoflop.operator.cli.laws;

import dev.isoflop.laws.compare.Comparison;
import dev.isoflop.laws.compare.ComparisonRule;
import dev.isoflop.laws.compare.RuleVerdict;
import dev.isoflop.laws.compare.SweepPair;
import dev.isoflop.laws.compare.Verdict;
import dev.isoflop.laws.finding.Finding;
import dev.isoflop.laws.text.Confidence;
import dev.isoflop.operator.cli.text.Cell;
import dev.isoflop.operator.cli.text.Layout;
import dev.isoflop.operator.cli.text.Style;
import dev.isoflop.operator.cli.text.TextTable;
import dev.isoflop.operator.cli.text.TextTable.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The verdicts of all pairs in one table, and why some cannot be told. */
final class VerdictText {
  private static final String CANNOT_TELL = "cannot tell";

  private final Comparison comparison;
  private final SweepLabels labels;
  private final Layout body;

  VerdictText(Comparison comparison, SweepLabels labels, Layout body) {
    this.comparison = comparison;
    this.labels = labels;
    this.body = body;
  }

  /** One rule on one law. */
  private record Question(ComparisonRule rule, String law) {
    static Question of(RuleVerdict reading) {
      return new Question(
          reading.rule(),
          switch (reading.rule()) {
            case MODEL, DATA -> "N* and D*";
            case PIPELINE, EQUAL_COMPUTE -> reading.subject().title();
          });
    }
  }

  List<String> lines() {
    Map<Question, Map<SweepPair, Verdict>> questions = new LinkedHashMap<>();
    for (ComparisonRule rule : ComparisonRule.values()) {
      for (SweepPair pair : comparison.pairs()) {
        for (RuleVerdict reading : pair.readings()) {
          if (reading.rule() == rule) {
            questions
                .computeIfAbsent(Question.of(reading), key -> new LinkedHashMap<>())
                .put(pair, reading.verdict());
          }
        }
      }
    }
    List<String> lines = new ArrayList<>();
    if (!labels.legend().isEmpty()) {
      lines.addAll(body.paragraph("", labels.legend()));
    }
    lines.addAll(reasons());
    TextTable table =
        new TextTable(
            Column.left("RULE").breaking(14),
            Column.left("LAW").breaking(10),
            Column.left("BETTER").breaking(11));
    Set<ComparisonRule> named = new HashSet<>();
    questions.forEach(
        (question, verdicts) ->
            table.row(
                Cell.of(named.add(question.rule()) ? rule(question.rule()) : ""),
                Cell.of(question.law()),
                better(verdicts)));
    lines.addAll(table.lines(body));
    return lines;
  }

  /**
   * Why verdicts cannot be told, each reason once, the most frequent one for all that is not named;
   * those that stand among the findings are not said again.
   */
  private List<String> reasons() {
    Set<String> found =
        comparison.pairs().stream()
            .flatMap(pair -> pair.findings().stream())
            .map(Finding::message)
            .collect(Collectors.toSet());
    String confidence = " (%s)".formatted(Confidence.percent(comparison.verdictConfidence()));
    Map<String, List<String>> holders = new LinkedHashMap<>();
    for (SweepPair pair : comparison.pairs()) {
      for (RuleVerdict reading : pair.readings()) {
        if (reading.verdict() instanceof Verdict.CannotTell open
            && !found.contains(open.reason())) {
          holders
              .computeIfAbsent(
                  open.reason() + (open.evidence().isEmpty() ? "" : confidence),
                  key -> new ArrayList<>())
              .add(name(pair, reading));
        }
      }
    }
    String usual =
        holders.keySet().stream()
            .max(Comparator.comparingInt(reason -> holders.getOrDefault(reason, List.of()).size()))
            .orElse("");
    List<String> notes = new ArrayList<>();
    holders.forEach(
        (reason, names) -> {
          if (!reason.equals(usual)) {
            notes.add("%s, %s: %s".formatted(CANNOT_TELL, String.join(", ", names), reason));
          }
        });
    if (!usual.isEmpty()) {
      notes.add(CANNOT_TELL + (notes.isEmpty() ? ": " : " in all other cases: ") + usual);
    }
    return notes.stream().flatMap(note -> body.paragraph("- ", note).stream()).toList();
  }

  private String name(SweepPair pair, RuleVerdict reading) {
    Question question = Question.of(reading);
    String rule =
        switch (question.rule()) {
          case MODEL -> "model";
          case DATA -> "data";
          case PIPELINE -> "pipeline on " + question.law();
          case EQUAL_COMPUTE -> "equal compute";
        };
    return comparison.pairs().size() == 1
        ? rule
        : "%s of %s and %s".formatted(rule, labels.of(pair.second()), labels.of(pair.first()));
  }

  private Cell better(Map<SweepPair, Verdict> verdicts) {
    Map<String, List<String>> worse = new LinkedHashMap<>();
    List<String> open = new ArrayList<>();
    verdicts.forEach(
        (pair, verdict) -> {
          if (verdict instanceof Verdict.Better better) {
            String other = better.sweep().equals(pair.first()) ? pair.second() : pair.first();
            worse
                .computeIfAbsent(labels.of(better.sweep()), key -> new ArrayList<>())
                .add(labels.of(other));
          } else {
            open.add(labels.of(pair.second()) + " or " + labels.of(pair.first()));
          }
        });
    if (worse.isEmpty()) {
      return new Cell(CANNOT_TELL, Style.WARNING);
    }
    if (comparison.pairs().size() == 1) {
      return Cell.of(String.join("", worse.keySet()));
    }
    List<String> parts = new ArrayList<>();
    worse.forEach((better, others) -> parts.add(better + " than " + String.join(", ", others)));
    if (!open.isEmpty()) {
      parts.add(CANNOT_TELL + " " + String.join(", ", open));
    }
    return Cell.of(String.join("; ", parts));
  }

  private static String rule(ComparisonRule rule) {
    return switch (rule) {
      case MODEL -> "model, on equal data";
      case DATA -> "data, with equal models";
      case PIPELINE -> "pipeline, whatever changed";
      case EQUAL_COMPUTE -> "lower loss at equal compute";
    };
  }
}
