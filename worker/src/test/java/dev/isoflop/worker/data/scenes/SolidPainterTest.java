package dev.isoflop.worker.data.scenes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.worker.data.CounterRandom;
import dev.isoflop.worker.data.ImageShape;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SolidPainterTest {
  private static final int SIZE = 128;

  /** The caption is true of the pixels: where a plain figure is, its colour is the nearest one. */
  @Property(tries = 300)
  void aPlainFigureHasTheColourThatTheCaptionNames(@ForAll long key) {
    Scene scene = SceneSampler.sample(new CounterRandom(key));
    float[] image = paint(scene, 3);

    for (Figure figure : scene.figures()) {
      if (figure.texture() == Texture.PLAIN && figure.kind() != ShapeKind.RING) {
        int x = (int) (figure.x() * SIZE);
        int y = (int) (figure.y() * SIZE);
        assertThat(nearest(image, x, y)).as("%s", figure).isEqualTo(figure.color());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void coversAsMuchAsTheOutlineEncloses(ShapeKind kind) {
    float radius = 0.3f;
    Figure figure =
        new Figure(
            kind,
            SizeClass.LARGE,
            ColorName.WHITE,
            Texture.PLAIN,
            0.5f,
            0.5f,
            radius,
            0.8f,
            0.6f,
            1,
            0,
            1,
            0,
            0,
            0);
    Scene scene = new Scene(Backdrop.BLACK, false, 0, 0, 0, 0, List.of(figure), 0);
    for (int size : new int[] {16, 64}) {
      Canvas canvas = new Canvas(new ImageShape(1, size));
      new SolidPainter().paint(scene, canvas);
      double black = Backdrop.BLACK.in(Manner.SOLID).luma();
      double white = ColorName.WHITE.in(Manner.SOLID).luma();
      double covered = 0;
      for (float value : canvas.finish()) {
        covered += ((value + 1) / 2 - black) / (white - black) / (size * size);
      }
      double area = areaInRadii(kind) * radius * radius;
      assertThat(covered).as("at %d pixels", size).isCloseTo(area, within(0.03 * area));
    }
  }

  private static double areaInRadii(ShapeKind kind) {
    return switch (kind) {
      case CIRCLE -> Math.PI;
      case SQUARE -> 1.64 * 1.64;
      case TRIANGLE -> 3 * Math.sqrt(3) / 4 * 1.05 * 1.05;
      case RING -> Math.PI * (1 - 0.48 * 0.48);
      case CROSS -> 2 * 0.64 * 1.9 - 0.64 * 0.64;
      case BAR -> 2 * 0.64;
      case DIAMOND -> 2 * 0.75 * 1.1;
      case SEMICIRCLE -> Math.PI / 2;
    };
  }

  private static float[] paint(Scene scene, int channels) {
    Canvas canvas = new Canvas(new ImageShape(channels, SIZE));
    new SolidPainter().paint(scene, canvas);
    return canvas.finish();
  }

  private static ColorName nearest(float[] image, int x, int y) {
    ColorName nearest = ColorName.RED;
    double least = Double.MAX_VALUE;
    for (ColorName name : ColorName.values()) {
      Color color = name.in(Manner.SOLID);
      float[] parts = {color.red(), color.green(), color.blue()};
      double distance = 0;
      for (int channel = 0; channel < 3; channel++) {
        float value = (image[channel * SIZE * SIZE + y * SIZE + x] + 1) / 2;
        distance += Math.pow(value - parts[channel], 2);
      }
      if (distance < least) {
        least = distance;
        nearest = name;
      }
    }
    return nearest;
  }
}
