package dev.isoflop.operator.report.csv;

import static java.util.stream.Collectors.joining;

import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.finding.Finding;
import dev.isoflop.laws.finding.FitWarning;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.operator.report.input.ReportInput;
import dev.isoflop.operator.report.input.ReportTrial;
import dev.isoflop.operator.report.input.SeriesOrder;
import dev.isoflop.operator.report.input.TrialHistory;
import dev.isoflop.operator.report.input.TrialSize;
import dev.isoflop.operator.report.words.MeasuredValue;
import dev.isoflop.trial.LeftOut;
import dev.isoflop.trial.TrialOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Every trial in one row. The first four columns are those that fitting asks for; the column {@code
 * outcome} tells which rows may enter a fit (those that say Succeeded), and {@link #NOT_FITTED}
 * what of these the fit of the sweep did not take, so that the table gives its very laws again.
 *
 * <p>A measurement's column is named {@code metric@dataset}, its standard error's {@code
 * metric@dataset_standard_error}. Broken samples that were left out are counted in {@code
 * broken_samples}, and in {@code broken_samples@field} by the sets that any trial left some out of,
 * such as {@code data.train}.
 */
public final class TrialsCsv {

  /** Column of the FLOP convention, the same in every row. */
  public static final String CONVENTION = "flop_convention";

  /**
   * Columns, with spaces between, whose values the laws of the sweep were not fitted to: {@code
   * loss} for a trial whose budget is not complete, a metric that was measured otherwise than that
   * of most trials.
   */
  public static final String NOT_FITTED = "not_fitted";

  private static final List<String> SIZES =
      List.of("budget", "parameters", "tokens", "loss", "loss_standard_error", "trial", "samples");
  private static final List<String> SHAPE = List.of("steps", "layers", "width", "repeat");
  private static final List<String> COURSE =
      List.of(
          "train_loss",
          "training_seconds",
          "evaluation_seconds",
          "attempts",
          "failures",
          "disruptions");

  /** The order of sets by their places in a manifest. */
  public static final Comparator<String> TRAINING_SET_FIRST =
      Comparator.comparing((String field) -> !field.equals("data.train"))
          .thenComparing(Comparator.naturalOrder());

  /** Counts of broken samples that were left out; with a set after @, of that set alone. */
  public static final String BROKEN = "broken_samples";

  private static final List<String> END = List.of("outcome", "reason", "message");

  private final ReportInput input;
  private final List<MetricSeries> metrics;
  private final Map<String, Set<MetricSeries>> fitted;

  /** Sets that broken samples were left out of. */
  private final List<String> leftOut;

  private TrialsCsv(ReportInput input) {
    this.input = input;
    SortedSet<MetricSeries> series = new TreeSet<>(SeriesOrder.series(input));
    input.trials().forEach(trial -> series.addAll(trial.metrics().keySet()));
    metrics = List.copyOf(series);
    leftOut =
        input.trials().stream()
            .flatMap(trial -> trial.leftOut().stream())
            .map(LeftOut::field)
            .distinct()
            .sorted(TRAINING_SET_FIRST)
            .toList();
    fitted = fitted(input);
  }

  public static String render(ReportInput input) {
    return new TrialsCsv(input).render();
  }

  private String render() {
    List<String> header = new ArrayList<>(SIZES);
    header.addAll(SHAPE);
    for (MetricSeries series : metrics) {
      header.add(column(series));
      header.add(column(series) + "_standard_error");
    }
    header.addAll(COURSE);
    header.add(BROKEN);
    leftOut.forEach(field -> header.add(BROKEN + "@" + field));
    header.addAll(END);
    header.add(CONVENTION);
    header.add(NOT_FITTED);
    CsvFile file = new CsvFile(header);
    input.trials().forEach(trial -> file.row(row(trial)));
    return file.toString();
  }

  private static String column(MetricSeries series) {
    return series.dataset().isEmpty() ? series.metric() : series.metric() + "@" + series.dataset();
  }

  private List<String> row(ReportTrial trial) {
    TrialSize size = trial.size();
    List<String> row = new ArrayList<>();
    row.add(CsvFile.number(trial.budget()));
    row.add(CsvFile.number(size.parameters()));
    row.add(CsvFile.number(size.tokens()));
    reading(trial.loss(), row);
    row.add(trial.name());
    row.add(CsvFile.number(size.samples()));
    row.add(size.steps().isPresent() ? Long.toString(size.steps().getAsLong()) : "");
    row.add(size.layers().isPresent() ? Integer.toString(size.layers().getAsInt()) : "");
    row.add(size.width().isPresent() ? Integer.toString(size.width().getAsInt()) : "");
    row.add(Integer.toString(size.repeat()));
    for (MetricSeries series : metrics) {
      reading(Optional.ofNullable(trial.metrics().get(series)), row);
    }
    course(trial, row);
    row.add(input.spec().map(spec -> spec.flopConvention().name()).orElse(""));
    row.add(notFitted(trial));
    return row;
  }

  /** The metrics of each trial in the fit; of trials that copy another's numbers too. */
  private static Map<String, Set<MetricSeries>> fitted(ReportInput input) {
    Map<String, Set<MetricSeries>> fitted = new HashMap<>();
    input.allCurves().stream()
        .flatMap(curve -> curve.points().stream())
        .forEach(point -> fitted.put(point.trial(), point.metrics().keySet()));
    for (Finding finding : input.laws().map(Laws::findings).orElse(List.of())) {
      if (finding instanceof FitWarning.CopiedTrial copy && fitted.containsKey(copy.original())) {
        fitted.put(copy.trial(), Objects.requireNonNull(fitted.get(copy.original())));
      }
    }
    return fitted;
  }

  private String notFitted(ReportTrial trial) {
    if (!trial.succeeded()) {
      return "";
    }
    Set<MetricSeries> taken = fitted.get(trial.name());
    if (taken == null) {
      return "loss";
    }
    return trial.metrics().keySet().stream()
        .filter(series -> !series.equals(input.lossSeries()) && !taken.contains(series))
        .map(TrialsCsv::column)
        .collect(joining(" "));
  }

  private static void reading(Optional<MeasuredValue> reading, List<String> row) {
    row.add(reading.map(it -> CsvFile.number(it.value())).orElse(""));
    row.add(CsvFile.number(reading.map(MeasuredValue::usableError).orElse(OptionalDouble.empty())));
  }

  private void course(ReportTrial trial, List<String> row) {
    TrialHistory history = trial.history();
    row.add(CsvFile.number(trial.trainLoss()));
    row.add(CsvFile.number(history.trainingSeconds()));
    row.add(CsvFile.number(history.evaluationSeconds()));
    row.add(Integer.toString(history.attempts()));
    row.add(Integer.toString(history.failures()));
    row.add(Integer.toString(history.disruptions()));
    broken(trial, row);
    Optional<TrialOutcome> outcome = trial.outcome();
    row.add(outcome.map(it -> it.type().name()).orElse(""));
    row.add(outcome.map(TrialOutcome::reason).map(Enum::name).orElse(""));
    row.add(outcome.map(TrialOutcome::message).orElse(trial.message()));
  }

  private void broken(ReportTrial trial, List<String> row) {
    boolean known = trial.brokenSamples().isPresent();
    row.add(known ? Long.toString(trial.brokenSamples().getAsLong()) : "");
    boolean bySet =
        known
            && trial.brokenSamples().getAsLong()
                == trial.leftOut().stream().mapToLong(LeftOut::samples).sum();
    for (String field : leftOut) {
      long samples =
          trial.leftOut().stream()
              .filter(set -> set.field().equals(field))
              .mapToLong(LeftOut::samples)
              .sum();
      row.add(bySet ? Long.toString(samples) : "");
    }
  }
}
