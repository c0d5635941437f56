package dev.isoflop.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.model.TransformerShape;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SizeChoiceTest {

  @Property(tries = 200)
  void isAsEvenAsTheBestOfAllChoices(
      @ForAll @IntRange(min = 1, max = 6) int first,
      @ForAll @IntRange(min = 0, max = 9) int more,
      @ForAll @IntRange(min = 3, max = 8) int count) {
    Specs specs = Specs.small();
    List<TransformerShape> candidates =
        AllowedShapes.ofLayers(specs.build(), first, first + 2 + more);

    List<TransformerShape> chosen = SizeChoice.even(candidates, count);

    assertThat(chosen).hasSize(Math.min(count, candidates.size()));
    assertThat(unevenness(chosen, candidates))
        .isCloseTo(leastUnevenness(candidates, chosen.size()), within(1e-9));
  }

  private static double leastUnevenness(List<TransformerShape> candidates, int count) {
    double least = Double.POSITIVE_INFINITY;
    for (int mask = 0; mask < 1 << candidates.size(); mask++) {
      if (Integer.bitCount(mask) == count) {
        List<TransformerShape> subset = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
          if ((mask >> i & 1) == 1) {
            subset.add(candidates.get(i));
          }
        }
        least = Math.min(least, unevenness(subset, candidates));
      }
    }
    return least;
  }

  private static double unevenness(
      List<TransformerShape> chosen, List<TransformerShape> candidates) {
    double low = StrictMath.log((double) candidates.get(0).parameters());
    double high = StrictMath.log((double) candidates.get(candidates.size() - 1).parameters());
    double sum = 0;
    for (int i = 0; i < chosen.size(); i++) {
      double target = low + (high - low) * i / (chosen.size() - 1);
      double distance = StrictMath.log((double) chosen.get(i).parameters()) - target;
      sum += distance * distance;
    }
    return sum;
  }
}
