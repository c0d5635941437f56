package dev.isoflop.operator.plan;

import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.model.TransformerShape;
import java.util.ArrayList;
import java.util.List;

/** Changes that give a budget the sizes it needs, with numbers. */
final class SizeRemedy {
  private final ScalingSweepSpec spec;
  private final List<TransformerShape> allowed;

  SizeRemedy(ScalingSweepSpec spec, List<TransformerShape> allowed) {
    this.spec = spec;
    this.allowed = allowed;
  }

  String describe(SizeWindow window) {
    List<String> ways = new ArrayList<>();
    if (spec.grid().shapes() == null) {
      otherLayers(window, ways);
    } else {
      ways.add(
          "add shapes of %s to %s parameters to grid.shapes"
              .formatted(
                  NumberFormat.count(window.lowest()), NumberFormat.count(window.highest())));
    }
    if (distinctSizes(allowed) >= PlanError.TooFewSizes.NEEDED) {
      double wider = window.spanFor(allowed, PlanError.TooFewSizes.NEEDED);
      if (wider <= Bounds.SPAN) {
        ways.add(
            "widen grid.span from %s to %s"
                .formatted(NumberFormat.setting(window.span()), NumberFormat.setting(wider)));
      }
    }
    ways.add("move grid.centre if another size is expected to be optimal");
    return String.join(", or ", ways);
  }

  /** The layers that the window holds, if the width rule gives it enough sizes at all. */
  private void otherLayers(SizeWindow window, List<String> ways) {
    List<TransformerShape> conceivable =
        window.within(AllowedShapes.ofLayers(spec, 1, Bounds.LAYERS));
    if (conceivable.size() >= PlanError.TooFewSizes.NEEDED) {
      ways.add(
          "set grid.layers to min %d and max %d"
              .formatted(
                  Math.min(spec.grid().layers().min(), conceivable.get(0).layers()),
                  Math.max(
                      spec.grid().layers().max(),
                      conceivable.get(conceivable.size() - 1).layers())));
    } else {
      ways.add(
          "lower model.widthPerLayer from %d, so that sizes lie closer together"
              .formatted(spec.model().widthPerLayer()));
    }
  }

  private static long distinctSizes(List<TransformerShape> shapes) {
    return shapes.stream().mapToLong(TransformerShape::parameters).distinct().count();
  }
}
