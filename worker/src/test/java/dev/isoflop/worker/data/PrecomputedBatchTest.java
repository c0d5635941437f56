package dev.isoflop.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.isoflop.api.v1alpha1.data.DataFormat;
import dev.isoflop.api.v1alpha1.data.DataSpec;
import dev.isoflop.api.v1alpha1.data.DatasetSpec;
import dev.isoflop.api.v1alpha1.data.LatentKind;
import dev.isoflop.api.v1alpha1.data.LatentType;
import dev.isoflop.worker.data.batch.Batch;
import dev.isoflop.worker.data.batch.BatchReader;
import dev.isoflop.worker.data.cache.DataEnvironment;
import dev.isoflop.worker.data.open.DataSources;
import dev.isoflop.worker.data.remote.CacheSettings;
import dev.isoflop.worker.data.text.PrecomputedText;
import dev.isoflop.worker.torch.TorchRuntime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stored latents and text features all the way into the arrays that a model sees. */
final class PrecomputedBatchTest {
  @Test
  void latentsAndTextFeaturesReachTheBatch(@TempDir Path folder) throws Exception {
    DatasetSpec measured = set(Fixtures.path("webdataset/latents.tar"));
    DatasetSpec trained = set(copied(folder));
    DataSpec data =
        new DataSpec(trained, List.of(measured), 4, 4, Latents.STORED, Latents.PIXELS_OR_STORED);
    DataSources sources =
        DataSources.open(
            data,
            new DataEnvironment(
                () -> TorchRuntime.start(1), new CacheSettings(folder.resolve("cache"), 1 << 20)));
    Dataset set = sources.evaluation().get(0);
    try (BatchReader reader =
        new BatchReader(
            set.evaluation(3),
            set.imageShape(),
            sources.textEncoder(),
            BatchReader.Options.ofBatchSize(3))) {
      Batch batch = reader.next().orElseThrow();
      ByteBuffer images = batch.images();
      ByteBuffer text = batch.text();

      for (int i = 0; i < 64; i++) {
        assertThat(images.getFloat(4 * (128 + i))).isEqualTo(Fixtures.latent(2, i));
      }
      for (int i = 0; i < 32; i++) {
        assertThat(text.getFloat(4 * (64 + i))).isEqualTo(i < 24 ? Fixtures.text(2, i) : 0f);
      }
    }
  }

  @Test
  void theEncoderKnowsTheDroppedCaptionAndNoOther() {
    PrecomputedText text = new PrecomputedText(2, 3);
    float[] features = {1, 1, 1, 1, 1, 1, 1, 1};
    text.encode("", features, 1);

    assertThat(features).containsExactly(1, 0, 0, 0, 0, 0, 0, 1);
    assertThatIllegalArgumentException().isThrownBy(() -> text.encode("a dog", features, 0));
  }

  private static DatasetSpec set(Path path) {
    return Latents.set(
        path.toString(),
        DataFormat.WebDataset,
        Latents.spec(LatentKind.Sample, LatentType.Float16),
        null);
  }

  private static Path copied(Path folder) throws IOException {
    return Files.copy(Fixtures.path("webdataset/latents.tar"), folder.resolve("train.tar"));
  }
}
