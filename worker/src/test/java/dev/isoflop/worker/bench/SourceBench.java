package dev.isoflop.worker.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.engine.PtNDManager;
import dev.isoflop.model.Architecture;
import dev.isoflop.model.TransformerShape;
import dev.isoflop.worker.data.Dataset;
import dev.isoflop.worker.data.Example;
import dev.isoflop.worker.data.ExampleStream;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.batch.Batch;
import dev.isoflop.worker.data.batch.BatchReader;
import dev.isoflop.worker.data.scenes.Manner;
import dev.isoflop.worker.data.scenes.SceneDataset;
import dev.isoflop.worker.data.text.HashedTextEncoder;
import dev.isoflop.worker.data.webdataset.Shards;
import dev.isoflop.worker.data.webdataset.Tars;
import dev.isoflop.worker.diffusion.RunSeed;
import dev.isoflop.worker.model.DiffusionModel;
import dev.isoflop.worker.model.ModelArchive;
import dev.isoflop.worker.model.ModelPrecision;
import dev.isoflop.worker.model.ModelState;
import dev.isoflop.worker.model.StepSettings;
import dev.isoflop.worker.torch.TorchRuntime;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How much faster the data comes than training takes it, captions and copies included: the time of
 * a training step over that of reading its batch, measured in turn in one process.
 */
@Tag("bench")
final class SourceBench {
  private static final int BATCH = 32;
  private static final int STEPS = 40;
  private static final int ROUNDS = 15;
  private static final int PICTURES = 4000;

  private final Path folder;

  SourceBench(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Two models as small as the quickstart's, and one on colour pictures. */
  @ParameterizedTest
  @CsvSource({"2,8,8,1,8,16", "2,24,8,1,8,16", "2,64,16,3,16,32"})
  void readsAheadOfTraining(
      int layers, int width, int size, int channels, int textTokens, int textWidth)
      throws Exception {
    TransformerShape shape =
        new TransformerShape(
            Architecture.InContext, layers, width, 8, 2, size, channels, textTokens, textWidth);
    ImageShape images = new ImageShape(channels, size);
    SceneDataset scenes = new SceneDataset("bench", Manner.SOLID, images);
    try (Shards shard = Shards.at(folder.resolve("0.tar"));
        ExampleStream stream =
            new SceneDataset("bench", Manner.SOLID, new ImageShape(3, size)).evaluation(PICTURES)) {
      for (int i = 0; i < PICTURES; i++) {
        Example example = stream.next().orElseThrow().decode();
        shard
            .entry("%06d.png".formatted(i), png(example, size))
            .entry("%06d.txt".formatted(i), example.caption());
      }
    }
    HashedTextEncoder encoder = new HashedTextEncoder(textTokens, textWidth);
    double[] step = new double[ROUNDS];
    double[] drawn = new double[ROUNDS];
    double[] decoded = new double[ROUNDS];
    TorchRuntime torch = TorchRuntime.start(1);
    try (PtNDManager manager = torch.newManager();
        DiffusionModel model =
            new DiffusionModel(
                manager,
                shape,
                ModelArchive.pack(shape, BenchTraining.SPEC, new ModelPrecision(false, true)));
        ModelState state = model.initialState(new RunSeed(1))) {
      for (int round = 0; round < ROUNDS; round++) {
        drawn[round] = read(scenes, encoder);
        // Opened anew in each round, so that no picture is remembered from the round before.
        decoded[round] = read(Tars.open(folder, "0.tar", images), encoder);
        step[round] = train(scenes, encoder, model, state);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%d layers x %d on %dx%dx%d, batch %d: a step takes %.2f ms; reading its batch %.3f ms"
            + " from scenes (%.1f x faster), %.3f ms from tar shards of PNG (%.1f x faster)%n",
        layers,
        width,
        channels,
        size,
        size,
        BATCH,
        median(step),
        median(drawn),
        median(step) / median(drawn),
        median(decoded),
        median(step) / median(decoded));
  }

  /** Milliseconds a batch, by the clock, from a reader whose consumer does nothing. */
  private static double read(Dataset data, HashedTextEncoder encoder) throws Exception {
    try (BatchReader reader = open(data, encoder)) {
      reader.next();
      long began = System.nanoTime();
      for (int i = 0; i < STEPS; i++) {
        assertThat(reader.next()).isPresent();
      }
      return (System.nanoTime() - began) * 1e-6 / STEPS;
    }
  }

  /** Milliseconds a step, by the clock, on one batch that is there already. */
  private static double train(
      Dataset data, HashedTextEncoder encoder, DiffusionModel model, ModelState state)
      throws Exception {
    try (BatchReader reader = open(data, encoder)) {
      Batch batch = reader.next().orElseThrow();
      long began = System.nanoTime();
      for (int i = 1; i <= STEPS; i++) {
        model.trainStep(
            state, batch.images(), batch.text(), new RunSeed(0), new StepSettings(i, 1e-3, 0.99));
      }
      return (System.nanoTime() - began) * 1e-6 / STEPS;
    }
  }

  private static BatchReader open(Dataset data, HashedTextEncoder encoder) throws Exception {
    return new BatchReader(
        data.train(1, 0), data.imageShape(), encoder, BatchReader.Options.ofBatchSize(BATCH));
  }

  private static double median(double[] values) {
    return Arrays.stream(values).sorted().toArray()[values.length / 2];
  }

  private static byte[] png(Example example, int size) throws IOException {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    for (int at = 0; at < size * size; at++) {
      int rgb = 0;
      for (int channel = 0; channel < 3; channel++) {
        rgb = rgb << 8 | Math.round((example.image()[channel * size * size + at] + 1f) * 127.5f);
      }
      image.setRGB(at % size, at / size, rgb);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }
}
