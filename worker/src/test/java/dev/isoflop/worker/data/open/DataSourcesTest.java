package dev.isoflop.worker.data.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.api.v1alpha1.data.AutoencoderSpec;
import dev.isoflop.api.v1alpha1.data.AutoencoderType;
import dev.isoflop.api.v1alpha1.data.DataFormat;
import dev.isoflop.api.v1alpha1.data.DataSpec;
import dev.isoflop.api.v1alpha1.data.DatasetSpec;
import dev.isoflop.api.v1alpha1.data.TextEncoderSpec;
import dev.isoflop.api.v1alpha1.data.TextEncoderType;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.Dataset;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.cache.DataEnvironment;
import dev.isoflop.worker.data.remote.CacheSettings;
import dev.isoflop.worker.torch.TorchRuntime;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataSourcesTest {
  private static final DatasetSpec SOLID = scenes("solid", "scenes:solid");
  private static final DatasetSpec SKETCHED = scenes("sketched", "scenes:sketched");
  private static final TextEncoderSpec HASHED = new TextEncoderSpec(TextEncoderType.Hashed, 5, 7);

  @TempDir Path folder;

  @Test
  void opensBothMannersOfScenesInTheAskedShape() throws DataException {
    DataSources sources = open(data(SOLID, List.of(SOLID, SKETCHED), 16, 1, HASHED));

    assertThat(sources.train().name()).isEqualTo("solid");
    assertThat(sources.evaluation()).extracting(Dataset::name).containsExactly("solid", "sketched");
    assertThat(sources.evaluation().get(1).imageShape()).isEqualTo(new ImageShape(1, 16));
    assertThat(sources.evaluation().get(1).digest())
        .isNotEqualTo(sources.evaluation().get(0).digest());
    assertThat(sources.textEncoder().tokens()).isEqualTo(5);
    assertThat(sources.textEncoder().width()).isEqualTo(7);
  }

  @Test
  void namesTheFieldOfUnknownScenes() {
    assertRefused(data(scenes("x", "scenes:solid2"), List.of(SOLID), 16, 3, HASHED))
        .hasMessage(
            "data.train.uri: there are no scenes 'scenes:solid2'; use scenes:solid or"
                + " scenes:sketched, or another format");
    assertRefused(data(SOLID, List.of(SOLID, scenes("x", "solid")), 16, 3, HASHED))
        .hasMessageStartingWith("data.evaluation[1].uri: there are no scenes 'solid'");
  }

  @Test
  void refusesShapesThatNoImageHas() {
    assertRefused(data(SOLID, List.of(SOLID), 4, 3, HASHED))
        .hasMessage(
            "data.imageSize: is 4, but a set of pictures is read; give 8 to 256, or say under"
                + " latents what is stored");
    assertRefused(data(SOLID, List.of(SOLID), 512, 3, HASHED)).hasMessageContaining("512");
    assertRefused(data(SOLID, List.of(SOLID), 16, 4, HASHED))
        .hasMessageStartingWith("data.channels: is 4, but a set of pictures is read");
  }

  @Test
  void refusesEncodersThatCannotBeMeant() {
    TextEncoderSpec narrow = new TextEncoderSpec(TextEncoderType.MiniLM, 5, 64);
    TextEncoderSpec nowhere = new TextEncoderSpec(TextEncoderType.TorchScript, 5, 64);
    TextEncoderSpec unpinned =
        new TextEncoderSpec(TextEncoderType.TorchScript, 5, 64, "clip.pt", null);

    assertRefused(data(SOLID, List.of(SOLID), 16, 3, narrow))
        .hasMessage(
            "data.textEncoder.width: is 64, but MiniLM's features are 384 wide; set it to 384");
    assertRefused(data(SOLID, List.of(SOLID), 16, 3, nowhere))
        .hasMessageStartingWith("data.textEncoder.uri: is missing");
    assertRefused(data(SOLID, List.of(SOLID), 16, 3, unpinned))
        .hasMessageStartingWith(
            "data.textEncoder.sha256: is missing; give what sha256sum says of the file; it is"
                + " code");
  }

  private DataSources open(DataSpec data) throws DataException {
    return DataSources.open(
        data, new DataEnvironment(() -> TorchRuntime.start(1), new CacheSettings(folder, 1 << 20)));
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(DataSpec data) {
    return assertThatThrownBy(() -> open(data))
        .isInstanceOfSatisfying(
            DataException.class, fault -> assertThat(fault.retryable()).isFalse());
  }

  private static DataSpec data(
      DatasetSpec train,
      List<DatasetSpec> evaluation,
      int size,
      int channels,
      TextEncoderSpec textEncoder) {
    return new DataSpec(
        train, evaluation, size, channels, textEncoder, new AutoencoderSpec(AutoencoderType.None));
  }

  private static DatasetSpec scenes(String name, String uri) {
    return new DatasetSpec(name, uri, DataFormat.Scenes);
  }
}
