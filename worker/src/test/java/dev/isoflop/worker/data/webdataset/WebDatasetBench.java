package dev.isoflop.worker.data.webdataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.worker.data.Example;
import dev.isoflop.worker.data.ExampleStream;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.scenes.Manner;
import dev.isoflop.worker.data.scenes.SceneDataset;
import dev.isoflop.worker.data.shard.stream.ShardDataset;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Examples per second from tar shards on one core, by the thread's own time. */
@Tag("bench")
final class WebDatasetBench {
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
  private static final int COUNT = 2000;
  private static final int ROUNDS = 7;

  @ParameterizedTest
  @CsvSource({"png,32,32", "png,64,32", "jpg,32,32", "jpg,256,32", "jpg,256,256"})
  void readsShards(String format, int stored, int size, @TempDir Path folder) throws Exception {
    SceneDataset scenes = new SceneDataset("bench", Manner.SOLID, new ImageShape(3, stored));
    try (Shards shard = Shards.at(folder.resolve("0.tar"));
        ExampleStream stream = scenes.evaluation(COUNT)) {
      for (int i = 0; i < COUNT; i++) {
        Example example = stream.next().orElseThrow().decode();
        shard
            .entry("%06d.%s".formatted(i, format), encode(example, stored, format))
            .entry("%06d.txt".formatted(i), example.caption());
      }
    }
    double decoded = Double.MAX_VALUE;
    double remembered = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      ShardDataset fresh = open(folder, size);
      try (ExampleStream stream = fresh.train(1, 0)) {
        decoded = Math.min(decoded, microsecondsPerExample(stream));
        remembered = Math.min(remembered, microsecondsPerExample(stream));
      }
    }
    ShardDataset data = open(folder, size);
    long start = CPU.getCurrentThreadCpuTime();
    assertThat(data.size()).hasValue(COUNT);
    double skim = (CPU.getCurrentThreadCpuTime() - start) * 1e-3 / COUNT;
    System.out.printf(
        Locale.ROOT,
        "%s %d -> %d, microseconds an example: %.1f decoded, %.1f in a later epoch, %.1f skipped%n",
        format,
        stored,
        size,
        decoded,
        remembered,
        skim);
  }

  private static ShardDataset open(Path folder, int size) throws Exception {
    return Tars.open(folder, "0.tar", new ImageShape(3, size));
  }

  /** Over one epoch. */
  private static double microsecondsPerExample(ExampleStream stream) throws Exception {
    float sum = 0;
    long start = CPU.getCurrentThreadCpuTime();
    for (int i = 0; i < COUNT; i++) {
      sum += stream.next().orElseThrow().decode().image()[0];
    }
    double microseconds = (CPU.getCurrentThreadCpuTime() - start) * 1e-3 / COUNT;
    assertThat(sum).isFinite();
    return microseconds;
  }

  private static byte[] encode(Example example, int size, String format) throws Exception {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    for (int at = 0; at < size * size; at++) {
      int rgb = 0;
      for (int channel = 0; channel < 3; channel++) {
        rgb = rgb << 8 | Math.round((example.image()[channel * size * size + at] + 1f) * 127.5f);
      }
      image.setRGB(at % size, at / size, rgb);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, format, bytes);
    return bytes.toByteArray();
  }
}
