package dev.isoflop.worker.data.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.api.v1alpha1.data.AutoencoderSpec;
import dev.isoflop.api.v1alpha1.data.AutoencoderType;
import dev.isoflop.api.v1alpha1.data.DataFormat;
import dev.isoflop.api.v1alpha1.data.DataSpec;
import dev.isoflop.api.v1alpha1.data.DatasetSpec;
import dev.isoflop.api.v1alpha1.data.TextEncoderSpec;
import dev.isoflop.api.v1alpha1.data.TextEncoderType;
import dev.isoflop.worker.PinnedFiles;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.Dataset;
import dev.isoflop.worker.data.Example;
import dev.isoflop.worker.data.ExampleStream;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.ValueKind;
import dev.isoflop.worker.data.cache.DataEnvironment;
import dev.isoflop.worker.data.open.DataSources;
import dev.isoflop.worker.data.remote.CacheSettings;
import dev.isoflop.worker.data.scenes.Manner;
import dev.isoflop.worker.data.scenes.SceneDataset;
import dev.isoflop.worker.torch.TorchRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The codecs, written by {@code src/test/python/torchscript_fixtures.py}, turn 2 x 2 pixels of 3
 * channels into 12 channels, which loses nothing; one of them adds a standard deviation of 0.25.
 */
public final class EncodedDatasetTest {
  private static final DatasetSpec SCENES = new DatasetSpec("s", "scenes:solid", DataFormat.Scenes);

  @TempDir Path folder;

  @Test
  void shiftsAndScalesLatentsAndDecodesThemBack() throws Exception {
    try (DataSources sources = open("codec.pt", 12, 8, 2, 0.5, 0.25)) {
      Dataset set = sources.evaluation().get(0);
      Example encoded = take(set.evaluation(2), 2).get(1);
      Example picture = take(pictures().evaluation(2), 2).get(1);
      float[] pixels = picture.image();

      assertThat(set.imageShape()).isEqualTo(new ImageShape(12, 8));
      assertThat(set.valueKind()).isEqualTo(ValueKind.LATENTS);
      assertThat(encoded.caption()).isEqualTo(picture.caption());
      // Channel 1 of the latent is the right upper pixel of red; row 3, column 5.
      assertThat(encoded.image()[64 + 8 * 3 + 5]).isEqualTo((pixels[16 * 6 + 11] - 0.25f) * 0.5f);
      Autoencoder autoencoder = sources.autoencoder().orElseThrow();
      assertThat(autoencoder.pictures()).isEqualTo(new ImageShape(3, 16));
      assertThat(autoencoder.decode(encoded.image())).containsExactly(pixels, within(1e-6f));
    }
  }

  @Test
  void drawsLatentsFromTheirDistributionAndResumesExactly() throws Exception {
    try (DataSources sources = open("distribution.pt", 12, 8, 2, 1, 0)) {
      Dataset set = sources.train();
      List<Example> drawn = take(set.train(9, 0), 20);
      List<Example> pictures = take(pictures().train(9, 0), 20);
      double squares = 0;
      double sum = 0;
      int count = 0;
      for (int i = 0; i < drawn.size(); i++) {
        float[] latent = drawn.get(i).image();
        float[] pixels = pictures.get(i).image();
        for (int cell = 0; cell < 64; cell++) {
          double noise = latent[cell] - pixels[16 * (cell / 8 * 2) + cell % 8 * 2];
          sum += noise;
          squares += noise * noise;
          count++;
        }
      }
      assertThat(sum / count).isCloseTo(0, within(4 * 0.25 / Math.sqrt(count)));
      assertThat(Math.sqrt(squares / count))
          .isCloseTo(0.25, within(0.25 * 4 / Math.sqrt(2 * count)));
      assertThat(take(set.train(9, 13), 7))
          .usingRecursiveComparison()
          .isEqualTo(drawn.subList(13, 20));
      assertThat(take(set.evaluation(3), 3))
          .usingRecursiveComparison()
          .isEqualTo(take(set.evaluation(3), 3));
    }
  }

