package dev.isoflop.operator.report.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.operator.report.Pages;
import dev.isoflop.operator.report.SyntheticSweep;
import dev.isoflop.operator.report.input.LossCurve;
import dev.isoflop.operator.report.input.ReportInput;
import dev.isoflop.operator.report.input.ReportTrial;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EnvelopeTableTest {
  private static final ReportInput INPUT = SyntheticSweep.input();
  private static final ScalingSweepSpec SPEC = INPUT.spec().orElseThrow();

  @Test
  void findsTheExponentThatTheCurvesWereMadeWith() {
    List<LossCurve> exact =
        INPUT.trials().stream()
            .filter(ReportTrial::succeeded)
            .map(EnvelopeTableTest::curve)
            .toList();

    Table table = new EnvelopeTable(with(exact), SPEC).table();

    assertThat(table.absence()).isEmpty();
    assertThat(table.rows()).hasSize(3);
    double made = 0.395 / (0.30 + 0.395);
    assertThat(Double.parseDouble(table.rows().get(0).cells().get(2).key()))
        .isCloseTo(made, within(0.02));
    assertThat(table.notes().get(0).plain()).contains("pairs of sizes do");
  }

  @Test
  void standsBesideTheParabolasOnAReportOfTrainings() {
    assertThat(Pages.render(INPUT)).contains("id=\"envelope-table\"");
  }

  @Test
  void saysThatUnderADecayingScheduleNoMomentIsTheEndOfAShorterTraining()
      throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode changed = mapper.valueToTree(SPEC);
    ((ObjectNode) changed.path("training").path("schedule")).put("type", "Cosine");

    Table table =
        new EnvelopeTable(INPUT, mapper.treeToValue(changed, ScalingSweepSpec.class)).table();

    assertThat(table.rows()).isEmpty();
    assertThat(table.absence()).startsWith("Not fitted: ").contains("decaying learning rate");
  }

  @Test
  void saysWhatIsMissingWhereNoCurvesCross() {
    ReportInput one = with(List.of(INPUT.curves().get(0)));

    assertThat(new EnvelopeTable(one, SPEC).table().absence())
        .contains(
            "Not fitted: training curves of neighbouring sizes never cross", "train more sizes");
  }

  /** Training along the surface, as if every step ended a training of its own. */
  private static LossCurve curve(ReportTrial trial) {
    double parameters = trial.size().parameters().orElseThrow();
    double tokens = trial.size().tokens().orElseThrow();
    List<LossCurve.Point> points =
        IntStream.rangeClosed(1, 1000)
            .mapToObj(
                step -> {
                  double seen = tokens * step / 1000;
                  double loss = SyntheticSweep.surface(parameters, seen);
                  return new LossCurve.Point(step, seen, 6 * parameters * seen, loss, loss);
                })
            .toList();
    return new LossCurve(trial.name(), points);
  }

  private static ReportInput with(List<LossCurve> curves) {
    return new ReportInput(
        INPUT.name(),
        INPUT.spec(),
        INPUT.status(),
        INPUT.laws(),
        INPUT.lossSeries(),
        INPUT.confidence(),
        INPUT.predict(),
        INPUT.trials(),
        curves,
        INPUT.generated(),
        INPUT.software(),
        INPUT.command());
  }
}
