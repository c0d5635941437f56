package dev.isoflop.operator.sweep.state;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.status.BudgetStatus;
import dev.isoflop.api.v1alpha1.sweep.GridShape;
import dev.isoflop.api.v1alpha1.sweep.PowerLawPrior;
import dev.isoflop.api.v1alpha1.training.LayerRange;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.plan.Specs;
import dev.isoflop.operator.sweep.FakeWorld;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A sweep that ended, whose grid gains sizes or repeats, keeps its trials and trains the new. */
class GrownGridTest {
  private static final Duration STEP = Duration.ofHours(2);
  private static final int BUDGETS = 4;

  private static Specs small() {
    Specs specs = Specs.small().withBudgets(1e13, 3e13, 1e14, 3e14);
    specs.layers = new LayerRange(5, 21);
    specs.centre = new PowerLawPrior(0.316, 0.5);
    specs.span = 20;
    specs.extraSizes = 0;
    specs.trialDeadline = "P99D";
    return specs;
  }

  private static FakeWorld run(Specs specs) {
    FakeWorld world = new FakeWorld(specs);
    settle(world);
    return world;
  }

  private static void settle(FakeWorld world) {
    for (int i = 0; !world.turn().settled(); i++) {
      assertThat(i).isLessThan(10_000);
      world.pass(STEP);
    }
  }

  private static Set<String> names(FakeWorld world) {
    return new TreeSet<>(world.trials.keySet());
  }

  private static Map<String, Integer> starts(FakeWorld world) {
    return world.trials.entrySet().stream()
        .collect(toMap(Map.Entry::getKey, entry -> entry.getValue().starts));
  }

  private static void grow(FakeWorld world, Consumer<Specs> edit) {
    edit.accept(world.specs);
    world.generation++;
  }

  /** Edits that add. */
  static Stream<Arguments> edits() {
    return Stream.of(
        Arguments.of("trialsPerBudget 6", edit(specs -> specs.trialsPerBudget = 6)),
        Arguments.of("trialsPerBudget 7", edit(specs -> specs.trialsPerBudget = 7)),
        Arguments.of("trialsPerBudget 9", edit(specs -> specs.trialsPerBudget = 9)),
        Arguments.of("layers", edit(specs -> specs.layers = new LayerRange(3, 30))),
        Arguments.of("layers above", edit(specs -> specs.layers = new LayerRange(5, 25))),
        Arguments.of(
            "span and layers",
            edit(
                specs -> {
                  specs.span = 40;
                  specs.layers = new LayerRange(1, 60);
                })),
        Arguments.of(
            "sizes and repeats",
            edit(
                specs -> {
                  specs.trialsPerBudget = 6;
                  specs.repeats = 2;
                })),
        Arguments.of("repeats", edit(specs -> specs.repeats = 3)));
  }

