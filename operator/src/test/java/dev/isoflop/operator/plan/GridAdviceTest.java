package dev.isoflop.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.sweep.GridShape;
import dev.isoflop.api.v1alpha1.training.LayerRange;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Advice names edits after which the plan has what the finding asks for. */
class GridAdviceTest {
  private static final Pattern SHAPE = Pattern.compile("\\{layers: (\\d+), width: (\\d+)\\}");
  private static final int WANTED = 6;

  private static final double BUDGET = 1e10;
  private static final double LARGER = 3e11;

  private final Specs specs = Specs.small().withBudgets(BUDGET, 3e10, LARGER);

  @Test
  void aListOfShapesGetsAFurtherOneAndTheirNumber() {
    specs.trialsPerBudget = 5;
    specs.shapes = listed();

    String advice = advice(BUDGET);

    assertThat(advice)
        .containsPattern(
            "^add \\{layers: \\d+, width: \\d+\\} \\(\\S+ parameters\\) to spec.grid.shapes")
        .endsWith(" and set spec.grid.trialsPerBudget to 6 (now 5)");
    Matcher shape = SHAPE.matcher(advice);
    assertThat(shape.find()).isTrue();
    specs.shapes.add(
        new GridShape(Integer.parseInt(shape.group(1)), Integer.parseInt(shape.group(2))));
    specs.trialsPerBudget = WANTED;
    assertThat(sizes(BUDGET)).isEqualTo(WANTED);
  }

  @Test
  void aListWithShapesToSpareNeedsNoFurtherOne() {
    specs.trialsPerBudget = 4;
    specs.shapes = listed();
    specs.shapes.add(new GridShape(3, 64));

    assertThat(advice(BUDGET)).isEqualTo("set spec.grid.trialsPerBudget to 6 (now 4)");
  }

  @Test
  void aWidthRuleOfFewDepthsGetsFurtherOnesAndASpanThatHoldsThem() {
    specs.layers = new LayerRange(2, 4);

    String advice = advice(LARGER);

    specs.layers = new LayerRange(number(advice, "layers.min", 2), number(advice, "layers.max", 4));
    specs.span = number(advice, "span", 8);
    specs.trialsPerBudget = number(advice, "trialsPerBudget", 5);
    assertThat(sizes(LARGER)).as(advice).isEqualTo(WANTED);
  }

  @Test
  void aManifestThatAsksForSoManyAlreadyGetsNoAdvice() {
    specs.shapes = listed();

    assertThat(new GridAdvice("s", specs.build(), planned()).moreSizes(BUDGET, 5)).isEmpty();
  }

  @Test
  void aListWhoseSmallestShapeIsAsNarrowAsAHeadAllowsIsNotSentToTheWidthRule() {
    specs.shapes = listed();
    specs.shapes.add(new GridShape(1, 16));
    specs.extraSizes = 0;
    specs.span = 40;
    PlannedBudget budget = planned().plan().budgets().get(0);

    assertThat(budget.shapes().get(0).width()).isEqualTo(16);
    assertThat(new GridAdvice("s", specs.build(), planned()).sizesBeyond(budget, 0, false, 100))
        .contains("spec.model.headDimension")
        .doesNotContain("width rule");
  }

  private static int number(String advice, String field, int now) {
    Matcher set = Pattern.compile("spec\\.grid\\." + field + " to (\\d+)").matcher(advice);
    return set.find() ? Integer.parseInt(set.group(1)) : now;
  }

  private static List<GridShape> listed() {
    return new ArrayList<>(
        List.of(
            new GridShape(1, 32),
            new GridShape(2, 32),
            new GridShape(3, 32),
            new GridShape(2, 48),
            new GridShape(4, 48)));
  }

  private String advice(double budget) {
    return new GridAdvice("s", specs.build(), planned()).moreSizes(budget, WANTED).orElseThrow();
  }

  private int sizes(double budget) {
    return planned().plan().budgets().stream()
        .filter(it -> it.flops() == budget)
        .findFirst()
        .orElseThrow()
        .shapes()
        .size();
  }

  private PlanResult.Planned planned() {
    PlanResult result = new SweepPlanner().plan("s", specs.build());
    assertThat(result).isInstanceOf(PlanResult.Planned.class);
    return (PlanResult.Planned) result;
  }
}
