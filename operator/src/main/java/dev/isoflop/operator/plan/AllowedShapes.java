package dev.isoflop.operator.plan;

import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.api.v1alpha1.sweep.GridShape;
import dev.isoflop.model.TransformerShape;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The shapes that a checked spec allows, whatever the budget. */
final class AllowedShapes {
  private static final Comparator<TransformerShape> BY_SIZE =
      Comparator.comparingLong(TransformerShape::parameters)
          .thenComparing(TransformerShape::layers);

  private AllowedShapes() {}

  /** Shapes that the grid may use, by ascending parameters. */
  static List<TransformerShape> of(ScalingSweepSpec spec) {
    List<GridShape> shapes = spec.grid().shapes();
    if (shapes == null) {
      return ofLayers(spec, spec.grid().layers().min(), spec.grid().layers().max());
    }
    return shapes.stream()
        .map(shape -> shape(spec, shape.layers(), shape.width()))
        .sorted(BY_SIZE)
        .toList();
  }

  /** The width rule's shapes of so many layers, by ascending parameters. */
  static List<TransformerShape> ofLayers(ScalingSweepSpec spec, int fewest, int most) {
    int widthPerLayer = spec.model().widthPerLayer();
    return IntStream.rangeClosed(fewest, most)
        .mapToObj(layers -> shape(spec, layers, layers * widthPerLayer))
        .toList();
  }

  /** Whether the dimensions of a shape fit together, whatever the grid. */
  static boolean possible(ScalingSweepSpec spec, int layers, int width) {
    return layers >= 1
        && layers <= Bounds.LAYERS
        && width >= 1
        && width <= Bounds.WIDTH
        && width % spec.model().headDimension() == 0
        && width % ShapeCheck.POSITION_PARTS == 0;
  }

  /**
   * Shapes for a model far larger than the grid's: those listed, and the width rule's of any depth
   * whose dimensions fit together.
   */
  static List<TransformerShape> beyondGrid(ScalingSweepSpec spec) {
    int widthPerLayer = spec.model().widthPerLayer();
    List<TransformerShape> ruled =
        IntStream.rangeClosed(1, Bounds.LAYERS)
            .filter(layers -> possible(spec, layers, layers * widthPerLayer))
            .mapToObj(layers -> shape(spec, layers, layers * widthPerLayer))
            .toList();
    return spec.grid().shapes() == null
        ? ruled
        : Stream.concat(of(spec).stream(), ruled.stream()).distinct().toList();
  }

  /** The shape of so many layers and such a width, whether the grid allows it or not. */
  static TransformerShape shape(ScalingSweepSpec spec, int layers, int width) {
    return new TransformerShape(
        spec.model().architecture(),
        layers,
        width,
        spec.model().headDimension(),
        spec.model().patchSize(),
        spec.data().imageSize(),
        spec.data().channels(),
        spec.data().textEncoder().tokens(),
        spec.data().textEncoder().width());
  }
}
