package dev.isoflop.worker.data.scenes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.worker.data.ExampleStream;
import dev.isoflop.worker.data.ImageShape;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scenes per second on one core. */
@Tag("bench")
final class SceneBench {
  private static final int ROUNDS = 7;

  /** Counts this thread's own time, so that a busy machine does not blur the figure. */
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @CsvSource({"SOLID,16,3", "SKETCHED,16,3", "SOLID,32,3", "SOLID,16,1", "SOLID,256,3"})
  void drawsScenes(Manner manner, int size, int channels) throws Exception {
    SceneDataset scenes = new SceneDataset("bench", manner, new ImageShape(channels, size));
    int count = Math.max(500, 50_000_000 / (channels * size * size * 2));
    double best = Double.MAX_VALUE;
    float sum = 0;
    for (int round = 0; round < ROUNDS; round++) {
      try (ExampleStream stream = scenes.train(1, (long) round * count)) {
        long start = CPU.getCurrentThreadCpuTime();
        for (int i = 0; i < count; i++) {
          sum += stream.next().orElseThrow().decode().image()[0];
        }
        best = Math.min(best, (CPU.getCurrentThreadCpuTime() - start) * 1e-3 / count);
      }
    }
    assertThat(sum).isFinite();
    System.out.printf(
        Locale.ROOT,
        "%s %dx%dx%d: %.2f microseconds a scene, %.0f a second%n",
        manner,
        channels,
        size,
        size,
        best,
        1e6 / best);
  }
}
