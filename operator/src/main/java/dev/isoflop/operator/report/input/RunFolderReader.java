package dev.isoflop.operator.report.input;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.api.v1alpha1.status.BudgetStatus;
import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.operator.local.store.LocalFaultException;
import dev.isoflop.operator.local.store.SweepFolder;
import dev.isoflop.operator.sweep.laws.ComparableMeasurements;
import dev.isoflop.operator.sweep.laws.FitOptions;
import dev.isoflop.operator.sweep.laws.LawSource;
import dev.isoflop.trial.OutcomeType;
import dev.isoflop.trial.TrialFiles;
import dev.isoflop.trial.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the input of a report from the folder of a run, finished or not. The laws are fitted again
 * from the trials, in the same way as the run does, so page and status agree.
 */
public final class RunFolderReader {

  private final LawSource laws;
  private final String software;
  private final Consumer<String> notice;

  /**
   * @param laws usually {@code new LawFitter(threads)::fit}
   * @param software name and version, recorded in the laws' provenance
   * @param notice is told of every file that had to be passed over
   */
  public RunFolderReader(LawSource laws, String software, Consumer<String> notice) {
    this.laws = laws;
    this.software = software;
    this.notice = notice;
  }

  /**
   * Reads a run.
   *
   * @param generated when the report is made
   * @param command what a reader runs to get the sweep again
   * @throws IOException if there is no run in the folder, or it cannot be read
   */
  public ReportInput read(SweepFolder folder, Instant generated, String command)
      throws IOException {
    try {
      ScalingSweep sweep =
          folder.stored(notice).orElseThrow(() -> new IOException(folder.withoutRun()));
      return read(sweep, folder.storedTrials(notice), folder, generated, command);
    } catch (LocalFaultException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private ReportInput read(
      ScalingSweep sweep, List<Trial> stored, SweepFolder folder, Instant generated, String command)
      throws IOException {
    ScalingSweepSpec spec = sweep.getSpec();
    MetricSeries lossSeries = ReportInput.lossSeries(spec);
    List<Trial> trials =
        stored.stream()
            .sorted(
                Comparator.comparingDouble(
                        (Trial trial) -> trial.getSpec().experiment().budgetFlops())
                    .thenComparingLong(trial -> trial.getSpec().experiment().shape().parameters())
                    .thenComparing(trial -> trial.getMetadata().getName()))
            .toList();
    List<ReportTrial> rows = new ArrayList<>();
    List<LossCurve> curves = new ArrayList<>();
    for (Trial trial : trials) {
      String name = trial.getMetadata().getName();
      rows.add(
          ReportTrial.of(
              name,
              trial.getSpec().experiment(),
              Optional.ofNullable(trial.getStatus()),
              lossSeries));
      Path curve = folder.trial(name).file(TrialFiles.CURVE);
      if (Files.exists(curve)) {
        curves.add(CurveFile.read(curve, name, notice));
      }
    }
    Optional<ScalingSweepStatus> status = Optional.ofNullable(sweep.getStatus());
    return new ReportInput(
        sweep.getMetadata().getName(),
        Optional.of(spec),
        status,
        fit(spec, status, trials),
        lossSeries,
        spec.laws().confidence(),
        spec.laws().predict(),
        rows,
        curves,
        pictures(rows, folder),
        generated,
        software,
        command);
  }

  private List<TrialPictures> pictures(List<ReportTrial> rows, SweepFolder folder)
      throws IOException {
    PictureFiles files = new PictureFiles(folder, notice);
    List<ReportTrial> best = BestTrials.of(rows);
    List<TrialPictures> pictures = new ArrayList<>();
    for (int i = 0; i < best.size(); i++) {
      files.of(best.get(i), i == best.size() - 1).ifPresent(pictures::add);
    }
    return pictures;
  }

  private Optional<Laws> fit(
      ScalingSweepSpec spec, Optional<ScalingSweepStatus> status, List<Trial> trials) {
    List<ComparableMeasurements.Measured> measured = new ArrayList<>();
    for (Trial trial : trials) {
      TrialResult result = succeeded(trial);
      if (result != null && complete(trial, status, trials)) {
        measured.add(
            new ComparableMeasurements.Measured(
                trial.getMetadata().getName(), trial.getSpec().experiment(), result));
      }
    }
    ComparableMeasurements alike = ComparableMeasurements.of(measured);
    List<TrainedPoint> points = alike.points();
    return points.isEmpty()
        ? Optional.empty()
        : Optional.of(
            laws.fit(points, FitOptions.of(spec, software, points))
                .measured(alike.records(), alike.findings()));
  }

  /** The result of a trial that has its place in the fit. */
  private static @Nullable TrialResult succeeded(Trial trial) {
    TrialStatus status = trial.getStatus();
    boolean well =
        status != null
            && status.outcome() != null
            && status.outcome().type() == OutcomeType.Succeeded;
    return well ? status.result() : null;
  }

  /** Whether all trials of a trial's budget have ended, or the whole sweep has. */
  private static boolean complete(
      Trial trial, Optional<ScalingSweepStatus> status, List<Trial> trials) {
    boolean finished =
        status.stream()
            .flatMap(it -> it.conditions().stream())
            .anyMatch(
                condition ->
                    condition.getType().equals("Finished") && condition.getStatus().equals("True"));
    if (finished) {
      return true;
    }
    double budget = trial.getSpec().experiment().budgetFlops();
    Stream<Trial> same =
        trials.stream().filter(other -> other.getSpec().experiment().budgetFlops() == budget);
    long ended =
        same.filter(other -> other.getStatus() != null && other.getStatus().outcome() != null)
            .count();
    long planned =
        status.map(ScalingSweepStatus::budgets).orElse(List.of()).stream()
            .filter(it -> it.flops() == budget)
            .mapToLong(BudgetStatus::trials)
            .findFirst()
            .orElse(Long.MAX_VALUE);
    return ended >= planned;
  }
}