  private static Consumer<Specs> edit(Consumer<Specs> edit) {
    return edit;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("edits")
  void keepsEveryTrialAndTrainsOnlyTheNew(String name, Consumer<Specs> edit) {
    FakeWorld world = run(small());
    Set<String> before = names(world);
    Map<String, Integer> starts = starts(world);

    grow(world, edit);
    settle(world);

    assertThat(names(world)).containsAll(before).hasSizeGreaterThan(before.size());
    assertThat(starts(world)).containsAllEntriesOf(starts);
    assertThat(world.counts().succeeded()).isEqualTo(world.trials.size());
    assertThat(world.isTrue(ConditionType.Degraded))
        .as(world.message(ConditionType.Degraded))
        .isFalse();
    assertThat(world.isTrue(ConditionType.Succeeded)).isTrue();
    assertThat(world.status.orElseThrow().budgets())
        .hasSize(BUDGETS)
        .as("every trial is in the fit, but repeats, whose loss is the same to the bit here")
        .allSatisfy(
            budget -> assertThat(budget.used()).isEqualTo(budget.trials() / world.specs.repeats));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("edits")
  void whoeverTakesOverWhileItGrowsEndsAtTheSamePlace(String name, Consumer<Specs> edit) {
    FakeWorld undisturbed = run(small());
    grow(undisturbed, edit);
    settle(undisturbed);

    for (int actions = 1; actions <= 5; actions++) {
      FakeWorld world = run(small());
      grow(world, edit);
      for (int turn = 0; turn < 6; turn++) {
        world.brokenTurn(actions);
      }
      settle(world);
      assertThat(names(world)).isEqualTo(names(undisturbed));
    }
  }

  @Test
  void aRaisedNumberOfSizesIsMadeUpOfThoseThatExistAndNewOnes() {
    FakeWorld world = run(small());
    assertThat(sizesOf(world)).containsOnly(5L);

    grow(world, specs -> specs.trialsPerBudget = 7);
    settle(world);

    assertThat(sizesOf(world)).allSatisfy(sizes -> assertThat(sizes).isBetween(7L, 8L));
  }

  private static List<Long> sizesOf(FakeWorld world) {
    return world.specs.budgets.stream()
        .map(
            budget ->
                world.trials.values().stream()
                    .map(trial -> trial.planned)
                    .filter(trial -> trial.budget() == budget)
                    .map(PlannedTrial::shape)
                    .distinct()
                    .count())
        .toList();
  }

  @Test
  void listedShapesMayGainShapes() {
    Specs specs = small();
    specs.shapes = shapes(4, 8, 12, 16, 20);
    specs.span = 64;
    FakeWorld world = run(specs);
    Set<String> before = names(world);

    grow(world, grown -> grown.shapes = shapes(4, 6, 8, 12, 16, 20, 26));
    grow(world, grown -> grown.trialsPerBudget = 7);
    settle(world);

    assertThat(names(world)).containsAll(before);
    assertThat(sizesOf(world)).containsOnly(7L);
    assertThat(world.isTrue(ConditionType.Degraded)).isFalse();
  }

  private static List<GridShape> shapes(int... layers) {
    return IntStream.of(layers).mapToObj(depth -> new GridShape(depth, 16 * depth)).toList();
  }

  @Test
  void sizesThatTheSweepAddedByItselfStayWhenTheGridGrows() {
    Specs specs = small();
    specs.layers = new LayerRange(1, 60);
    specs.span = 4;
    specs.centre = new PowerLawPrior(0.316 / 6, 0.5);
    specs.extraSizes = 3;
    FakeWorld world = run(specs);
    Set<String> before = names(world);
    assertThat(before).hasSizeGreaterThan(world.plan().trials().size());

    grow(world, grown -> grown.span = 16);
    settle(world);

    assertThat(names(world)).containsAll(before);
    assertThat(world.isTrue(ConditionType.Degraded)).isFalse();
    assertThat(world.isTrue(ConditionType.Succeeded)).isTrue();
  }

  /** Grids whose optima lie outside, in each of the ways that a grid can be too narrow. */
  static Stream<Arguments> narrow() {
    return Stream.of(
        Arguments.of(
            "few layers",
            edit(specs -> specs.layers = new LayerRange(2, 6)),
            "set spec.grid.layers.max to"),
        Arguments.of(
            "many layers",
            edit(specs -> specs.layers = new LayerRange(17, 40)),
            "set spec.grid.layers.min to"),
        Arguments.of(
            "little span",
            edit(
                specs -> {
                  specs.layers = new LayerRange(1, 60);
                  specs.span = 4;
                  specs.centre = new PowerLawPrior(0.316 / 9, 0.5);
                }),
            "set spec.scheduling.extraSizes to 2 (now 0)"),
        Arguments.of(
            "shapes", edit(specs -> specs.shapes = shapes(3, 4, 5, 6, 7)), "to spec.grid.shapes"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("narrow")
  void whoDoesWhatTheFindingsSayGetsLaws(String name, Consumer<Specs> narrow, String advice) {
    Specs specs = small();
    specs.span = 64;
    narrow.accept(specs);
    FakeWorld world = run(specs);
    assertThat(findings(world)).anySatisfy(finding -> assertThat(finding).contains(advice));
    Set<String> first = names(world);
    int edits = 0;
    while (edits < 12 && follow(world)) {
      edits++;
      settle(world);
    }
    assertThat(edits).isBetween(1, 11);
    assertThat(names(world)).containsAll(first);
    assertThat(world.isTrue(ConditionType.Succeeded)).isTrue();
    assertThat(world.status.orElseThrow().budgets())
        .hasSize(BUDGETS)
        .allSatisfy(budget -> assertThat(budget.interior()).isTrue());
  }

  private static List<String> findings(FakeWorld world) {
    return world.status.orElseThrow().budgets().stream()
        .map(BudgetStatus::message)
        .filter(Objects::nonNull)
        .toList();
  }

  /** Makes the edits that the messages of the budgets name; says whether there were any. */
  private static boolean follow(FakeWorld world) {
    boolean edited = false;
    for (String finding : findings(world)) {
      Matcher set = Pattern.compile("set spec\\.(\\S+) to (\\S+) \\(now").matcher(finding);
      while (set.find()) {
        Specs specs = world.specs;
        double value = Double.parseDouble(set.group(2));
        switch (set.group(1)) {
          case "grid.layers.max" ->
              specs.layers =
                  new LayerRange(specs.layers.min(), (int) Math.max(value, specs.layers.max()));
          case "grid.layers.min" ->
              specs.layers =
                  new LayerRange((int) Math.min(value, specs.layers.min()), specs.layers.max());
          case "grid.span" -> specs.span = Math.max(specs.span, value);
          case "scheduling.extraSizes" ->
              specs.extraSizes = (int) Math.max(specs.extraSizes, value);
          default -> throw new AssertionError(finding);
        }
        edited = true;
      }
      Matcher add = Pattern.compile("add \\{layers: (\\d+), width: (\\d+)}").matcher(finding);
      while (add.find()) {
        GridShape shape =
            new GridShape(Integer.parseInt(add.group(1)), Integer.parseInt(add.group(2)));
        if (!Objects.requireNonNull(world.specs.shapes).contains(shape)) {
          world.specs.shapes =
              Stream.concat(world.specs.shapes.stream(), Stream.of(shape)).toList();
          world.specs.trialsPerBudget++;
        }
        edited = true;
      }
    }
    world.generation += edited ? 1 : 0;
    return edited;
  }

  @Test
  void trialsOfAnotherExperimentAreNotTakenIn() {
    FakeWorld world = run(small());
    Set<String> before = names(world);

    grow(world, specs -> specs.seed = 1);
    world.turn();

    assertThat(world.reason(ConditionType.Degraded)).isEqualTo("UnplannedTrials");
    assertThat(names(world)).containsAll(before);
    assertThat(world.counts().planned()).isEqualTo(world.plan().trials().size());
  }
}
