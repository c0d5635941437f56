package dev.isoflop.worker.data.scenes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.worker.data.CounterRandom;
import dev.isoflop.worker.data.scenes.ToldScene.Told;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class SceneCaptionTest {
  @Property
  void everyWordIsTrueOfTheScene(@ForAll long key) {
    Scene scene = SceneSampler.sample(new CounterRandom(key));
    ToldScene told = ToldScene.read(SceneCaption.of(scene));

    assertThat(told.figures()).hasSameSizeAs(scene.figures());
    for (int i = 0; i < told.figures().size(); i++) {
      Told words = told.figures().get(i);
      Figure figure = scene.figures().get(i);
      assertThat(figure.color().name()).isEqualTo(words.color().toUpperCase(Locale.ROOT));
      assertThat(figure.kind().name()).isEqualTo(words.kind().toUpperCase(Locale.ROOT));
      assertThat(figure.texture().name()).isEqualTo(words.texture().toUpperCase(Locale.ROOT));
      assertThat(sizeOf(figure.radius())).isEqualTo(words.size());
    }
    told.background()
        .ifPresent(
            words ->
                assertThat(scene.backdrop().name().toLowerCase(Locale.ROOT))
                    .isEqualTo(words.replace(' ', '_')));
  }

  @Property
  void relationsAreTrueOfTheCoordinatesAndPlainToSee(@ForAll long key) {
    Scene scene = SceneSampler.sample(new CounterRandom(key));
    List<String> relations = ToldScene.read(SceneCaption.of(scene)).relations();

    assertThat(relations).hasSize(scene.figures().size() - 1);
    Figure first = scene.figures().get(0);
    for (int i = 0; i < relations.size(); i++) {
      Figure other = scene.figures().get(i + 1);
      float distance =
          switch (relations.get(i)) {
            case "left of" -> other.x() - first.x();
            case "right of" -> first.x() - other.x();
            case "above" -> other.y() - first.y();
            case "below" -> first.y() - other.y();
            default -> throw new AssertionError(relations.get(i));
          };
      assertThat(distance).isGreaterThan(0.18f);
    }
  }

  @Test
  void tellsASceneAsAPersonWould() {
    Figure circle =
        figure(ShapeKind.CIRCLE, SizeClass.SMALL, ColorName.RED, Texture.PLAIN, 0.2f, 0.5f);
    Figure square =
        figure(ShapeKind.SQUARE, SizeClass.LARGE, ColorName.BLUE, Texture.STRIPED, 0.7f, 0.6f);
    Figure ring =
        figure(ShapeKind.RING, SizeClass.MEDIUM, ColorName.ORANGE, Texture.PLAIN, 0.2f, 0.1f);

    assertThat(caption(false, circle, square))
        .isEqualTo("a small red circle left of a large blue striped square");
    assertThat(caption(true, circle, square, ring))
        .isEqualTo(
            "a small red circle left of a large blue striped square and below an orange ring"
                + " on a pale blue background");
    assertThat(caption(false, ring)).isEqualTo("an orange ring");
  }

  private static String caption(boolean backdropTold, Figure... figures) {
    return SceneCaption.of(
        new Scene(Backdrop.PALE_BLUE, backdropTold, 0, 0, 0, 0, List.of(figures), 0));
  }

  private static Figure figure(
      ShapeKind kind, SizeClass size, ColorName color, Texture texture, float x, float y) {
    return new Figure(kind, size, color, texture, x, y, 0.1f, 1, 0, 1, 0, 1, 0, 0, 0);
  }

  private static String sizeOf(float radius) {
    return radius < 0.16f ? "small" : radius > 0.235f ? "large" : "medium";
  }
}
