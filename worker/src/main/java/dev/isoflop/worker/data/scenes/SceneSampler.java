package dev.isoflop.worker.data.scenes;

import dev.isoflop.worker.data.CounterRandom;
import java.util.ArrayList;
import java.util.List;

/** Draws scenes at random: rich in what varies continuously, plain in what the caption can say. */
final class SceneSampler {
  /** Part of every key: raise it when the distribution changes. */
  static final int VERSION = 1;

  private static final int TRIES_PER_SIZES = 40;
  private static final float GAP = 0.02f;
  private static final float COLOR_JITTER = 0.06f;
  private static final ShapeKind[] KINDS = ShapeKind.values();
  private static final ColorName[] COLORS = ColorName.values();
  private static final Texture[] TEXTURES = Texture.values();
  private static final SizeClass[] SIZES = SizeClass.values();
  private static final Backdrop[] BACKDROPS = Backdrop.values();

  private SceneSampler() {}

  static Scene sample(CounterRandom random) {
    int count = figureCount(random);
    Looks[] looks = looks(random, count);
    Place[] places = places(random, looks);
    List<Figure> figures = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      figures.add(figure(random, looks[i], places[i]));
    }
    return new Scene(
        backdrop(random, looks),
        random.nextFloat() < 0.5f,
        random.nextFloat(-0.14f, 0.14f),
        random.nextFloat(-0.14f, 0.14f),
        random.nextFloat(-0.16f, 0.16f),
        random.nextFloat(-0.16f, 0.16f),
        figures,
        random.nextLong());
  }

  /** What the caption says of a figure alone. */
  private record Looks(ShapeKind kind, ColorName color, SizeClass size) {
    Looks oneSizeSmaller() {
      return new Looks(kind, color, size.smaller());
    }
  }

  private record Place(float x, float y, float radius) {}

  private static int figureCount(CounterRandom random) {
    float share = random.nextFloat();
    return share < 0.3f ? 1 : share < 0.75f ? 2 : Scene.MAXIMUM_FIGURES;
  }

  /** Figures that a listener can tell apart: no two agree in both kind and colour. */
  private static Looks[] looks(CounterRandom random, int count) {
    Looks[] looks = new Looks[count];
    for (int i = 0; i < count; i++) {
      Looks next;
      do {
        next =
            new Looks(
                KINDS[random.nextInt(KINDS.length)],
                COLORS[random.nextInt(COLORS.length)],
                SIZES[random.nextInt(SIZES.length)]);
      } while (isTaken(next, looks, i));
      looks[i] = next;
    }
    return looks;
  }

  private static boolean isTaken(Looks next, Looks[] looks, int count) {
    for (int i = 0; i < count; i++) {
      if (looks[i].kind() == next.kind() && looks[i].color() == next.color()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Places and radii such that all figures lie inside the image and apart from each other. Where
   * the sizes hardly fit, the largest figure is made one size smaller; three small ones always fit.
   */
  private static Place[] places(CounterRandom random, Looks[] looks) {
    Place[] places = new Place[looks.length];
    while (true) {
      for (int attempt = 0; attempt < TRIES_PER_SIZES; attempt++) {
        if (place(random, looks, places)) {
          return places;
        }
      }
      int largest = largest(looks);
      looks[largest] = looks[largest].oneSizeSmaller();
    }
  }

  private static boolean place(CounterRandom random, Looks[] looks, Place[] places) {
    for (int i = 0; i < looks.length; i++) {
      SizeClass size = looks[i].size();
      float radius = random.nextFloat(size.leastRadius(), size.greatestRadius());
      float margin = radius * Figure.EXTENT + GAP;
      float x = random.nextFloat(margin, 1f - margin);
      float y = random.nextFloat(margin, 1f - margin);
      for (int j = 0; j < i; j++) {
        float apart = (radius + places[j].radius()) * Figure.EXTENT + GAP;
        float across = x - places[j].x();
        float down = y - places[j].y();
        if (across * across + down * down < apart * apart) {
          return false;
        }
      }
      places[i] = new Place(x, y, radius);
    }
    return true;
  }

  private static int largest(Looks[] looks) {
    int largest = 0;
    for (int i = 1; i < looks.length; i++) {
      if (looks[i].size().compareTo(looks[largest].size()) > 0) {
        largest = i;
      }
    }
    return largest;
  }

  private static Figure figure(CounterRandom random, Looks looks, Place place) {
    // A small figure has no room for a pattern that anyone could see.
    boolean patterned = looks.size() != SizeClass.SMALL && random.nextFloat() < 0.5f;
    Texture texture = patterned ? TEXTURES[1 + random.nextInt(TEXTURES.length - 1)] : Texture.PLAIN;
    float turn = random.nextFloat(-1f, 1f) * looks.kind().greatestTurn();
    float textureTurn = random.nextFloat(-1f, 1f) * (float) Math.PI;
    return new Figure(
        looks.kind(),
        looks.size(),
        looks.color(),
        texture,
        place.x(),
        place.y(),
        place.radius(),
        (float) StrictMath.cos(turn),
        (float) StrictMath.sin(turn),
        (float) StrictMath.cos(textureTurn),
        (float) StrictMath.sin(textureTurn),
        random.nextFloat(0.5f, 0.9f),
        random.nextFloat(-COLOR_JITTER, COLOR_JITTER),
        random.nextFloat(-COLOR_JITTER, COLOR_JITTER),
        random.nextFloat(-COLOR_JITTER, COLOR_JITTER));
  }

  /**
   * Any of the backdrops that all figures stand out from; there is one for every choice of colours.
   */
  private static Backdrop backdrop(CounterRandom random, Looks[] looks) {
    while (true) {
      Backdrop backdrop = BACKDROPS[random.nextInt(BACKDROPS.length)];
      if (!hidesAny(backdrop, looks)) {
        return backdrop;
      }
    }
  }

  private static boolean hidesAny(Backdrop backdrop, Looks[] looks) {
    for (Looks each : looks) {
      if (backdrop.hides(each.color())) {
        return true;
      }
    }
    return false;
  }
}
