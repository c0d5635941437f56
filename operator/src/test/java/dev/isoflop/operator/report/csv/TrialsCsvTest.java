package dev.isoflop.operator.report.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.laws.data.Measurement;
import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.fit.LawFitter;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.operator.cli.points.ColumnNames;
import dev.isoflop.operator.cli.points.InvalidTableException;
import dev.isoflop.operator.cli.points.PointTable;
import dev.isoflop.operator.cli.points.PointTableReader;
import dev.isoflop.operator.report.SyntheticSweep;
import dev.isoflop.operator.report.input.ReportInput;
import dev.isoflop.operator.report.input.ReportTrial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of a sweep, read again, is what its laws were fitted to. */
class TrialsCsvTest {
  private static final MetricSeries FID = new MetricSeries("FID", "coco-2014");

  private final Path file;

  TrialsCsvTest(@TempDir Path folder) {
    file = folder.resolve("trials.csv");
  }

  private PointTable read(String table) throws IOException, InvalidTableException {
    Files.writeString(file, table);
    return new PointTableReader(new ColumnNames(Map.of(), Map.of(), List.of()), Optional.empty())
        .read(file);
  }

  @Test
  void holdsThePointsOfAFinishedSweep() throws IOException, InvalidTableException {
    ReportInput input = SyntheticSweep.input();
    PointTable table = read(TrialsCsv.render(input));

    assertThat(table.points()).containsExactlyInAnyOrderElementsOf(input.fitted());
    assertThat(table.convention()).isEqualTo("SixND");
    assertThat(table.lossSeries()).isEqualTo(input.lossSeries());
    assertThat(table.referenceDataset()).contains("laion");
  }

  @Test
  void leavesOutTheTrialsOfBudgetsThatAreNotComplete() throws IOException, InvalidTableException {
    ReportInput running = SyntheticSweep.running(3);
    PointTable table = read(TrialsCsv.render(running));

    long succeeded = running.trials().stream().filter(ReportTrial::succeeded).count();
    assertThat(table.points())
        .containsExactlyInAnyOrderElementsOf(running.fitted())
        .hasSizeLessThan((int) succeeded);
    assertThat(table.notes()).anyMatch(note -> note.contains("as in the sweep's own fit"));
  }

  @Test
  void leavesOutAMetricThatWasMeasuredOtherwise() throws IOException, InvalidTableException {
    ReportInput input = SyntheticSweep.input();
    List<TrainedPoint> points = new ArrayList<>(input.fitted());
    TrainedPoint first = points.get(0);
    assertThat(first.metrics()).containsKey(FID);
    points.set(0, first.withMetrics(without(first)));
    PointTable table = read(TrialsCsv.render(fitted(input, points)));

    assertThat(table.points()).containsExactlyInAnyOrderElementsOf(points);
  }

  @Test
  void countsOfBrokenSamplesAreNoMetrics() throws IOException, InvalidTableException {
    String table = TrialsCsv.render(SyntheticSweep.input());
    String header = table.lines().findFirst().orElseThrow();
    String wider =
        table
            .replace(header, header + ",broken_samples@data.train")
            .replaceAll("(?m)(?<=,SixND,)(\\S*)\r?$", "$1,3");

    assertThat(header).contains(",broken_samples,");
    assertThat(read(wider).points())
        .containsExactlyInAnyOrderElementsOf(SyntheticSweep.input().fitted());
  }

  @Test
  void saysThatNothingWasFittedYet() {
    assertThatThrownBy(() -> read(TrialsCsv.render(SyntheticSweep.running(0))))
        .isInstanceOf(InvalidTableException.class)
        .hasMessageContaining("has fitted none of its trials yet");
  }

  @Test
  void aConventionThatIsNoneIsNamed() {
    String table = TrialsCsv.render(SyntheticSweep.input());

    assertThat(table).contains(",SixND,");
    assertThatThrownBy(() -> read(table.replace(",SixND,", ",SixNP,")))
        .isInstanceOf(InvalidTableException.class)
        .hasMessageContaining("flop_convention is 'SixNP'; give the same in every row, one of");
  }

  private static Map<MetricSeries, Measurement> without(TrainedPoint point) {
    Map<MetricSeries, Measurement> metrics = new TreeMap<>(point.metrics());
    metrics.remove(FID);
    return metrics;
  }

  private static ReportInput fitted(ReportInput input, List<TrainedPoint> points) {
    return new ReportInput(
        input.name(),
        input.spec(),
        input.status(),
        Optional.of(
            new LawFitter(1)
                .fit(points, LawOptions.defaults().withBootstrap(0).withReferenceDataset("laion"))),
        input.lossSeries(),
        input.confidence(),
        input.predict(),
        input.trials(),
        input.curves(),
        input.generated(),
        input.software(),
        input.command());
  }
}
