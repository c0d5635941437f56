package dev.isoflop.laws.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isoflop.laws.PublicLawData;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.isoflop.IsoFlopCurve;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.powerlaw.PowerLaw;
import dev.isoflop.laws.stats.LogLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The 72 synthetic noise-free runs of stanford-cs336/assignment3-scaling
 * (data/isoflops_curves.json): on grids this wide the parabola's exponent lies 10 % above that of
 * the best trained sizes.
 */
class Cs336OracleTest {

  @Test
  void theParabolaGivesTheKnownExponent() throws IOException {
    Laws laws = new LawFitter(1).fit(points(), LawOptions.defaults());

    assertThat(laws.curves()).hasSize(9).allMatch(IsoFlopCurve::interior);
    PowerLaw parameters = laws.parameters().value().orElseThrow();
    assertThat(parameters.exponent()).isCloseTo(.5146, within(.00005));
    assertThat(parameters.coefficient()).isCloseTo(.1332, within(.00005));
  }

  @Test
  void theBestTrainedSizesGiveAnother() throws IOException {
    Map<Double, TrainedPoint> best = new TreeMap<>();
    for (TrainedPoint point : points()) {
      best.merge(
          point.budget(),
          point,
          (a, b) ->
              Comparator.<TrainedPoint>comparingDouble(p -> p.loss().value()).compare(a, b) <= 0
                  ? a
                  : b);
    }
    double[] x = best.keySet().stream().mapToDouble(StrictMath::log).toArray();
    double[] y =
        best.values().stream().mapToDouble(point -> StrictMath.log(point.parameters())).toArray();
    double[] equal = new double[x.length];
    Arrays.fill(equal, 1);
    LogLine line = LogLine.fit(x, y, equal);

    assertThat(line.slope()).isCloseTo(.4687, within(.00005));
    assertThat(StrictMath.exp(line.intercept())).isCloseTo(1.163, within(.0005));
  }

  private static List<TrainedPoint> points() throws IOException {
    JsonNode rows =
        new ObjectMapper().readTree(PublicLawData.file("cs336_a3/isoflops_curves.json").toFile());
    List<TrainedPoint> points = new ArrayList<>();
    for (JsonNode row : rows) {
      double budget = row.get("compute_budget").asDouble();
      double parameters = row.get("parameters").asDouble();
      points.add(
          TrainedPoint.of(
              "row " + points.size(),
              budget,
              parameters,
              budget / (6 * parameters),
              row.get("final_loss").asDouble()));
    }
    assertThat(points).hasSize(72);
    return points;
  }
}
