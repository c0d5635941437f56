package dev.isoflop.worker.data.scenes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.worker.data.CounterRandom;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class SceneSamplerTest {
  @Property
  void figuresLieInsideTheImageAndApart(@ForAll long key) {
    List<Figure> figures = SceneSampler.sample(new CounterRandom(key)).figures();

    assertThat(figures).isNotEmpty();
    for (Figure figure : figures) {
      float reach = figure.radius() * Figure.EXTENT;
      assertThat(figure.x()).isBetween(reach, 1 - reach);
      assertThat(figure.y()).isBetween(reach, 1 - reach);
      for (Figure other : figures) {
        if (!other.equals(figure)) {
          double distance = Math.hypot(figure.x() - other.x(), figure.y() - other.y());
          assertThat(distance).isGreaterThan((figure.radius() + other.radius()) * Figure.EXTENT);
        }
      }
    }
  }

  @Property
  void noTwoFiguresShareKindAndColour(@ForAll long key) {
    List<Figure> figures = SceneSampler.sample(new CounterRandom(key)).figures();

    assertThat(figures.stream().map(figure -> figure.kind() + " " + figure.color()))
        .doesNotHaveDuplicates();
  }

  @Property
  void noFigureIsLostInTheBackdrop(@ForAll long key) {
    Scene scene = SceneSampler.sample(new CounterRandom(key));

    assertThat(scene.figures()).isNotEmpty();
    for (Figure figure : scene.figures()) {
      assertThat(distance(figure.color(), scene.backdrop(), Manner.SOLID)).isGreaterThan(0.33);
      assertThat(distance(figure.color(), scene.backdrop(), Manner.SKETCHED)).isGreaterThan(0.22);
    }
  }

  @Test
  void someBackdropSuitsAnyThreeColours() {
    for (ColorName one : ColorName.values()) {
      for (ColorName two : ColorName.values()) {
        for (ColorName three : ColorName.values()) {
          assertThat(Backdrop.values())
              .as("%s, %s, %s", one, two, three)
              .anyMatch(
                  backdrop ->
                      !backdrop.hides(one) && !backdrop.hides(two) && !backdrop.hides(three));
        }
      }
    }
  }

  @Test
  void everyChoiceComesUpOftenEnoughToBeLearned() {
    Map<ShapeKind, Integer> kinds = new EnumMap<>(ShapeKind.class);
    Map<ColorName, Integer> colors = new EnumMap<>(ColorName.class);
    Map<Texture, Integer> textures = new EnumMap<>(Texture.class);
    Map<SizeClass, Integer> sizes = new EnumMap<>(SizeClass.class);
    Map<Backdrop, Integer> backdrops = new EnumMap<>(Backdrop.class);
    int figures = 0;
    int scenes = 4000;
    for (long key = 0; key < scenes; key++) {
      Scene scene = SceneSampler.sample(new CounterRandom(key));
      backdrops.merge(scene.backdrop(), 1, Integer::sum);
      for (Figure figure : scene.figures()) {
        kinds.merge(figure.kind(), 1, Integer::sum);
        colors.merge(figure.color(), 1, Integer::sum);
        textures.merge(figure.texture(), 1, Integer::sum);
        sizes.merge(figure.size(), 1, Integer::sum);
        figures++;
      }
    }

    assertThat(kinds).hasSize(ShapeKind.values().length);
    assertThat(kinds.values()).allMatch(atLeast(0.10 * figures));
    assertThat(colors).hasSize(ColorName.values().length);
    assertThat(colors.values()).allMatch(atLeast(0.06 * figures));
    assertThat(textures).hasSize(Texture.values().length);
    assertThat(textures.values()).allMatch(atLeast(0.04 * figures));
    assertThat(sizes).hasSize(SizeClass.values().length);
    assertThat(sizes.values()).allMatch(atLeast(0.08 * figures));
    assertThat(backdrops).hasSize(Backdrop.values().length);
    assertThat(backdrops.values()).allMatch(atLeast(0.04 * scenes));
  }

  private static Predicate<Integer> atLeast(double least) {
    return count -> count >= least;
  }

  private static double distance(ColorName color, Backdrop backdrop, Manner manner) {
    Color one = color.in(manner);
    Color two = backdrop.in(manner);
    return Math.sqrt(
        Math.pow(one.red() - two.red(), 2)
            + Math.pow(one.green() - two.green(), 2)
            + Math.pow(one.blue() - two.blue(), 2));
  }
}
