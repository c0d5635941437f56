package dev.isoflop.operator.plan;

import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.api.v1alpha1.sweep.GridShape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Whether the dimensions of the models fit together, before any shape is made of them. */
final class ShapeCheck {
  /** The two-dimensional sine positions split the width into four parts. */
  static final int POSITION_PARTS = 4;

  private final ScalingSweepSpec spec;
  private final List<PlanError> refusals = new ArrayList<>();

  private ShapeCheck(ScalingSweepSpec spec) {
    this.spec = spec;
  }

  static List<PlanError> of(ScalingSweepSpec spec) {
    ShapeCheck check = new ShapeCheck(spec);
    check.patches();
    if (spec.grid().shapes() == null) {
      check.widthRule();
    } else {
      check.shapes(spec.grid().shapes());
    }
    return check.refusals;
  }

  private void patches() {
    int patch = spec.model().patchSize();
    int image = spec.data().imageSize();
    if (image % patch != 0) {
      String divisors =
          IntStream.rangeClosed(1, Math.min(image, 64))
              .filter(candidate -> image % candidate == 0)
              .mapToObj(Integer::toString)
              .collect(Collectors.joining(", "));
      refusals.add(
          new PlanError.ShapeInvalid(
              "model.patchSize",
              "%d does not divide data.imageSize %d".formatted(patch, image),
              "choose one of " + divisors));
    }
  }

  /** One refusal for all layers, naming the first depth that does not fit. */
  private void widthRule() {
    int perLayer = spec.model().widthPerLayer();
    int head = spec.model().headDimension();
    IntStream.rangeClosed(spec.grid().layers().min(), spec.grid().layers().max())
        .filter(layers -> (long) layers * perLayer % head != 0)
        .findFirst()
        .ifPresent(
            layers ->
                refusals.add(
                    new PlanError.ShapeInvalid(
                        "model.headDimension",
                        "%d does not divide width %d (%s x model.widthPerLayer %d)"
                            .formatted(head, layers * perLayer, ShapeText.layers(layers), perLayer),
                        "choose a divisor of %d such as %d, or list shapes in grid.shapes"
                            .formatted(perLayer, largestDivisor(perLayer, head)))));
    IntStream.rangeClosed(spec.grid().layers().min(), spec.grid().layers().max())
        .filter(layers -> (long) layers * perLayer % POSITION_PARTS != 0)
        .findFirst()
        .ifPresent(
            layers ->
                refusals.add(
                    new PlanError.ShapeInvalid(
                        "model.widthPerLayer",
                        "%d makes width %d at %s, no multiple of 4 as the sine positions need"
                            .formatted(perLayer, layers * perLayer, ShapeText.layers(layers)),
                        "choose " + neighbours(perLayer, POSITION_PARTS))));
  }

  private void shapes(List<GridShape> shapes) {
    int head = spec.model().headDimension();
    Set<GridShape> seen = new HashSet<>();
    for (int i = 0; i < shapes.size(); i++) {
      GridShape shape = shapes.get(i);
      String field = "grid.shapes[" + i + "]";
      if (shape.width() % head != 0 || shape.width() % POSITION_PARTS != 0) {
        refusals.add(
            new PlanError.ShapeInvalid(
                field + ".width",
                "%d is not a multiple of both model.headDimension %d and %d"
                    .formatted(shape.width(), head, POSITION_PARTS),
                "choose " + neighbours(shape.width(), leastCommonMultiple(head))));
      } else if (!seen.add(shape)) {
        refusals.add(
            new PlanError.ShapeInvalid(
                field,
                "%s x %d stands twice".formatted(ShapeText.layers(shape.layers()), shape.width()),
                "remove one, or use grid.repeats to train each point more than once"));
      }
    }
  }

  private static int largestDivisor(int number, int atMost) {
    return IntStream.iterate(Math.min(number, atMost), candidate -> candidate - 1)
        .filter(candidate -> number % candidate == 0)
        .findFirst()
        .orElseThrow();
  }

  private static int leastCommonMultiple(int head) {
    int multiple = head;
    while (multiple % POSITION_PARTS != 0) {
      multiple += head;
    }
    return multiple;
  }

  private static String neighbours(int value, int unit) {
    int below = value / unit * unit;
    return below == 0 ? Integer.toString(unit) : "%d or %d".formatted(below, below + unit);
  }
}
