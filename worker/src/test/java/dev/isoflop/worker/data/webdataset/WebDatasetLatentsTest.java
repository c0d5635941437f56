package dev.isoflop.worker.data.webdataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.api.v1alpha1.data.DataFormat;
import dev.isoflop.api.v1alpha1.data.DatasetSpec;
import dev.isoflop.api.v1alpha1.data.LatentKind;
import dev.isoflop.api.v1alpha1.data.LatentType;
import dev.isoflop.worker.data.Dataset;
import dev.isoflop.worker.data.Example;
import dev.isoflop.worker.data.Examples;
import dev.isoflop.worker.data.Fixtures;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.Latents;
import dev.isoflop.worker.data.ValueKind;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WebDatasetLatentsTest {
  private static final String SHARD = Fixtures.path("webdataset/latents.tar").toString();
  private static final DatasetSpec SET =
      Latents.set(
          SHARD, DataFormat.WebDataset, Latents.spec(LatentKind.Sample, LatentType.Float16), null);

  @Test
  void readsLatentsWithCaptions() throws Exception {
    Dataset data = Latents.open(SET, Latents.HASHED);
    List<Example> examples = Examples.take(data.evaluation(6), 6);

    assertThat(data.valueKind()).isEqualTo(ValueKind.LATENTS);
    assertThat(data.imageShape()).isEqualTo(new ImageShape(4, 4));
    for (int i = 0; i < 6; i++) {
      Latents.assertIs(examples.get(i), i);
      assertThat(examples.get(i).caption()).isEqualTo("number " + i);
      assertThat(examples.get(i).textFeatures()).isEmpty();
    }
  }

  @Test
  void readsTextFeaturesWhereTheyAreWanted() throws Exception {
    Example example = Examples.take(Latents.open(SET, Latents.STORED).evaluation(3), 3).get(2);

    Latents.assertIs(example, 2);
    Latents.assertText(example, 2, 3);
    assertThat(example.caption()).isEqualTo("number 2");
  }

  @Test
  void resumesAtEveryExample() throws Exception {
    Latents.assertResumes(Latents.open(SET, Latents.HASHED));
  }

  @Test
  void latentsOfUnknownMeaningAreRefused() throws Exception {
    Dataset images = Tars.open(Fixtures.path("webdataset"), "latents.tar", new ImageShape(3, 8));

    assertThatThrownBy(() -> Examples.take(images.evaluation(1), 1))
        .hasMessageContaining("sample 000000: has a caption but no image")
        .hasMessageContaining("for stored latents, say what they are under latents");
  }

  @Test
  void theMeaningIsPartOfTheDigest() throws Exception {
    DatasetSpec other =
        Latents.set(
            SHARD,
            DataFormat.WebDataset,
            Latents.spec(LatentKind.MeanStd, LatentType.Float16),
            null);

    assertThat(Latents.open(SET, Latents.HASHED).digest())
        .isNotEqualTo(Latents.open(other, Latents.HASHED).digest())
        .isNotEqualTo(Latents.open(SET, Latents.STORED).digest());
  }
}