  @Test
  void takesNoLogarithmsForDeviations() throws Exception {
    try (DataSources sources = open("log_variances.pt", 12, 8, 2, 1, 0)) {
      assertThatThrownBy(() -> take(sources.train().train(9, 0), 1))
          .hasMessageContaining("gives -2.77 among the standard deviations")
          .hasMessageContaining("exp(logvar / 2)");
    }
  }

  @Test
  void encodesAPictureOnceForAllTrials() throws Exception {
    List<Example> first;
    try (DataSources sources = open("distribution.pt", 12, 8, 2, 1, 0)) {
      first = take(sources.train().train(9, 0), 3);
    }
    List<Path> kept = cached();
    assertThat(kept).hasSize(3);
    assertThat(Files.size(kept.get(0))).isEqualTo(24 * 64 * 4 + 8);

    // Another trial takes what is there: with it changed, it would see other numbers.
    try (DataSources sources = open("distribution.pt", 12, 8, 2, 1, 0)) {
      assertThat(take(sources.train().train(9, 0), 3)).usingRecursiveComparison().isEqualTo(first);
      assertThat(cached()).isEqualTo(kept);
    }
  }

  @Test
  void theDigestCoversTheAutoencoder() throws Exception {
    List<String> digests = new ArrayList<>();
    for (double factor : new double[] {1, 2}) {
      try (DataSources sources = open("codec.pt", 12, 8, 2, factor, 0)) {
        digests.add(sources.train().digest());
      }
    }
    try (DataSources sources = open("distribution.pt", 12, 8, 2, 1, 0)) {
      digests.add(sources.train().digest());
    }

    assertThat(digests).doesNotHaveDuplicates().doesNotContain(pictures().digest());
  }

  @Test
  void namesTheFieldsWhoseShapesDoNotFit() {
    assertThatThrownBy(() -> open("codec.pt", 4, 8, 2, 1, 0))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "data.autoencoder.uri: the file's method encode gives (1, 12, 8, 8) for pictures of 16"
                + " pixels instead of (1, 4, 8, 8) or (1, 8, 8, 8), by data.channels,"
                + " data.imageSize and data.autoencoder.downsampling; export it as"
                + " docs/text-and-autoencoders.md shows");
    assertThatThrownBy(() -> open("codec.pt", 12, 8, 4, 1, 0))
        .hasMessageContaining("gives (1, 12, 16, 16) for pictures of 32 pixels");
    assertThatThrownBy(() -> open("codec.pt", 12, 64, 32, 1, 0))
        .hasMessage(
            "data.imageSize: is 64 latent cells, which at data.autoencoder.downsampling 32 are"
                + " pictures of 2048 pixels; give the edge of the latents, so that pictures have 8"
                + " to 1024 pixels");
    assertThatThrownBy(() -> open("codec.pt", 12, 8, 2, -1, 0))
        .hasMessageStartingWith("data.autoencoder.scaleFactor: is -1.0; give a positive number");
  }

  private DataSources open(
      String name, int channels, int size, int downsampling, double factor, double shift)
      throws DataException, IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      PinnedFiles.copy(EncodedDatasetTest.class, name, folder);
    }
    AutoencoderSpec autoencoder =
        new AutoencoderSpec(
            AutoencoderType.TorchScript,
            file.toString(),
            PinnedFiles.sha256(file),
            downsampling,
            factor,
            shift);
    return DataSources.open(
        new DataSpec(
            SCENES,
            List.of(SCENES),
            size,
            channels,
            new TextEncoderSpec(TextEncoderType.Hashed, 32, 64),
            autoencoder),
        new DataEnvironment(
            () -> TorchRuntime.start(1), new CacheSettings(folder.resolve("cache"), 1 << 20)));
  }

  private static Dataset pictures() {
    return new SceneDataset("s", Manner.SOLID, new ImageShape(3, 16));
  }

  private List<Path> cached() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static List<Example> take(ExampleStream stream, int count) throws DataException {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      examples.add(stream.next().orElseThrow().decode());
    }
    stream.close();
    return examples;
  }
}
