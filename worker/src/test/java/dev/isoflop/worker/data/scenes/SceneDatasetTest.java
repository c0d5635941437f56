package dev.isoflop.worker.data.scenes;

import static dev.isoflop.worker.data.Examples.take;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.Example;
import dev.isoflop.worker.data.ExampleStream;
import dev.isoflop.worker.data.ImageShape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SceneDatasetTest {
  private static final ImageShape SHAPE = new ImageShape(3, 16);
  private final SceneDataset solid = new SceneDataset("solid", Manner.SOLID, SHAPE);
  private final SceneDataset sketched = new SceneDataset("sketched", Manner.SKETCHED, SHAPE);

  @Property(tries = 50)
  void aStreamOpenedAtNEqualsOneReadUpToN(@ForAll long seed, @ForAll @IntRange(max = 40) int first)
      throws DataException {
    List<Example> fromStart = take(solid.train(seed, 0), first + 3);
    List<Example> resumed = take(solid.train(seed, first), 3);

    for (int i = 0; i < 3; i++) {
      assertThat(resumed.get(i).image()).isEqualTo(fromStart.get(first + i).image());
      assertThat(resumed.get(i).caption()).isEqualTo(fromStart.get(first + i).caption());
    }
  }

  @Test
  void canBeEnteredFarOut() throws DataException {
    assertThat(take(solid.train(3, 1L << 50), 2)).hasSize(2);
  }

  @Test
  void noSceneIsRepeatedAndNoneIsInBothSplits() throws DataException {
    Set<FloatBuffer> seen = new HashSet<>();
    List<Example> all = new ArrayList<>();
    all.addAll(take(solid.train(0, 0), 2000));
    all.addAll(take(solid.train(1, 0), 2000));
    all.addAll(take(solid.evaluation(2000), 2000));
    for (Example example : all) {
      seen.add(FloatBuffer.wrap(example.image()));
    }

    assertThat(seen).hasSize(all.size());
  }

  @Test
  void evaluationEndsAfterItsCount() throws DataException {
    try (ExampleStream stream = solid.evaluation(2)) {
      assertThat(stream.next()).isPresent();
      assertThat(stream.next()).isPresent();
      assertThat(stream.next()).isEmpty();
    }
  }

  @Test
  void aLongerEvaluationBeginsLikeAShorterOne() throws DataException {
    Example last = take(solid.evaluation(5), 5).get(4);

    assertThat(take(solid.evaluation(100), 100).get(4).image()).isEqualTo(last.image());
  }

  @Test
  void theTwoMannersDrawDifferentScenes() throws DataException {
    assertThat(take(solid.evaluation(1), 1).get(0).caption())
        .isNotEqualTo(take(sketched.evaluation(1), 1).get(0).caption());
  }

  @ParameterizedTest
  @CsvSource({"1,8", "3,8", "3,16", "1,33", "3,64", "3,256"})
  void drawsAnySizeInLevelsFromMinusOneToOne(int channels, int size) throws DataException {
    for (Manner manner : Manner.values()) {
      SceneDataset scenes = new SceneDataset("any", manner, new ImageShape(channels, size));
      List<Example> examples = take(scenes.evaluation(20), 20);
      assertThat(examples).hasSize(20);
      for (Example example : examples) {
        assertThat(example.image()).hasSize(channels * size * size);
        float farthest = 0;
        for (float value : example.image()) {
          float level = (value + 1f) * 127.5f;
          farthest =
              Math.max(farthest, Math.abs(level - Math.min(255, Math.max(0, Math.round(level)))));
        }
        assertThat(farthest).as("distance to the nearest of 256 levels").isLessThan(1e-4f);
      }
    }
  }

  @Test
  void oneSceneLooksAlikeAtAnySize() throws DataException {
    SceneDataset large = new SceneDataset("large", Manner.SOLID, new ImageShape(3, 64));
    Example small = take(solid.evaluation(1), 1).get(0);
    Example big = take(large.evaluation(1), 1).get(0);

    double difference = 0;
    for (int channel = 0; channel < 3; channel++) {
      for (int y = 0; y < 16; y++) {
        for (int x = 0; x < 16; x++) {
          double mean = 0;
          for (int i = 0; i < 16; i++) {
            mean += big.image()[channel * 4096 + (4 * y + i / 4) * 64 + 4 * x + i % 4] / 16;
          }
          difference += Math.abs(mean - small.image()[channel * 256 + y * 16 + x]) / 768;
        }
      }
    }
    assertThat(difference).as("mean difference of a pixel, range 2").isLessThan(0.01);
  }

  @Test
  void digestsTellMannerAndShapeApart() {
    assertThat(
            List.of(
                solid.digest(),
                sketched.digest(),
                new SceneDataset("s", Manner.SOLID, new ImageShape(1, 16)).digest(),
                new SceneDataset("s", Manner.SOLID, new ImageShape(3, 32)).digest()))
        .doesNotHaveDuplicates()
        .allMatch(digest -> digest.matches("sha256:[0-9a-f]{64}"));
    assertThat(new SceneDataset("another name", Manner.SOLID, SHAPE).digest())
        .isEqualTo(solid.digest());
  }
}
